"""Scores policylint against a labelled corpus, compares with the committed minimum, and writes docs/accuracy.md.

usage: python benchmarks/accuracy.py CORPUS [--update | --native]

CORPUS is a folder with `score.py`, `folds.csv`, `dev/<language>/*.json` (labels) and `dev-text/<language>/*`
(texts). Prints each figure beside its minimum (`benchmarks/accuracy-minimum.json`) and every rule's figures; exit
code 1 if a headline figure has dropped, 2 if the corpus is not there. `--update` commits today's figures as the new
minimum and publishes them. `--native` scores the policies as they were found (web pages, PDF, Word, Markdown; they
stand beside the labels) and compares with their text: exit code 1 if one was refused, or if present or gap F1 is more
than a point lower.
"""

from __future__ import annotations

import argparse
import json
import math
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from policylint.judging.rulefiles import load_rules

HERE = Path(__file__).parent
MINIMUM = HERE / "accuracy-minimum.json"
MUTATION = HERE / "mutation.json"
PUBLISHED = HERE.parent / "docs" / "accuracy.md"
LANGUAGES = {"nl": "Dutch", "en": "English"}
FOLDS = {
    "A,B": "the rules were written with these texts at hand",
    "C": "first scored unread (below), then read and learnt from too",
}
# Fold C as this command scored it at the last revision before anybody read it, but for the beginnings of some
# texts, which were seen while the readers were built.
UNREAD_AT = "02e18cd"
UNREAD = {
    "nl": {"present F1": 0.978, "gap F1": 0.941, "flag F1": 0.625, "evidence": 0.842, "status agreement": 0.927},
    "en": {"present F1": 0.971, "gap F1": 0.914, "flag F1": 0.857, "evidence": 0.836, "status agreement": 0.903},
}
# Figures are rounded down to this, so that a minimum is never above what was measured.
DIGITS = 4
TEXT_FORM, AS_FOUND = "dev-text", "dev"
NATIVE_LOSS = 0.01
FEWER_IS_BETTER = frozenset({"failed", "wrong flags"})

Score = Mapping[str, Any]


def scored_rules() -> str:
    """The requirements, and the codebook's flags that a rule counts for, comma-separated."""
    return ",".join(sorted({rule.name for rule in load_rules().rules if rule.name is not None}))


