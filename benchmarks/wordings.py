"""Refuses wordings that were copied from one text: five or more fixed words that one corpus text alone has.

usage: python benchmarks/wordings.py CORPUS

Looks at every concept's wordings (gaps and stars end a run of fixed words) and at the names of the
organisations in the corpus' manifest.csv. Exit code 1 lists what it found, 2 if the corpus is not there.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from policylint.analysis.tokens import words_of
from policylint.analysis.wordings import Wording, parse_wording
from policylint.document import matching_text
from policylint.judging.rulefiles import load_rules

FIXED_WORDS = 5


def fixed_runs(wording: Wording) -> Iterator[tuple[str, ...]]:
    """The longest runs of words that can only be one word each, gaps in between ending a run."""
    run: list[str] = []
    for pieces, gap in zip(wording.words, wording.gaps, strict=True):
        (piece, *others) = pieces
        fixed = not others and not piece.starts_open and not piece.ends_open
        if gap or not fixed:
            yield tuple(run)
            run = []
        if fixed:
            run.append(piece.text.lower())
    yield tuple(run)


def texts(corpus: Path) -> Iterator[tuple[str, str]]:
    """Name and words (joined by spaces) of every text."""
    for path in sorted((corpus / "dev-text").glob("*/*")):
        text = matching_text(path.read_text("utf-8", errors="replace"))
        yield path.name, " ".join(["", *(word.lower() for word in words_of(text).exact), ""])


def organisations(corpus: Path) -> set[str]:
    """The owners of the repositories that texts were found in, lower case, those of five letters or more."""
    with (corpus / "manifest.csv").open(newline="", encoding="utf-8") as lines:
        owners = {row["repo"].split("/")[0].lower() for row in csv.DictReader(lines)}
    return {owner for owner in owners if len(owner) >= FIXED_WORDS}


def main() -> None:
    """Look at every wording."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "manifest.csv").is_file():
        print("usage: python benchmarks/wordings.py CORPUS (a folder with manifest.csv and dev-text)", file=sys.stderr)
        sys.exit(2)
    corpus = Path(sys.argv[1])
    known = list(texts(corpus))
    names = organisations(corpus)
    faults = []
    count = 0
    for concept in load_rules().concepts:
        for language, wordings in concept.wordings.items():
            for wording in map(parse_wording, wordings):
                count += 1
                place = f"{concept.name} ({language}): {wording.source}"
                for run in fixed_runs(wording):
                    holders = [name for name, words in known if f" {' '.join(run)} " in words]
                    if len(run) >= FIXED_WORDS and len(holders) == 1:
                        faults.append(f"{place}: only {holders[0]} says so")
                named = names & set(re.findall(r"[\w-]+", wording.source.lower()))
                faults += [f"{place}: names {name}" for name in sorted(named)]
    print(f"{count} wordings against {len(known)} texts: {len(faults)} copied")
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
