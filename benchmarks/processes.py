"""Whole programs timed side by side: each round starts every one of them once, in turn.

What is done in the benchmark itself is done in processes of its own: a large parent would be counted as memory of the
programs that it starts.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

TOOL = (sys.executable, "-m", "policylint")

_COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""The environment of programs whose sources are compiled once, as those of an installed one are, not at every start."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the clock (a median), and the most memory that a process of the program had, in MB."""

    seconds: float
    megabytes: float


def in_new_process(module: str, function: str, *given: object) -> Any:
    """The answer of a module's function in a process that has done nothing else."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(_call, module, function, given).result()


def _call(module: str, function: str, given: Sequence[object]) -> Any:
    return getattr(import_module(module), function)(*given)


def side_by_side(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, Cost]:
    """What each command costs; a machine whose speed drifts slows all of them. A first round is not counted."""
    measured: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            cost = once(command)
            if number:
                measured[name].append(cost)
    return {
        name: Cost(statistics.median(each.seconds for each in costs), max(each.megabytes for each in costs))
        for name, costs in measured.items()
    }


def once(command: Sequence[str]) -> Cost:
    """What one run costs. A program of our own must succeed; the peers tell of findings by their exit codes."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_COMPILED)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode and command[0] == sys.executable:
        sys.exit(f"performance: {' '.join(command[:4])} ... ended with {process.returncode}")
    return Cost(seconds, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024))


def peers(python: Path | None, node: Path | None, folder: Path) -> dict[str, tuple[str, ...]]:
    """The commands, without the files, of the prose linters that are installed; each has found a fault in a trial.

    `python` is a virtual environment with proselint and codespell, `node` a folder with `node_modules`; `folder` is for
    what textlint reads. Ends the benchmark if one is there and finds nothing: it is not set up, and fast for that.
    """
    found: dict[str, tuple[str, ...]] = {}
    if python is not None:
        for name, *words in (("proselint", "check"), ("codespell",)):
            found[name] = (str(python.absolute() / "bin" / name), *words)
    if node is not None:
        programs = node.absolute() / "node_modules" / ".bin"
        found["write-good"] = (str(programs / "write-good"),)
        found["textlint"] = (str(programs / "textlint"), "--config", str(folder / ".textlintrc.json"))
        (folder / ".textlintrc.json").write_text(json.dumps({"rules": dict.fromkeys(TEXTLINT_RULES, True)}), "utf-8")
    found = {name: command for name, command in found.items() if Path(command[0]).exists()}
    if "textlint" in found:
        # It looks for rules from the current folder only.
        found["textlint"] = ("env", "-C", str(node), *found["textlint"])
    trial = folder / "trial.md"
    trial.write_text("# Trial\n\nWe recieve the the very very unique javascript data, and he is an actress.\n", "utf-8")
    for name, command in found.items():
        run = subprocess.run([*command, str(trial)], capture_output=True, text=True, check=False)
        if trial.name not in run.stdout:
            sys.exit(f"performance: {name} finds nothing in a text with faults: {run.stdout}{run.stderr}")
    return found


TEXTLINT_RULES = ("write-good", "alex", "terminology")
"""What together makes a preset for English prose."""
