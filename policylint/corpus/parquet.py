"""Parquet: one policy per row, read row group by row group."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from policylint.corpus.documents import Columns, Entry, entry_of
from policylint.corpus.stretches import Stretch, Survey
from policylint.corpus.tables import arrow
from policylint.errors import UserError
from policylint.result import Failure

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_AT_ONCE = 4_000_000
"""Bytes of rows that are held at a time, roughly."""
_MOST_ROWS = 256
_HINT = "Write the file anew, or fetch it again; what could be read of the corpus is judged."
_BUFFER = 1 << 20
_NO_DAY = "out of range"


def survey(path: Path, name: str, columns: Columns, least: int) -> Survey:
    """The stretches of row groups with together `least` rows in a file, known by its size and its footer.

    A file that is no Parquet is one entry with a failure. Raises UserError 'missing-column', 'double-column',
    'missing-extra' and 'unreadable'.
    """
    arrow()
    import pyarrow as pa

    size = _size(path, name)
    try:
        with _opened(path) as file:
            columns.found(file.schema_arrow.names, name)
            groups = [file.metadata.row_group(group) for group in range(file.num_row_groups)]
            counts = [(group.num_rows, group.total_byte_size) for group in groups]
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        failure = Failure("unreadable-file", f"this cannot be read as Parquet: {_first_line(error)}", _HINT)
        lost = Stretch("parquet", str(path), name, 0, 1, 0, failure=failure)
        return Survey(name, size, _digest(path, size), (lost,))
    stretches = []
    row = start = pending = weight = 0
    for group, (rows, length) in enumerate(counts):
        pending += rows
        weight += length
        if pending and (pending >= least or group == len(counts) - 1):
            stretches.append(Stretch("parquet", str(path), name, row, pending, weight, start, group + 1 - start))
            row, start, pending, weight = row + pending, group + 1, 0, 0
    return Survey(name, size, _digest(path, size), tuple(stretches))


def entries(stretch: Stretch, columns: Columns, largest: int) -> Iterator[Entry]:
    """The entries of a stretch; the rows of a row group that cannot be read are entries with a failure."""
    number, row = stretch.first, stretch.row
    if stretch.failure is not None:
        yield Entry(number, stretch.name, row, f"{stretch.name}#{row}", failure=stretch.failure)
        return
    with _opened(Path(stretch.path)) as file:
        for group in range(stretch.start, stretch.start + stretch.groups):
            rows = file.metadata.row_group(group).num_rows
            done = 0
            for entry in _of_group(file, group, stretch.name, number, row, columns, largest):
                yield entry
                done += 1
            for lost in range(done, rows):
                failure = Failure("unreadable-rows", f"row group {group} of this file cannot be read", _HINT)
                yield Entry(number + lost, stretch.name, row + lost, f"{stretch.name}#{row + lost}", failure=failure)
            number, row = number + rows, row + rows


def _of_group(
    file: pq.ParquetFile, group: int, name: str, number: int, row: int, columns: Columns, largest: int
) -> Iterator[Entry]:
    """The entries of a row group, as far as they can be read."""
    import pyarrow as pa

    names = columns.found(file.schema_arrow.names, name)
    metadata = file.metadata.row_group(group)
    at_once = max(1, min(_MOST_ROWS, _AT_ONCE * metadata.num_rows // max(1, metadata.total_byte_size)))
    wanted = list(dict.fromkeys(names.values()))
    batches = file.iter_batches(at_once, row_groups=[group], columns=wanted, use_threads=False)
    place = 0
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError):
            return
        if batch is None:
            return
        for values in rows_of_batch(batch, names):
            yield entry_of(values, number + place, name, row + place, largest)
            place += 1


def rows_of_batch(batch: pa.RecordBatch | pa.Table, names: dict[str, str]) -> Iterator[dict[str, object]]:
    """The values of a batch row by row, by the names in `Columns`; texts as bytes, for they may be no UTF-8."""
    import pyarrow as pa

    columns = {part: batch.column(column) for part, column in names.items()}
    for part, column in columns.items():
        if pa.types.is_dictionary(column.type):
            columns[part] = column = column.cast(column.type.value_type)
        if part == "date" and pa.types.is_timestamp(column.type):
            columns[part] = column.cast(pa.date32(), safe=False)
        elif part == "text" and not pa.types.is_null(column.type) and _is_text(column.type):
            columns[part] = column.cast(pa.binary() if column.type == pa.string() else pa.large_binary())
    for place in range(batch.num_rows):
        yield {part: _value(column[place]) for part, column in columns.items()}


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _value(scalar: pa.Scalar) -> object:
    try:
        value: object = scalar.as_py()
    except UnicodeDecodeError:
        return bytes(scalar.as_buffer())
    except (OverflowError, ValueError):
        # A day before the first or after the last that Python knows.
        return _NO_DAY
    return value


@contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile]:
    import pyarrow.parquet as pq

    # Read as it is asked for: row groups may be larger than the memory.
    with pq.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER, page_checksum_verification=True) as file:
        yield file


def _size(path: Path, name: str) -> int:
    try:
        with path.open("rb"):
            return path.stat().st_size
    except OSError as error:
        hint = "Check that the file can be opened and that you may read it."
        raise UserError("unreadable", f"{name}: this cannot be read: {error.strerror or error}", hint) from error


def _digest(path: Path, size: int) -> str:
    """The hash of the footer, which tells where each column stands, how large it is and what its bounds are."""
    with path.open("rb") as file:
        file.seek(max(0, size - 8))
        length = int.from_bytes(file.read(4), "little")
        file.seek(max(0, size - 8 - length))
        return sha256(file.read(min(length, size) + 8)).hexdigest()


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
