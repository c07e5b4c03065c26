"""Judges a made-up corpus in one go, with interruptions, and on a cluster that loses a worker: the rows must agree.

usage: python benchmarks/corpus.py [--documents N] [--longest CHARACTERS] [--jobs N] [--part N] [--folder FOLDER]
                                   [--only RUN ...] [--update]

The policies are those of corpora.py, as one Parquet file. The run `once` is timed, with the memory of its processes;
`interrupted` is stopped at a quarter by Ctrl-C, at a half by the system's kill, at three quarters by SIGTERM, and goes
on each time; `cluster` is three nodes of Ray on this machine, one worker of which is killed at a half. All files of the
last two must be equal to those of the first, to the byte. Prints JSON; the exit code is 1 if anything differs.

FOLDER keeps the corpus and the rows, so that `--only` compares with what is there; the default is a temporary one.
`--update` writes the figures to benchmarks/corpus.json, which `python docs/generate.py` brings into docs/corpus.md.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from corpora import LONGEST, write  # noqa: E402
from performance import machine, rounded  # noqa: E402

FIGURES = HERE / "corpus.json"
_DAY = "2026-01-01"
_STOPS = ((0.25, signal.SIGINT), (0.5, signal.SIGKILL), (0.75, signal.SIGTERM))
_SMALL = 60
"""MB below which a process judges nothing."""

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to judge, and how."""

    folder: Path
    documents: int
    jobs: int
    part: int

    @property
    def source(self) -> Path:
        """The corpus."""
        return self.folder / "policies.parquet"

    @property
    def once(self) -> Path:
        """The rows of the run in one go."""
        return self.folder / "once"

    def parts(self, share: float) -> int:
        """How many parts are this share of all."""
        return max(1, int(share * self.documents / self.part))


def start(plan: Plan, out: Path) -> subprocess.Popen[bytes]:
    """A run over the corpus, by the law of a fixed day."""
    words = [sys.executable, "-m", "policylint", "corpus", str(plan.source), str(out), "--isolated"]
    words += ["--as-of", _DAY, "--jobs", str(plan.jobs), "--part", str(plan.part)]
    return subprocess.Popen(words, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(HERE.parent)})


def memory(parent: int) -> dict[int, int]:
    """The memory in use by a process and by each of those it has started, in MB."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:
            continue
        if parent in (int(status.parent.name), int(lines["PPid"])) and "VmRSS" in lines:
            found[int(status.parent.name)] = int(lines["VmRSS"].split()[0]) // 1024
    return found


def finished(out: Path) -> int:
    """How many parts are there."""
    return sum(1 for _ in (out / "documents").glob("part-*"))


def processor() -> float:
    """Seconds that the processes started here, and those started by them, have had of a processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def once(plan: Plan) -> Figures:
    """One run in one go: its time, what it wrote, and the memory of its processes in each quarter."""
    begun, used = time.perf_counter(), processor()
    run = start(plan, plan.once)
    peaks: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    while run.poll() is None:
        quarter = min(3, finished(plan.once) // plan.parts(0.25))
        for process, size in memory(run.pid).items():
            peaks[process][quarter] = max(peaks[process][quarter], size)
        time.sleep(0.5)
    if run.returncode:
        sys.exit(f"the run in one go ended with {run.returncode}")
    workers = [sizes for process, sizes in peaks.items() if process != run.pid and max(sizes) > _SMALL]
    return {
        "jobs": plan.jobs,
        "text_bytes": pq.read_table(plan.source, columns=["text"]).nbytes,
        "seconds": time.perf_counter() - begun,
        "processor_seconds": processor() - used,
        "main_process_mb": peaks[run.pid],
        "worker_mb": [max(sizes) for sizes in zip(*workers, strict=True)],
        "summary": json.loads((plan.once / "summary.json").read_bytes()),
        **{table: written(plan.once, table) for table in ("documents", "verdicts")},
    }


def written(out: Path, table: str) -> dict[str, int]:
    """How much of a table there is."""
    files = sorted((out / table).glob("part-*"))
    return {
        "rows": sum(pq.read_metadata(file).num_rows for file in files),
        "bytes": sum(file.stat().st_size for file in files),
    }


def interrupted(plan: Plan) -> Figures:
    """A run that is stopped three times; how, and how many parts were done then."""
    out = plan.folder / "interrupted"
    stopped = {}
    for share, how in _STOPS:
        run = start(plan, out)
        while finished(out) < plan.parts(share) and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(how)
        if run.wait() == 0:
            sys.exit(f"the run was over before {how.name} reached it: take more documents")
        stopped[how.name] = finished(out)
    if start(plan, out).wait():
        sys.exit("the run that was interrupted did not go on")
    return {"finished_parts": stopped} | compared(plan, out)


def cluster(plan: Plan) -> Figures:
    """A run on three nodes of Ray, a worker of which is killed."""
    out = plan.folder / "cluster"
    program = HERE.parent / "tests" / "ray_cluster.py"
    words = [plan.source, out, plan.part, _DAY, "worker", plan.parts(0.5)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent), "RAY_AUTH_MODE": "disabled"}
    begun = time.perf_counter()
    run = subprocess.run(
        [sys.executable, str(program), *map(str, words)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if run.returncode or "killed a worker" not in run.stdout:
        sys.exit("the run on a cluster failed, or no worker was killed")
    return {"seconds": time.perf_counter() - begun} | compared(plan, out)


def compared(plan: Plan, out: Path) -> Figures:
    """How many documents a run has rows of, and which files are not those of the run in one go, to the byte."""
    names = {path.relative_to(folder) for folder in (plan.once, out) for path in folder.glob("*/part-*")}
    names |= {Path("summary.json"), Path("manifest.json")}
    return {
        "documents": written(out, "documents")["rows"],
        "differing_files": sorted(str(name) for name in names if not same(plan.once / name, out / name)),
    }


def same(one: Path, other: Path) -> bool:
    """Whether both files are there and equal."""
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


RUNS: Mapping[str, Callable[[Plan], Figures]] = {"once": once, "interrupted": interrupted, "cluster": cluster}


def main() -> None:
    """Measure, compare, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--longest", type=int, default=LONGEST)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--part", type=int, default=250)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=list(RUNS), default=list(RUNS), metavar="RUN")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    # A shell's background programs are deaf to it, and with them all that they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    figures: Figures = json.loads(FIGURES.read_text("utf-8")) if options.update and FIGURES.is_file() else {}
    with tempfile.TemporaryDirectory() as temporary:
        plan = Plan(options.folder or Path(temporary), options.documents, options.jobs, options.part)
        plan.folder.mkdir(parents=True, exist_ok=True)
        if "once" in options.only:
            write(plan.documents, plan.source, options.longest)
        for run in options.only:
            if (plan.folder / run).exists():
                sys.exit(f"{plan.folder / run} is there already: name another folder")
            print(f"running {run}", file=sys.stderr)
            figures[run] = rounded(RUNS[run](plan)) | {"day": date.today().isoformat()}
            figures["machine"] = machine()
            if options.update:
                FIGURES.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    print(json.dumps(figures, indent=1))
    if any(figures[run].get("differing_files") for run in options.only):
        sys.exit(1)


if __name__ == "__main__":
    main()
