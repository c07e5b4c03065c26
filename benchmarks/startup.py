"""Times whole processes side by side and prints them as ratios, with peak memory.

usage: python benchmarks/startup.py [RUNS]

Each round starts every command once, in turn, so that a machine whose speed drifts slows all of them; the ratios
are of medians. `large` (20 MB) runs once.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"
POLICY_BYTES = 28_000
LARGE_BYTES = 20_000_000
LIMITS = {
    "--version": ("import typer", 1.6),
    "--help": ("import typer", 2.5),
    "check 28 kB": ("import spacy", 1.3),
}


def write_policy(path: Path, size: int) -> None:
    """Write Dutch sample policies, one after another, up to `size` bytes.

    A sample at a time: a large parent would be counted as memory of the processes that it starts.
    """
    names = ("computerwinkel.txt", "verkoper-buiten-eu.txt", "webwinkel-hedge.txt", "belgische-winkel.txt")
    samples = [(SAMPLES / name).read_bytes() + b"\n\n" for name in names]
    with path.open("wb") as file:
        while file.tell() < size:
            for sample in samples:
                file.write(sample)
        file.truncate(size)


def run(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak memory in MB of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command} failed")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    python = sys.executable
    tool = [python, "-m", "policylint"]
    with tempfile.TemporaryDirectory() as folder:
        policy, large = Path(folder) / "policy.txt", Path(folder) / "large.txt"
        write_policy(policy, POLICY_BYTES)
        write_policy(large, LARGE_BYTES)
        commands = {
            "import typer": [python, "-c", "import typer"],
            "--version": [*tool, "--version"],
            "--help": [*tool, "--help"],
            "import spacy": [python, "-c", "import spacy; spacy.blank('nl')"],
            "check 28 kB": [*tool, "check", "--exit-zero", str(policy)],
        }
        measured: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for command in commands.values():
            run(command)
        for _ in range(runs):
            for name, command in commands.items():
                measured[name].append(run(command))
        median = {name: statistics.median(seconds for seconds, _ in rows) for name, rows in measured.items()}
        for name, rows in measured.items():
            line = f"{name:14} {median[name]:7.3f} s {max(memory for _, memory in rows):6.0f} MB"
            if name in LIMITS:
                floor, limit = LIMITS[name]
                line += f"  {median[name] / median[floor]:5.2f} times {floor} (wanted: at most {limit})"
            print(line)
        seconds, memory = run([*tool, "check", "--quiet", "--exit-zero", str(large)])
        print(f"{'check 20 MB':14} {seconds:7.1f} s {memory:6.0f} MB")


if __name__ == "__main__":
    main()
