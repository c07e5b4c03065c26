"""How fast policylint is, beside other prose linters and beside the floors of its own libraries, all in one run.

usage: python benchmarks/performance.py [--update] [--only PART ...] [--quick] [--policies FOLDER ...]
                                        [--python-peers VENV] [--node-peers FOLDER]

Prints the figures; `--update` writes them to `benchmarks/performance.json`, from which `python docs/generate.py` makes
docs/performance.md. `--only` measures these parts alone and leaves the others as they are. `--quick` takes few
documents and rounds: to see that it works, not to publish.

The peers are looked for in a virtual environment (`pip install proselint codespell`) and in a folder (`npm install
write-good textlint textlint-rule-write-good textlint-rule-alex textlint-rule-terminology`), both outside this project;
what is not there is told as not measured. The policies are made by benchmarks/policies.py, no two alike; the part
`real` takes real ones, the texts in the folders given by `--policies`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path
from statistics import median
from typing import Any

from performance_page import page
from processes import TOOL, in_new_process, once, peers, side_by_side

FIGURES = Path(__file__).parent / "performance.json"
BARE = "import sys, spacy; nlp = spacy.blank('en'); [nlp(open(path, encoding='utf-8').read()) for path in sys.argv[1:]]"
READ = "import sys; [open(path, 'rb').read() for path in sys.argv[1:]]"
SIZES = ((1_000, 60), (3_000, 30), (14_000, 12), (28_000, 8), (200_000, 2), (1_000_000, 1), (5_000_000, 1))

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to measure: `rounds` of whole programs, `texts` in a process, files in `bulk`, and `documents`."""

    folder: Path
    python: Path | None
    node: Path | None
    policies: tuple[Path, ...] = ()
    rounds: int = 7
    texts: int = 12
    bulk: int = 60
    jobs: int = 400
    documents: tuple[int, ...] = (10, 100, 1_000, 10_000)
    sizes: tuple[tuple[int, int], ...] = SIZES


def written(folder: Path, count: int, size: int = 14_000, language: str = "nl") -> list[str]:
    """The paths of new policies in a new folder."""
    return [str(path) for path in in_new_process("policies", "write_policies", folder, count, size, language)]


def cold(plan: Plan) -> Figures:
    """A program started once: the version, the help, one policy of 28 kB; peers and floors beside it."""
    (policy,) = written(plan.folder / "cold", 1, 28_000, "en")
    python = sys.executable
    commands: dict[str, tuple[str, ...]] = {
        "python": (python, "-c", "pass"),
        "import typer": (python, "-c", "import typer"),
        "policylint --version": (*TOOL, "--version"),
        "policylint --help": (*TOOL, "--help"),
        "policylint rules list": (*TOOL, "rules", "list"),
        "import spacy": (python, "-c", "import spacy; spacy.blank('nl')"),
        "policylint check": (*TOOL, "check", "--exit-zero", policy),
        "read the file": (python, "-c", READ, policy),
    }
    for name, words in peers(plan.python, plan.node, plan.folder).items():
        commands[name] = (*words, policy)
    return {name: asdict(cost) for name, cost in side_by_side(commands, plan.rounds).items()}


def bulk(plan: Plan) -> Figures:
    """Many policies by one process, Dutch and English half and half: what a further policy costs each program."""
    half = plan.bulk // 2
    dutch, english = (written(plan.folder / "bulk" / each, half, language=each) for each in ("nl", "en"))
    return further(plan, [path for pair in zip(dutch, english, strict=True) for path in pair])


