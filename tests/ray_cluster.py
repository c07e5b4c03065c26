"""Judges a corpus on a cluster of Ray with three nodes on this machine, and takes some of it away in the middle.

usage: python tests/ray_cluster.py IN OUT PARTS DAY worker|node|none
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from datetime import date
from functools import partial
from pathlib import Path

import ray
from ray.cluster_utils import Cluster

from policylint.corpus.cluster import on_ray
from policylint.corpus.run import Options, run
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


def main() -> None:
    """Run."""
    source, out, documents, day, victim = sys.argv[1:]
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    nodes = [cluster.add_node(num_cpus=1) for _ in range(2)]
    ray.init(address=cluster.address, log_to_driver=False)

    def disturb() -> None:
        while not list(Path(out, "documents").glob("part-*")):
            time.sleep(0.01)
        if victim == "worker":
            kill_worker()
        elif victim == "node":
            cluster.remove_node(nodes[0], allow_graceful=False)
            print("killed a node")

    threading.Thread(target=disturb, daemon=True).start()
    workshop = Workshop({"as-of": date.fromisoformat(day)}, None, True)
    summary = run(source, Path(out), workshop, Options(documents_per_part=int(documents)), partial(on_ray, actors=3))
    print(f"{summary.documents} documents")
    ray.shutdown()
    cluster.shutdown()


if __name__ == "__main__":
    main()
