"""Parts: the documents that are written and found again together, judged batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policylint.corpus.documents import Columns, Entry
from policylint.corpus.inputs import entries
from policylint.corpus.judging import Bench, document_row, verdict_rows
from policylint.corpus.output import Output, note
from policylint.corpus.stretches import Stretch
from policylint.corpus.tables import DOCUMENTS, VERDICTS, Chunk, Table
from policylint.errors import UserError
from policylint.result import Failure, Judgement

_LARGE = 4_000_000
"""Bytes of text with which a part is full, however few documents it has."""
BATCH = 25
"""Documents that a process is given at a time; what it was at when it ended is done again."""
_BATCH_LARGE = 500_000
"""Bytes of text with which a batch is full."""
_ENDED = Failure(
    "worker-died",
    "the process that judged this document ended before it was done, twice",
    "The system may have ended it for want of memory; check the document alone.",
)


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive entries."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> int:
        """The number of the first document."""
        return self.entries[0].number

    def batches(self) -> Iterator[Batch]:
        """The entries in batches, so that a process is not sent everything at once."""
        held = [*grouped(self.entries, BATCH, _BATCH_LARGE)]
        for number, given in enumerate(held, start=1):
            yield Batch(self.first, given, number == len(held))


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive entries of the part with the number `part`; one of its batches is the `last`."""

    part: int
    entries: tuple[Entry, ...]
    last: bool

    @property
    def first(self) -> int:
        """The number of the first document."""
        return self.entries[0].number


@dataclass(frozen=True, slots=True)
class Judged:
    """The rows of a batch, or of a whole part, or why there are none."""

    documents: tuple[Chunk, ...] = ()
    verdicts: tuple[Chunk, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A part that is written, or why it could not be."""

    first: int
    documents: int
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that a process needs to do its share of a run."""

    bench: Bench
    columns: Columns
    output: Output
    documents_per_part: int

    def left(self, stretches: Sequence[Stretch]) -> Iterator[Part]:
        """The parts of these stretches that are not finished, read as they are asked for."""
        for stretch in stretches:
            if self.finished(stretch) < stretch.count:
                read = entries(stretch, self.columns, self.bench.largest)
                parts = map(Part, grouped(read, self.documents_per_part, _LARGE))
                yield from (part for part in parts if not self.output.finished(part.first))

    def finished(self, stretch: Stretch) -> int:
        """How many documents from the beginning of a stretch are finished."""
        count = 0
        while count < stretch.count and (more := self.output.finished(stretch.first + count)):
            count += more
        return count

    def do(self, part: Part) -> Done:
        """Judge a part and write it."""
        return self.write(part.first, [self.judge(part)])

    def judge(self, given: Part | Batch) -> Judged:
        """Judge a part or a batch. A document over which processes end again and again has a failure."""
        attempts = self.output.attempts(given.first)
        fatal = attempts.fatal()
        documents, verdicts = (Table(columns, self.output.format) for columns in (DOCUMENTS, VERDICTS))
        try:
            with attempts.noting() as descriptor:
                for entry in given.entries:
                    note(descriptor, entry.number)
                    lost = entry.number in fatal
                    judgement = Judgement(entry.id, failure=_ENDED) if lost else self.bench.judge(entry)
                    documents.add([document_row(entry, judgement, self.bench.day(entry))])
                    verdicts.add(verdict_rows(entry, judgement))
        except OSError as error:
            message = f"{attempts.path.parent}: cannot be written: {error.strerror}"
            return Judged(failure=Failure("unwritable", message, "Check that there is room."))
        return Judged(tuple(documents.chunks()), tuple(verdicts.chunks()))

    def write(self, first: int, judged: Sequence[Judged]) -> Done:
        """Write the part with the number `first`, given its rows."""
        failure = next((each.failure for each in judged if each.failure is not None), None)
        if failure is not None:
            return Done(first, 0, failure)
        documents = [chunk for each in judged for chunk in each.documents]
        try:
            self.output.write(first, documents, (chunk for each in judged for chunk in each.verdicts))
        except UserError as error:
            return Done(first, 0, Failure(error.code, error.message, error.hint))
        return Done(first, sum(chunk.rows for chunk in documents))


def grouped(entries: Iterable[Entry], documents: int, large: int) -> Iterator[tuple[Entry, ...]]:
    """Entries in groups of so many documents, or of fewer that have `large` bytes; the same ones give the same."""
    held: list[Entry] = []
    size = 0
    for entry in entries:
        length = len(entry.data or b"")
        if held and (len(held) == documents or size + length > large):
            yield tuple(held)
            held, size = [], 0
        held.append(entry)
        size += length
    if held:
        yield tuple(held)
