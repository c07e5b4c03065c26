"""The engine of one machine: processes side by side, each given part after part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policylint.corpus.parts import Done, Part, Work
from policylint.corpus.stretches import Stretch
from policylint.parallel import processes, side_by_side
from policylint.result import Failure


def local(work: Work, stretches: Sequence[Stretch], jobs: int = 0) -> Iterator[Done]:
    """The parts that are left, done by `jobs` processes (0: as many as they are worth)."""
    sizes = [size for stretch in stretches for size in _sizes(stretch, work.documents_per_part)]
    deaths: dict[int, int] = {}

    def lost(part: Part) -> Done:
        """A part over which a process ended, begun again; a document over which it ends again and again is left out."""
        died = work.output.attempts(part.first).deaths()
        if died == deaths.get(part.first, 0):
            message = f"the processes that judge the documents from {part.first} on end before they begin"
            return Done(part.first, 0, Failure("worker-died", message, "See that there is memory enough."))
        deaths[part.first] = died
        (done,) = side_by_side(work.do, [part], 1, lost)
        return done

    # In processes of their own even if it is one: a document that ends its process does not end the run.
    yield from side_by_side(work.do, work.left(stretches), processes(jobs, sizes), lost)


def _sizes(stretch: Stretch, documents: int) -> list[int]:
    """How many bytes each part of a stretch has, roughly."""
    parts = -(-stretch.count // documents)
    return [stretch.size // parts] * parts
