"""Judges a made-up corpus twice, once in one go and once interrupted three times, and compares the rows.

usage: python benchmarks/corpus.py [--documents N] [--jobs N] [--part N] [--folder FOLDER] [--once]

The policies are those of policies.py, as one Parquet file. The first run is timed, with the memory of each of its
processes; the second is stopped at a quarter, a half and three quarters (by Ctrl-C, by the system's kill, by Ctrl-C
again) and goes on each time. All files must then be equal to the byte. With --once there is no second run. FOLDER keeps
the corpus and the rows; the default is a temporary one. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from corpora import write  # noqa: E402

_STOPS = ((0.25, signal.SIGINT), (0.5, signal.SIGKILL), (0.75, signal.SIGINT))


def start(source: Path, out: Path, options: argparse.Namespace) -> subprocess.Popen[bytes]:
    """A run over the corpus, by the law of a fixed day."""
    words = [sys.executable, "-m", "policylint", "corpus", str(source), str(out), "--isolated"]
    words += ["--as-of", "2026-01-01", "--jobs", str(options.jobs), "--part", str(options.part)]
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


def timed(source: Path, out: Path, options: argparse.Namespace, parts: int) -> dict[str, object]:
    """One run in one go: its time, and the memory of its processes in its first and in its last quarter."""
    begun = time.perf_counter()
    run = start(source, out, options)
    peaks: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    while run.poll() is None:
        quarter = min(3, 4 * finished(out) // max(1, parts))
        for process, size in memory(run.pid).items():
            peaks[process][quarter] = max(peaks[process][quarter], size)
        time.sleep(0.5)
    assert run.returncode == 0
    seconds = time.perf_counter() - begun
    of_workers = [sizes for process, sizes in peaks.items() if process != run.pid and max(sizes) > 60]
    return {
        "seconds": round(seconds, 1),
        "documents_per_second": round(options.documents / seconds, 1),
        "main_process_mb": peaks[run.pid],
        "worker_mb_by_quarter": of_workers,
    }


def interrupted(source: Path, out: Path, options: argparse.Namespace, parts: int) -> list[int]:
    """A run that is stopped three times; how many parts were done each time."""
    stopped = []
    for share, how in _STOPS:
        run = start(source, out, options)
        while finished(out) < share * parts and run.poll() is None:
            time.sleep(0.01)
        run.send_signal(how)
        run.wait()
        stopped.append(finished(out))
    assert start(source, out, options).wait() == 0
    return stopped


def differing(one: Path, other: Path) -> list[str]:
    """The files that are not the same in both folders."""
    names = {path.relative_to(folder) for folder in (one, other) for path in folder.glob("*/*.parquet")}
    names |= {Path("summary.json"), Path("manifest.json")}
    return [
        str(name)
        for name in sorted(names)
        if not ((one / name).exists() and (other / name).exists())
        or (one / name).read_bytes() != (other / name).read_bytes()
    ]


def measure(folder: Path, options: argparse.Namespace) -> dict[str, object]:
    """Everything."""
    source = folder / "policies.parquet"
    write(options.documents, source)
    parts = -(-options.documents // options.part)
    found: dict[str, object] = {
        "documents": options.documents,
        "jobs": options.jobs,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "input_mb": round(source.stat().st_size / 1e6, 1),
        **timed(source, folder / "once", options, parts),
        "summary": json.loads((folder / "once" / "summary.json").read_bytes()),
        "output_mb": {
            table: round(sum(file.stat().st_size for file in (folder / "once" / table).iterdir()) / 1e6, 1)
            for table in ("documents", "verdicts")
        },
    }
    if not options.once:
        found["stopped_at_parts"] = interrupted(source, folder / "thrice", options, parts)
        found["of_parts"] = finished(folder / "once")
        found["differing_files"] = differing(folder / "once", folder / "thrice")
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--part", type=int, default=250)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--once", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = measure(folder, options)
    print(json.dumps(found, indent=2))
    if found.get("differing_files"):
        sys.exit(1)


if __name__ == "__main__":
    main()
