"""The engine of a cluster: Ray Data deals the stretches of the input to actors, which read, judge and write them.

Texts and rows do not travel: every node reads the input and writes the output at the same paths, on a file system that
they share. A stretch that is done twice, because a node was lost, gives the same files twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from policylint.corpus.parts import Done, Work
from policylint.corpus.stretches import Stretch
from policylint.errors import UserError
from policylint.result import Failure

if TYPE_CHECKING:
    import numpy as np


class Judge:
    """An actor: it is given the rules once, and then stretch after stretch, each by its place in the list."""

    def __init__(self, work: Work, stretches: Sequence[Stretch]) -> None:
        """Keep what all stretches have in common."""
        self._work = work
        self._stretches = stretches

    def __call__(self, batch: dict[str, np.ndarray[Any, Any]]) -> dict[str, list[Any]]:
        """The parts that were done for the stretches of a batch, as columns."""
        done = [
            self._work.do(part) for place in batch["item"] for part in self._work.left([self._stretches[int(place)]])
        ]
        return {
            "first": [each.first for each in done],
            "documents": [each.documents for each in done],
            "code": [each.failure.code if each.failure else "" for each in done],
            "message": [each.failure.message if each.failure else "" for each in done],
            "hint": [each.failure.hint if each.failure else "" for each in done],
        }


def on_ray(work: Work, stretches: Sequence[Stretch], address: str | None = None, actors: int = 0) -> Iterator[Done]:
    """The parts that are left, done by `actors` actors (0: one per processor) of the cluster at `address`.

    Without an address Ray is started on this machine, or the cluster that this program is connected to is used.
    Raises UserError 'missing-extra' and 'no-cluster'.
    """
    try:
        import ray
        import ray.data
    except ImportError:
        hint = "Run: pip install 'policylint[ray]'"
        raise UserError("missing-extra", "a cluster is reached with Ray", hint) from None
    if not ray.is_initialized():
        try:
            ray.init(address=address, log_to_driver=False, include_dashboard=False if address is None else None)
        except (ConnectionError, ValueError, RuntimeError) as error:
            hint = "Check the address, and that the cluster runs the same versions of Ray and Python."
            raise UserError("no-cluster", f"there is no cluster of Ray at {address}: {error}", hint) from None
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    cores = int(ray.cluster_resources().get("CPU", 1))
    count = max(1, min(actors or cores, len(stretches)))
    # Less than a whole processor for each, or none would be left for the reading of the list.
    share = min(0.9, 0.9 * cores / count)
    dealt = ray.data.from_items(list(range(len(stretches))), override_num_blocks=len(stretches)).map_batches(
        Judge,
        fn_constructor_args=(work, tuple(stretches)),
        batch_size=1,
        num_cpus=share,
        compute=ray.data.ActorPoolStrategy(size=count),
        max_restarts=-1,
        max_task_retries=-1,
    )
    for row in dealt.iter_rows():
        failure = Failure(row["code"], row["message"], row["hint"]) if row["code"] else None
        yield Done(row["first"], row["documents"], failure)
