"""Judges a corpus on a cluster of Ray with three nodes on this machine, and takes some of it away in the middle.

usage: python tests/ray_cluster.py IN OUT PART DAY worker|node|document [FINISHED]

A part has PART documents; it is taken away when FINISHED parts are done, or the first.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import ray
from ray.cluster_utils import Cluster

from policylint.corpus.cluster import on_ray
from policylint.corpus.documents import Entry
from policylint.corpus.judging import Bench
from policylint.corpus.parts import Done, Work
from policylint.corpus.run import Options, run
from policylint.corpus.stretches import Stretch
from policylint.result import Judgement
from policylint.run import Workshop


def descendants(process: int) -> list[int]:
    """The processes that a process has started, and those that these have."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == process:
            found += [int(status.parent.name), *descendants(int(status.parent.name))]
    return found


def kill_worker() -> None:
    """End the process of one actor."""
    for process in descendants(os.getpid()):
        if Path(f"/proc/{process}/cmdline").read_bytes().startswith(b"ray::MapWorker"):
            os.kill(process, signal.SIGKILL)
            print("killed a worker")
            return


@dataclass(frozen=True)
class Deadly:
    """A bench at which one document ends the process."""

    bench: Bench

    def judge(self, entry: Entry) -> Judgement:
        """Judge, or die."""
        if entry.number == 7:
            os._exit(9)
        return self.bench.judge(entry)

    def day(self, entry: Entry) -> date:
        """As the other."""
        return self.bench.day(entry)

    @property
    def largest(self) -> int:
        """As the other."""
        return self.bench.largest


def deadly(work: Work, stretches: Sequence[Stretch]) -> Iterator[Done]:
    """The engine, with that bench."""
    return on_ray(replace(work, bench=Deadly(work.bench)), stretches, actors=3)  # type: ignore[arg-type]


def main() -> None:
    """Run."""
    source, out, documents, day, victim, *least = sys.argv[1:]
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    nodes = [cluster.add_node(num_cpus=1) for _ in range(2)]
    ray.init(address=cluster.address, log_to_driver=False)

    def disturb() -> None:
        while len(list(Path(out, "documents").glob("part-*"))) < int(*least or (1,)):
            time.sleep(0.01)
        if victim == "worker":
            kill_worker()
        elif victim == "node":
            cluster.remove_node(nodes[0], allow_graceful=False)
            print("killed a node")

    threading.Thread(target=disturb, daemon=True).start()
    workshop = Workshop({"as-of": date.fromisoformat(day), "timeout": 60}, None, True)
    engine = deadly if victim == "document" else partial(on_ray, actors=3)
    summary = run(source, Path(out), workshop, Options(documents_per_part=int(documents)), engine)
    print(summary)
    ray.shutdown()
    cluster.shutdown()


if __name__ == "__main__":
    main()
