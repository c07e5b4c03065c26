"""The tables that come out: their columns, and files of rows in Parquet or JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

from policylint.errors import missing_extra

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, str | int | float | date | None]


_HELD = 500
"""Rows that are held as they came."""
_EPOCH = date(1970, 1, 1).toordinal()
_STORED = {"date32": "int32"}


class Format(StrEnum):
    """How tables are written."""

    PARQUET = "parquet"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and its type as Arrow names it."""

    name: str
    type: str


def _columns(**types: str) -> tuple[Column, ...]:
    return tuple(Column(name, type) for name, type in types.items())


DOCUMENTS = _columns(
    document="int64",
    id="string",
    source="string",
    row="int64",
    as_of="date32",
    sha256="string",
    kind="string",
    language="string",
    jurisdiction="string",
    words="int64",
    characters="int64",
    left_out="float64",
    met="int32",
    vague="int32",
    missing="int32",
    not_applicable="int32",
    errors="int32",
    warnings="int32",
    infos="int32",
    failure="string",
    failure_message="string",
    failure_hint="string",
)
VERDICTS = _columns(
    document="int64",
    id="string",
    record="string",
    rule="string",
    name="string",
    family="string",
    status="string",
    applies="string",
    severity="string",
    message="string",
    quote="string",
    context="string",
    section="string",
    line="int64",
    column="int64",
    end_line="int64",
    end_column="int64",
    page="int64",
    paragraph="int64",
    quotes="int32",
    entry="string",
    group="string",
    law="string",
    fingerprint="string",
)


def arrow() -> None:
    """See that Arrow is there. Raises UserError 'missing-extra'."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        message = "Parquet files are read and written with pyarrow, which is not installed"
        raise missing_extra(message, "corpus") from None


def schema(columns: Sequence[Column]) -> pa.Schema:
    """The columns as a schema of Arrow."""
    import pyarrow as pa

    return pa.schema([(column.name, pa.type_for_alias(column.type)) for column in columns])


def arrow_table(rows: Sequence[Row], columns: Sequence[Column]) -> pa.Table:
    """Rows as a table of Arrow, with these columns."""
    return _table(_columns_of(rows, columns), columns)


@dataclass(frozen=True, slots=True)
class Chunk:
    """So many rows as they will be written, which is far smaller than as they came.

    For Parquet the buffers that Arrow has of each column, for JSON Lines one buffer of lines. Arrow itself, which takes
    a third of the memory that judging does, is needed by the process that writes and by no other.
    """

    rows: int
    columns: tuple[tuple[bytes | None, ...], ...]


@dataclass(slots=True)
class Table:
    """A table that grows row by row, in `chunks`."""

    columns: Sequence[Column]
    format: Format
    _rows: list[Row] = field(default_factory=list)
    _chunks: list[Chunk] = field(default_factory=list)

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows at the end."""
        self._rows.extend(rows)
        if len(self._rows) >= _HELD:
            self._settle()

    def chunks(self) -> list[Chunk]:
        """All that was added."""
        if self._rows:
            self._settle()
        return self._chunks

    def _settle(self) -> None:
        if self.format is Format.JSONL:
            names = [column.name for column in self.columns]
            lines = b"".join(_line(row, names) for row in self._rows)
            self._chunks.append(Chunk(len(self._rows), ((lines,),)))
        else:
            self._chunks.append(_columns_of(self._rows, self.columns))
        self._rows = []


def file_of(chunks: Iterable[Chunk], columns: Sequence[Column], format: Format) -> bytes:
    """The whole file; the same rows give the same bytes, whatever chunks they came in."""
    if format is Format.JSONL:
        return b"".join(buffer or b"" for chunk in chunks for (buffer,) in chunk.columns)
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = [_table(chunk, columns) for chunk in chunks] or [arrow_table([], columns)]
    whole = pa.concat_tables(tables).combine_chunks()
    file = BytesIO()
    pq.write_table(whole, file, compression="zstd")
    return file.getvalue()


def _columns_of(rows: Sequence[Row], columns: Sequence[Column]) -> Chunk:
    return Chunk(len(rows), tuple(_buffers([row[column.name] for row in rows], column.type) for column in columns))


def _buffers(values: Sequence[str | int | float | date | None], type: str) -> tuple[bytes | None, ...]:
    """The buffers of a column, as Arrow defines them: pa.array would load pandas where that is installed."""
    import numpy as np

    present = np.fromiter((value is not None for value in values), bool, len(values))
    validity = None if present.all() else np.packbits(present, bitorder="little").tobytes()
    if type == "string":
        texts = [b"" if value is None else str(value).encode("utf-8", "replace") for value in values]
        ends = np.zeros(len(texts) + 1, np.int32)
        np.cumsum([len(text) for text in texts], out=ends[1:])
        return validity, ends.tobytes(), b"".join(texts)
    numbers = [value.toordinal() - _EPOCH if isinstance(value, date) else value or 0 for value in values]
    return validity, np.array(numbers, np.dtype(_STORED.get(type, type))).tobytes()


def _table(chunk: Chunk, columns: Sequence[Column]) -> pa.Table:
    import pyarrow as pa

    arrays = [
        pa.Array.from_buffers(
            pa.type_for_alias(column.type),
            chunk.rows,
            [None if buffer is None else pa.py_buffer(buffer) for buffer in buffers],
        )
        for column, buffers in zip(columns, chunk.columns, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema(columns))


def _line(row: Row, names: Iterable[str]) -> bytes:
    values = {name: row[name] for name in names}
    return json.dumps(values, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace") + b"\n"
