"""The tables that come out: their columns, and files of rows in Parquet or JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

from policylint.errors import UserError

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, str | int | float | date | None]


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
        hint = "Run: pip install 'policylint[corpus]'"
        raise UserError("missing-extra", "Parquet files are read and written with pyarrow", hint) from None


def schema(columns: Sequence[Column]) -> pa.Schema:
    """The columns as a schema of Arrow."""
    import pyarrow as pa

    return pa.schema([(column.name, pa.type_for_alias(column.type)) for column in columns])


def to_bytes(rows: Sequence[Row], columns: Sequence[Column], format: Format) -> bytes:
    """A whole file of rows; the same rows give the same bytes."""
    if format is Format.JSONL:
        names = [column.name for column in columns]
        return b"".join(_line(row, names) for row in rows)
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows), schema(columns)), file, compression="zstd")
    return file.getvalue()


def _line(row: Row, names: Iterable[str]) -> bytes:
    values = {name: row[name] for name in names}
    return json.dumps(values, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace") + b"\n"
