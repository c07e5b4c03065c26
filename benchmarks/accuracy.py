"""Scores policylint against a labelled corpus and compares with the committed minimum figures.

usage: python benchmarks/accuracy.py CORPUS [--update]

CORPUS is a folder with `score.py`, `folds.csv`, `dev/<language>/*.json` (labels) and `dev-text/<language>/*`
(texts). Prints each figure beside its minimum (`benchmarks/accuracy-minimum.json`); exit code 1 if one has
dropped, 2 if the corpus is not there. `--update` commits today's figures as the new minimum.
"""

from __future__ import annotations

import argparse
import json
import math
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
MINIMUM = HERE / "accuracy-minimum.json"
LANGUAGES = ("nl", "en")
FOLDS = ("A,B", "C")
RULES = (
    "controller-identity,purposes,legal-basis,retention,recipients,right-access,right-rectification,right-erasure,"
    "right-restriction,right-portability,right-objection,right-withdraw-consent,complaint-authority,minors,"
    "outdated-law,outdated-authority,browse-wrap-consent"
)
# Figures are rounded down to this, so that a minimum is never above what was measured.
DIGITS = 4


def measure(corpus: Path, language: str, folds: str) -> dict[str, float]:
    """The headline figures of one language and choice of folds."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "score.json"
        command = [
            *(sys.executable, str(corpus / "score.py")),
            *(str(corpus / "dev" / language), str(corpus / "dev-text" / language)),
            *("--fold", folds, "--rules", RULES, "--json", str(out)),
            *("--command", shlex.join([sys.executable, "-m", "policylint"])),
        ]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            sys.exit(f"accuracy: scoring failed\n{run.stdout}{run.stderr}")
        score = json.loads(out.read_text("utf-8"))
    flags = score["flag"]["by_rule"].values()
    return {
        "documents": score["documents"],
        "failed": len(score["failed"]),
        "present F1": score["present"]["f1"],
        "gap F1": score["gap"]["f1"],
        "missing F1": score["missing"]["f1"],
        "flag F1": score["flag"]["f1"],
        "wrong flags": sum(flag.get("fp", 0) + flag.get("fn", 0) for flag in flags),
        "status agreement": score["status_accuracy"],
        "evidence": score["evidence"],
        "language": score["language"],
        "jurisdiction": score["jurisdiction"],
    }


def rounded_down(value: float) -> float:
    """A figure with the digits that are committed."""
    return math.floor(value * 10**DIGITS) / 10**DIGITS


FEWER_IS_BETTER = frozenset({"failed", "wrong flags"})


def main() -> None:
    """Measure, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--update", action="store_true")
    args = parser.parse_args()
    if not (args.corpus / "score.py").is_file():
        print(f"accuracy: no corpus in {args.corpus}", file=sys.stderr)
        sys.exit(2)
    minimum = json.loads(MINIMUM.read_text("utf-8")) if MINIMUM.is_file() else {}
    figures: dict[str, dict[str, float]] = {}
    dropped = []
    for language in LANGUAGES:
        for folds in FOLDS:
            name = f"{language} {folds}"
            figures[name] = measure(args.corpus, language, folds)
            print(f"\n{name:20} {'now':>8} {'minimum':>8}")
            for figure, value in figures[name].items():
                least = minimum.get(name, {}).get(figure)
                worse = least is not None and (value > least if figure in FEWER_IS_BETTER else value < least)
                shown = "" if least is None else format(least, "8.3f")
                print(f"  {figure:18} {value:8.3f} {shown}{'  DROPPED' if worse else ''}")
                if worse:
                    dropped.append(f"{name}: {figure}")
    if args.update:
        floor = {name: {figure: rounded_down(value) for figure, value in row.items()} for name, row in figures.items()}
        MINIMUM.write_text(json.dumps(floor, indent=1) + "\n", "utf-8")
    elif not minimum:
        sys.exit("accuracy: no minimum figures are committed")
    elif dropped:
        sys.exit("accuracy: dropped: " + "; ".join(dropped))


if __name__ == "__main__":
    main()
