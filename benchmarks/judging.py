"""Times judging in a loaded process, as a multiple of spaCy's bare tokenising of the same text.

usage: python benchmarks/judging.py [RUNS]

The texts are 28 kB of samples in each language, none repeated. `judge` is everything from bytes to verdicts, language
detection included; `doubled` judges with every rule there twice, under a second name and with its own copy of its
conditions. Each round times every part once, in turn; the figures are ratios of medians of processor time.
"""

from __future__ import annotations

import copy
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import spacy

from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet
from policylint.lint import lint_bytes

SAMPLES = Path(__file__).parent.parent / "samples"
BYTES = 28_000
TEXTS = {
    "nl": ("volledig.md", "generator.md", "computerwinkel.txt", "webwinkel-hedge.txt", "belgische-winkel.txt"),
    "en": ("complete.md", "app-privacy.md"),
}


def doubled(rules: RuleSet) -> RuleSet:
    """The rules, and each of them again under another name."""
    again = [replace(copy.deepcopy(rule), id=f"{rule.id}-again") for rule in rules.rules]
    return replace(rules, rules=(*rules.rules, *again))


def processor_seconds(work: Callable[[], object]) -> float:
    """Processor time of one run of `work`."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    rules = load_rules(strict=False)
    twice = doubled(rules)
    as_of = date(2026, 11, 1)
    for language, names in TEXTS.items():
        data = b"\n\n".join((SAMPLES / name).read_bytes() for name in names)[:BYTES]
        text = data.decode("utf-8", errors="ignore")
        tokenise = spacy.blank(language)
        work: dict[str, Callable[[], object]] = {
            "tokenise": lambda tokenise=tokenise, text=text: tokenise(text),
            "judge": lambda data=data: lint_bytes("policy.md", data, rules, as_of=as_of),
            "doubled": lambda data=data: lint_bytes("policy.md", data, twice, as_of=as_of),
        }
        for part in work.values():
            part()
        seconds: dict[str, list[float]] = {name: [] for name in work}
        for _ in range(runs):
            for name, part in work.items():
                seconds[name].append(processor_seconds(part))
        median = {name: statistics.median(times) for name, times in seconds.items()}
        print(
            f"{language}: {len(text)} characters, judging {median['judge'] / median['tokenise']:.2f} times tokenising "
            f"({1000 * median['tokenise']:.1f} ms), doubled {median['doubled'] / median['judge']:.2f} times judging"
        )


if __name__ == "__main__":
    main()