def further(plan: Plan, paths: Sequence[str]) -> Figures:
    """What each policy after the first two costs each program, in one process."""
    programs: dict[str, tuple[str, ...]] = {
        "read the files": (sys.executable, "-c", READ),
        "bare tokenising": (sys.executable, "-c", BARE),
        "policylint": (*TOOL, "check", "--quiet", "--exit-zero", "--isolated", "--jobs", "1"),
        **peers(plan.python, plan.node, plan.folder),
    }
    commands = {name: (*words, *paths) for name, words in programs.items()}
    commands |= {f"{name}, two": (*words, *paths[:2]) for name, words in programs.items()}
    costs = side_by_side(commands, max(1, plan.rounds // 3))
    return {
        name: {
            # The files are read so fast that starting Python may vary by more.
            "seconds": max(1e-6, (costs[name].seconds - costs[f"{name}, two"].seconds) / (len(paths) - 2)),
            "megabytes": costs[name].megabytes,
        }
        for name in programs
    } | {"policies": len(paths)}


def real(plan: Plan) -> Figures:
    """Real policies: what a further one costs each program, and how long judging takes beside tokenising."""
    paths = sorted(path for folder in plan.policies for path in folder.iterdir() if path.suffix in (".md", ".txt"))
    by_language: dict[str, list[str]] = in_new_process("stages", "by_language", paths)
    mixed = [path for pair in zip_longest(*by_language.values()) for path in pair if path is not None]
    judging = {}
    for language, texts in by_language.items():
        runs = [in_new_process("stages", "judging_long", language, texts) for _ in range(max(1, plan.rounds // 2))]
        judging[language] = {name: median(run[name] for run in runs) for name in runs[0]}
    return {
        "further": further(plan, mixed),
        "kilobytes": sum(Path(path).stat().st_size for path in mixed) // 1000,
        "judging": judging,
    }


def jobs(plan: Plan) -> Figures:
    """The same policies by one process and by two."""
    folder = plan.folder / "jobs"
    written(folder, plan.jobs)
    command = (*TOOL, "check", "--quiet", "--exit-zero", "--isolated", str(folder), "--jobs")
    costs = side_by_side({number: (*command, number) for number in ("1", "2")}, max(1, plan.rounds // 3))
    return {number: asdict(cost) for number, cost in costs.items()} | {"policies": plan.jobs}


def documents(plan: Plan) -> Figures:
    """One process and ever more policies of 2 kB."""
    figures: Figures = {}
    for count in plan.documents:
        folder = plan.folder / f"documents-{count}"
        written(folder, count, 2_000)
        report = plan.folder / f"documents-{count}.jsonl"
        command = (*TOOL, "check", "--silent", "--exit-zero", "--isolated", "--jobs", "1")
        figures[str(count)] = asdict(once((*command, "--output", f"jsonl:{report}", str(folder))))
    return figures


def length(plan: Plan) -> Figures:
    """Milliseconds per kB of one text, by its length."""
    figures: Figures = in_new_process("stages", "by_length", plan.sizes)
    return figures


def doubled(plan: Plan) -> Figures:
    """Milliseconds for a policy of 28 kB with the rules, and with every rule twice."""
    rounds = max(1, plan.rounds // 2)
    found = [
        [in_new_process("stages", "with_rules", plan.texts, twice) for twice in (False, True)] for _ in range(rounds)
    ]
    return {"once": median(once for once, _ in found), "twice": median(twice for _, twice in found)}


PARTS: Mapping[str, Callable[[Plan], Figures]] = {
    "cold": cold,
    "bulk": bulk,
    "real": real,
    "stages": lambda plan: in_new_process("stages", "stages", plan.texts),
    "formats": lambda plan: in_new_process("formats", "by_format", plan.rounds),
    "rendering": lambda plan: in_new_process("stages", "rendering", max(1, plan.texts // 3)),
    "length": length,
    "doubled": doubled,
    "jobs": jobs,
    "documents": documents,
}


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        named = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        name = named[0] if named else name
    return {
        "processor": name,
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "spacy": version("spacy"),
    }


def rounded(value: Any) -> Any:
    """Figures with three digits: more of them say nothing."""
    if isinstance(value, float):
        return float(f"{value:.3g}")
    return {key: rounded(each) for key, each in value.items()} if isinstance(value, dict) else value


def main() -> None:
    """Measure, print, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS), metavar="PART")
    parser.add_argument("--policies", nargs="+", type=Path, default=[], metavar="FOLDER")
    parser.add_argument("--python-peers", type=Path)
    parser.add_argument("--node-peers", type=Path)
    args = parser.parse_args()
    figures: Figures = json.loads(FIGURES.read_text("utf-8")) if FIGURES.is_file() and not args.quick else {}
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(Path(folder), args.python_peers, args.node_peers, tuple(args.policies))
        if args.quick:
            plan = replace(plan, rounds=1, texts=2, bulk=4, jobs=4, documents=(3,), sizes=((1_000, 2), (3_000, 1)))
        for part in args.only:
            if part == "real" and not plan.policies:
                continue
            print(f"measuring {part}", file=sys.stderr)
            figures[part] = rounded(PARTS[part](plan)) | {"day": date.today().isoformat()}
            figures["machine"] = machine()
            if args.update:
                FIGURES.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    print("\n".join(page(figures)))


if __name__ == "__main__":
    main()
