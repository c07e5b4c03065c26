"""Parts: the documents that are judged, written and found again together."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policylint.corpus.documents import Columns, Entry
from policylint.corpus.inputs import entries
from policylint.corpus.judging import Bench, document_row, verdict_rows
from policylint.corpus.output import Output, note
from policylint.corpus.stretches import Stretch
from policylint.corpus.tables import DOCUMENTS, VERDICTS, Table
from policylint.errors import UserError
from policylint.result import Failure, Judgement

_LARGE = 4_000_000
"""Bytes of text with which a part is full, however few documents it has."""
_BETWEEN = 25
"""Documents after which memory is tidied."""
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
                parts = _parts(read, self.documents_per_part)
                yield from (part for part in parts if not self.output.finished(part.first))

    def finished(self, stretch: Stretch) -> int:
        """How many documents from the beginning of a stretch are finished."""
        count = 0
        while count < stretch.count and (more := self.output.finished(stretch.first + count)):
            count += more
        return count

    def do(self, part: Part) -> Done:
        """Judge a part and write it. A document over which processes end again and again has a failure."""
        attempts = self.output.attempts(part.first)
        fatal = attempts.fatal()
        documents, verdicts = (Table(columns, self.output.format) for columns in (DOCUMENTS, VERDICTS))
        try:
            with attempts.noting() as descriptor:
                for place, entry in enumerate(part.entries):
                    note(descriptor, entry.number)
                    lost = entry.number in fatal
                    judgement = Judgement(entry.id, failure=_ENDED) if lost else self.bench.judge(entry)
                    documents.add([document_row(entry, judgement, self.bench.day(entry))])
                    verdicts.add(verdict_rows(entry, judgement))
                    if place % _BETWEEN == 0:
                        _tidy()
                self.output.write(part.first, documents, verdicts)
        except UserError as error:
            return Done(part.first, 0, Failure(error.code, error.message, error.hint))
        except OSError as error:
            message = f"{attempts.path.parent}: cannot be written: {error.strerror}"
            return Done(part.first, 0, Failure("unwritable", message, "Check that there is room."))
        return Done(part.first, len(part.entries))


def _parts(entries: Iterator[Entry], documents: int) -> Iterator[Part]:
    """Entries in parts of so many documents, or of fewer long ones; the same entries give the same parts."""
    held: list[Entry] = []
    size = 0
    for entry in entries:
        length = len(entry.data or b"")
        if held and (len(held) == documents or size + length > _LARGE):
            yield Part(tuple(held))
            held, size = [], 0
        held.append(entry)
        size += length
    if held:
        yield Part(tuple(held))


def _tidy() -> None:
    """Free the cycles that judging leaves behind, for which processes of a run do not look by themselves."""
    gc.collect()
    # What is left is the engine, which need not be looked through again.
    gc.freeze()