def measure(corpus: Path, language: str, folds: str, form: str = TEXT_FORM) -> Score:
    """What score.py reports of one language and choice of folds, read in one form."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "score.json"
        command = [
            *(sys.executable, str(corpus / "score.py")),
            *(str(corpus / "dev" / language), str(corpus / form / language)),
            *("--fold", folds, "--rules", scored_rules(), "--json", str(out)),
            *("--command", shlex.join([sys.executable, "-m", "policylint"])),
        ]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            sys.exit(f"accuracy: scoring failed\n{run.stdout}{run.stderr}")
        score: Score = json.loads(out.read_text("utf-8"))
    return score


def headline(score: Score) -> dict[str, float]:
    """The figures that must not drop."""
    flags = score["flag"]["by_rule"].values()
    return {
        "documents": score["documents"],
        "failed": len(score["failed"]),
        "present F1": score["present"]["f1"],
        "present macro-F1": score["present"]["macro_f1"],
        "gap F1": score["gap"]["f1"],
        "gap macro-F1": score["gap"]["macro_f1"],
        "missing F1": score["missing"]["f1"],
        "flag F1": score["flag"]["f1"],
        "wrong flags": sum(flag.get("fp", 0) + flag.get("fn", 0) for flag in flags),
        "status agreement": score["status_accuracy"],
        "evidence": score["evidence"],
        "language": score["language"],
        "jurisdiction": score["jurisdiction"],
    }


def by_rule(score: Score) -> dict[str, float]:
    """F1 of every rule, which must not drop either: a rise of one rule hides no fall of another."""
    parts = {"present": score["present"], "gap": score["gap"], "flag": score["flag"]}
    return {
        f"{part} {rule}": counts["f1"] for part, table in parts.items() for rule, counts in table["by_rule"].items()
    }


def rounded_down(value: float) -> float:
    """A figure with the digits that are committed."""
    return value if math.isnan(value) else math.floor(value * 10**DIGITS) / 10**DIGITS


def compared(name: str, figures: Mapping[str, float], minimum: Mapping[str, float]) -> Iterator[str]:
    """Print figures beside their minimum; yields the ones that dropped."""
    print(f"\n{name:38} {'now':>8} {'minimum':>8}")
    for figure, value in figures.items():
        least = minimum.get(figure)
        worse = least is not None and (value > least if figure in FEWER_IS_BETTER else value < least)
        shown = "" if least is None else format(least, "8.3f")
        print(f"  {figure:36} {value:8.3f} {shown}{'  DROPPED' if worse else ''}")
        if worse:
            yield f"{name}: {figure}"


def lost_natively(corpus: Path) -> Iterator[str]:
    """Print the figures of the files as found beside those of their text; yields the ones that are lower."""
    for language in LANGUAGES:
        folds = ",".join(FOLDS)
        text, native = (headline(measure(corpus, language, folds, form)) for form in (TEXT_FORM, AS_FOUND))
        print(f"\n{language + ' ' + folds:38} {'as found':>8} {'text':>8}")
        for figure, value in native.items():
            print(f"  {figure:36} {value:8.3f} {text[figure]:8.3f}")
        if native["failed"]:
            yield f"{language}: refused {native['failed']:.0f} documents"
        for figure in ("present F1", "gap F1"):
            if native[figure] < text[figure] - NATIVE_LOSS:
                yield f"{language}: {figure}"


def percent(value: float) -> str:
    """A share as a lawyer reads it."""
    return "-" if math.isnan(value) else f"{100 * value:.0f} %"


def published(scores: Mapping[tuple[str, str], Score], day: date) -> Iterator[str]:
    """The lines of docs/accuracy.md."""
    yield "# How accurate policylint is"
    yield ""
    yield f"Measured on {day.isoformat()} by `python benchmarks/accuracy.py CORPUS --update`, which writes this page."
    yield ""
    yield "The corpus is real privacy policies, labelled requirement by requirement. Two annotators read most of them"
    yield "independently by one codebook and settled their differences one by one; a third reader audited a sample."
    yield "The texts belong to their authors and are not part of this project. *Present* counts a requirement that is"
    yield "stated or vague, *gap* one that is vague or missing: precision is how many of its verdicts are right,"
    yield "recall how many of the labelled ones it finds. A rule with few cases says little; their number is given."
    yield ""
    yield "## On texts that nobody had read"
    yield ""
    yield "The rules have since been improved on every text of the corpus, so the tables below flatter. What to expect"
    yield "of a policy that no rule was written for is shown by the last third of the corpus, as scored before anybody"
    yield f"had read it (revision {UNREAD_AT}; the beginnings of some had been seen while the readers were built)."
    yield ""
    yield "| language | requirements present, F1 | gaps, F1 | flags, F1 | evidence | status agreement |"
    yield "|---|---|---|---|---|---|"
    for language, figures in UNREAD.items():
        yield f"| {LANGUAGES[language]}, 15 policies | {' | '.join(f'{value:.3f}' for value in figures.values())} |"
    if MUTATION.is_file():
        yield from mutated(json.loads(MUTATION.read_text("utf-8")))
    for (language, folds), score in scores.items():
        shares = headline(score)
        yield ""
        yield f"## {LANGUAGES[language]}, {score['documents']} policies: {FOLDS[folds]}"
        yield ""
        yield f"Status agreement {percent(shares['status agreement'])}, evidence on the labelled words"
        yield f"{percent(shares['evidence'])}, language {percent(shares['language'])}, jurisdiction"
        yield f"{percent(shares['jurisdiction'])}."
        yield ""
        yield "| rule | present: cases | precision | recall | gap: cases | precision | recall |"
        yield "|---|---|---|---|---|---|---|"
        for rule, present in sorted(score["present"]["by_rule"].items()):
            yield f"| {rule} | {cells(present)} | {cells(score['gap']['by_rule'][rule])} |"
        yield f"| **all** | {cells(score['present'])} | {cells(score['gap'])} |"
        flags = score["flag"]["by_rule"]
        if flags:
            yield ""
            yield "| flag | cases | precision | recall |"
            yield "|---|---|---|---|"
            for flag, counts in sorted(flags.items()):
                yield f"| {flag} | {cells(counts)} |"


def mutated(sums: Mapping[str, Any]) -> Iterator[str]:
    """What becomes of verdicts when their words are taken out, and when the model wording is added."""
    yield ""
    yield "## When a text changes"
    yield ""
    deleted, inserted = sums["fell"] + sums["stood"], sums["became"] + sums["did_not"]
    yield f"Measured on {sums['day']} by `python benchmarks/mutation.py CORPUS --update`, over the whole corpus."
    yield "The sentences that policylint quotes for a requirement are taken out, again until it finds none: in"
    yield f"{percent(sums['fell'] / deleted)} of {deleted} cases the status falls to missing and the labelled words"
    yield "are gone too. Where a requirement is missing, the rule's own model wording is added:"
    yield f"{percent(sums['became'] / inserted)} of {inserted} become met."


def cells(counts: Score) -> str:
    """Cases, precision and recall of one rule."""
    cases = counts.get("tp", 0) + counts.get("fn", 0)
    return f"{cases} | {percent(counts['precision'])} | {percent(counts['recall'])}"


def main() -> None:
    """Measure, compare, publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--native", action="store_true")
    args = parser.parse_args()
    if not (args.corpus / "score.py").is_file():
        print(f"accuracy: no corpus in {args.corpus}", file=sys.stderr)
        sys.exit(2)
    if args.native:
        lost = list(lost_natively(args.corpus))
        sys.exit(f"accuracy: lost in reading: {'; '.join(lost)}" if lost else 0)
    minimum = json.loads(MINIMUM.read_text("utf-8")) if MINIMUM.is_file() else {}
    scores = {(language, folds): measure(args.corpus, language, folds) for language in LANGUAGES for folds in FOLDS}
    dropped = []
    floor = {}
    for (language, folds), score in scores.items():
        name = f"{language} {folds}"
        figures = headline(score) | by_rule(score)
        dropped += compared(name, figures, minimum.get(name, {}))
        floor[name] = {figure: rounded_down(value) for figure, value in figures.items() if not math.isnan(value)}
    if args.update:
        MINIMUM.write_text(json.dumps(floor, indent=1) + "\n", "utf-8")
        PUBLISHED.write_text("\n".join(published(scores, date.today())) + "\n", "utf-8")
    elif not minimum:
        sys.exit("accuracy: no minimum figures are committed")
    elif dropped:
        sys.exit("accuracy: dropped: " + "; ".join(dropped))


if __name__ == "__main__":
    main()
