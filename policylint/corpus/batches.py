"""From a batch of policies to rows, for engines that call a function: Spark, Dask, DuckDB, a loop of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, overload

from policylint.config.settings import Settings
from policylint.corpus.documents import Columns, entry_of
from policylint.corpus.judging import Bench, bench, document_row, verdict_rows
from policylint.corpus.tables import DOCUMENTS, VERDICTS, Column, Row, arrow_table, schema
from policylint.run import Workshop

if TYPE_CHECKING:
    import pyarrow as pa

_ELSEWHERE = ("document", "source", "row")
"""What only a run over files knows."""
_FIRST = ("record", "id")

ROWS: tuple[Column, ...] = tuple(
    sorted(
        {column.name: column for column in (*DOCUMENTS, *VERDICTS) if column.name not in _ELSEWHERE}.values(),
        key=lambda column: _FIRST.index(column.name) if column.name in _FIRST else len(_FIRST),
    )
)
"""The columns of `rows_of`: those of both tables, `record` saying which: document, requirement or finding."""


@overload
def rows_of(
    batch: Sequence[Mapping[str, object]],
    *,
    as_of: date,
    columns: Columns | None = None,
    timeout: int = 60,
    largest: int = 10_000_000,
) -> list[Row]: ...
@overload
def rows_of(
    batch: pa.RecordBatch | pa.Table,
    *,
    as_of: date,
    columns: Columns | None = None,
    timeout: int = 60,
    largest: int = 10_000_000,
) -> pa.Table: ...


def rows_of(
    batch: Sequence[Mapping[str, object]] | pa.RecordBatch | pa.Table,
    *,
    as_of: date,
    columns: Columns | None = None,
    timeout: int = 60,
    largest: int = 10_000_000,
) -> list[Row] | pa.Table:
    """The rows of a batch of policies, a table for a table and a list for a list: for each policy one for the document,
    then its requirements and its findings.

    Those without a date of their own are judged by the law `as_of` that day; `timeout` are the seconds that each may
    take, `largest` the bytes. The first call of a process builds the engine. Raises UserError 'missing-column'.
    """
    judge = _bench(as_of, timeout, largest)
    columns = columns or Columns()
    if isinstance(batch, Sequence):
        return list(_rows(_values(batch, columns), judge))
    from policylint.corpus.parquet import rows_of_batch

    found = columns.found(batch.schema.names, "this batch")
    return arrow_table(list(_rows(rows_of_batch(batch, found), judge)), ROWS)


def arrow_schema() -> pa.Schema:
    """The columns of `rows_of` as a schema of Arrow."""
    return schema(ROWS)


@cache
def _bench(as_of: date, timeout: int, largest: int) -> Bench:
    return bench(Workshop({}, None, True), Settings(timeout=timeout), as_of, largest)


def _values(batch: Sequence[Mapping[str, object]], columns: Columns) -> Iterator[Mapping[str, object]]:
    if not batch:
        return
    found = columns.found(dict.fromkeys(name for row in batch for name in row), "this batch")
    for row in batch:
        yield {part: row.get(name) for part, name in found.items()}


def _rows(batch: Iterator[Mapping[str, object]], judge: Bench) -> Iterator[Row]:
    for place, values in enumerate(batch):
        entry = entry_of(values, place, "batch", place, judge.largest)
        judgement = judge.judge(entry)
        yield _whole("document", document_row(entry, judgement, judge.day(entry)))
        for row in verdict_rows(entry, judgement):
            yield _whole(str(row["record"]), row)


def _whole(record: str, row: Row) -> Row:
    return {column.name: row.get(column.name) for column in ROWS} | {"record": record}
