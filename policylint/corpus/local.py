"""The engine of one machine: processes side by side, each given batch after batch, and one that reads and writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import tee

from policylint.corpus.parts import BATCH, Batch, Done, Judged, Work
from policylint.corpus.stretches import Stretch
from policylint.parallel import processes, side_by_side
from policylint.result import Failure


def local(work: Work, stretches: Sequence[Stretch], jobs: int = 0) -> Iterator[Done]:
    """The parts that are left, judged by `jobs` processes (0: as many as they are worth) and written by this one."""
    sizes = [size for stretch in stretches for size in _sizes(stretch)]
    deaths: dict[int, int] = {}

    def lost(batch: Batch) -> Judged:
        """A batch over which a process ended, begun again; a document over which it ends time and again is left out."""
        died = work.output.attempts(batch.first).deaths()
        if died == deaths.get(batch.first, 0):
            message = f"the processes that judge the documents from {batch.first} on end before they begin"
            return Judged(failure=Failure("worker-died", message, "See that there is memory enough."))
        deaths[batch.first] = died
        (judged,) = side_by_side(work.judge, [batch], 1, lost)
        return judged

    # Two of the same: what is sent out, and what comes back in the same order.
    sent, back = tee(batch for part in work.left(stretches) for batch in part.batches())
    rows: list[Judged] = []
    # In processes of their own even if it is one: a document that ends its process does not end the run.
    for judged in side_by_side(work.judge, sent, processes(jobs, sizes), lost):
        batch = next(back)
        rows.append(judged)
        if batch.last or judged.failure is not None:
            yield work.write(batch.part, rows)
            rows = []


def _sizes(stretch: Stretch) -> list[int]:
    """How many bytes each batch of a stretch has, roughly."""
    batches = -(-stretch.count // BATCH)
    return [stretch.size // batches] * batches
