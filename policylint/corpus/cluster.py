"""The engine of a cluster: Ray Data deals the stretches of the input to actors, which read, judge and write them.

Texts and rows do not travel: every node reads the input and writes the output at the same paths, on a file system that
they share. A stretch that is done twice, because a node was lost, gives the same files twice.
"""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from policylint.corpus.parts import Done, Work
from policylint.corpus.stretches import Stretch
from policylint.errors import UserError, missing_extra
from policylint.result import Failure

_BLOCKS = 50
"""Pieces of the list of stretches per actor, so that all have work to the end."""
_SHARE = 0.9
_PATIENCE = 10
"""Seconds in which a cluster must answer."""


class Judge:
    """An actor: it builds the engine once, and is then given stretch after stretch."""

    def __init__(self, work: Work) -> None:
        """Keep what all stretches have in common."""
        self._work = work

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        """What came of the stretches of a batch, as columns: how many documents, or why one could not be written."""
        import msgspec

        found = [self._done(msgspec.json.decode(each, type=Stretch)) for each in batch["stretch"]]
        failures = [each.failure or Failure("", "", "") for each in found]
        return {
            "first": [each.first for each in found],
            "documents": [each.documents for each in found],
            "code": [each.code for each in failures],
            "message": [each.message for each in failures],
            "hint": [each.hint for each in failures],
        }

    def _done(self, stretch: Stretch) -> Done:
        for part in self._work.left([stretch]):
            done = self._work.do(part)
            if done.failure is not None:
                return done
        return Done(stretch.first, stretch.count)


def on_ray(work: Work, stretches: Sequence[Stretch], address: str | None = None, actors: int = 0) -> Iterator[Done]:
    """The stretches, done by `actors` actors (0: one per processor) of the cluster at `address`.

    Without an address Ray is started on this machine, unless this program is connected to a cluster already.
    Raises UserError 'missing-extra' and 'cluster'.
    """
    try:
        import ray
        import ray.data
    except ImportError:
        raise missing_extra("a cluster is reached with Ray, which is not installed", "ray") from None
    try:
        if not ray.is_initialized():
            _knock(address)
            ending = signal.getsignal(signal.SIGTERM)
            ray.init(address=address, log_to_driver=False, logging_level=logging.WARNING)
            if threading.current_thread() is threading.main_thread():
                # Ray's own handler prints where the program was; the command says how to go on.
                signal.signal(signal.SIGTERM, ending)
        yield from _dealt(work, stretches, actors)
    except (ray.exceptions.RayError, OSError) as error:
        hint = "Check the address, and that every node has this version of policylint, IN and OUT at these paths."
        raise UserError("cluster", f"the cluster of Ray gave up: {_reason(error)}", hint) from error


def _knock(address: str | None) -> None:
    """Raises OSError where nobody listens at host:port; Ray itself would wait for minutes."""
    host, _, port = (address or "").rpartition(":")
    if port.isdigit() and "/" not in host:
        socket.create_connection((host, int(port)), _PATIENCE).close()


def _dealt(work: Work, stretches: Sequence[Stretch], actors: int) -> Iterator[Done]:
    import msgspec
    import ray
    from ray.data import ActorPoolStrategy, DataContext

    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    cores = int(ray.cluster_resources().get("CPU", 1))  # type: ignore[no-untyped-call]
    count = max(1, min(actors or cores, len(stretches)))
    listed = [{"stretch": msgspec.json.encode(each)} for each in stretches]
    done = ray.data.from_items(listed, override_num_blocks=min(len(listed), count * _BLOCKS)).map_batches(
        Judge,
        fn_constructor_args=(work,),
        batch_size=1,
        # Less than whole processors, or none would be left for dealing out the list.
        num_cpus=min(_SHARE, _SHARE * cores / count),
        compute=ActorPoolStrategy(size=count),
    )
    for row in done.iter_rows():
        failure = Failure(row["code"], row["message"], row["hint"]) if row["code"] else None
        yield Done(row["first"], row["documents"], failure)


def _reason(error: BaseException) -> str:
    """The last line of what Ray has to say: that of the fault itself."""
    return (str(error).strip().splitlines() or [type(error).__name__])[-1].strip()[:300]
