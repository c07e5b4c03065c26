"""Times judging in a warm process, as a multiple of spaCy's bare tokenising of the same text.

usage: python benchmarks/judging.py [ROUNDS]

The texts are of 28 kB, made of sections of the samples and examples of the rules, drawn with a fixed seed; no section
or example stands twice. Examples make them denser in what rules look for than policies are, and so slower to judge.
`judging` is everything from a document that was read to its verdicts, language and jurisdiction included; `doubled`
has every rule twice, under a second name and with its own copy of its conditions. A process warms up on the first
texts and then takes each other text once, without garbage collection; each round is two such processes, for the
caches of words to be as empty for the doubled rules. The figures are ratios of medians over the rounds.
"""

from __future__ import annotations

import copy
import gc
import multiprocessing
import random
import re
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import spacy

from policylint.analysis.units import analyse
from policylint.document import Document
from policylint.judging.judge import judge
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet
from policylint.jurisdiction import find_jurisdiction
from policylint.language import detect
from policylint.reading import read

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = {
    "nl": ("volledig.md", "generator.md", "computerwinkel.txt", "webwinkel-hedge.txt", "belgische-winkel.txt"),
    "en": ("complete.md", "app-privacy.md"),
}
BYTES = 28_000
TEXTS = 8
WARMING = 2
SEED = 1
AS_OF = date(2026, 11, 1)


def texts_of(language: str, rules: RuleSet) -> list[str]:
    """At most `TEXTS` texts of `BYTES` bytes that share no section and no example."""
    samples = [(SAMPLES / name).read_text(encoding="utf-8") for name in NAMES[language]]
    pieces = {piece.strip() for sample in samples for piece in re.split(r"\n(?=#)|\n{2,}(?=\d+\. )", sample)}
    pieces |= {each.text for rule in rules.rules for each in rule.examples if each.language == language}
    drawn = sorted(pieces)
    random.Random(SEED).shuffle(drawn)  # noqa: S311
    texts: list[str] = []
    text = ""
    for piece in drawn:
        text += piece + "\n\n"
        if len(text.encode()) >= BYTES:
            texts.append(text)
            text = ""
    return texts[:TEXTS]


def doubled(rules: RuleSet) -> RuleSet:
    """The rules, and each of them again under another name."""
    again = [replace(copy.deepcopy(rule), id=f"{rule.id}-again") for rule in rules.rules]
    return replace(rules, rules=(*rules.rules, *again))


def judged(document: Document, rules: RuleSet) -> None:
    """All that follows the reading of a document."""
    languages = detect(document, None)
    place = find_jurisdiction(document, languages)
    analysis = analyse(document, languages.by_block, rules.vocabulary)
    judge(analysis, rules.rules, languages.main, AS_OF, place.code, {})


def processor_seconds(language: str, texts: list[str], twice: bool) -> tuple[float, float]:
    """Processor time of tokenising and of judging all texts but the first few."""
    rules = load_rules(strict=False)
    if twice:
        rules = doubled(rules)
    tokenise = spacy.blank(language)
    gc.disable()
    tokenising = judging = 0.0
    for number, text in enumerate(texts):
        document = read("policy.md", text.encode())
        start = time.process_time()
        tokenise(document.text)
        between = time.process_time()
        judged(document, rules)
        if number >= WARMING:
            tokenising += between - start
            judging += time.process_time() - between
    return tokenising, judging


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    rules = load_rules()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, max_tasks_per_child=1) as processes:
        for language in NAMES:
            texts = texts_of(language, rules)
            once, again = [], []
            for _ in range(rounds):
                once.append(processes.submit(processor_seconds, language, texts, twice=False).result())
                again.append(processes.submit(processor_seconds, language, texts, twice=True).result())
            tokenising = statistics.median(seconds for seconds, _ in once)
            judging = statistics.median(seconds for _, seconds in once)
            twice = statistics.median(seconds for _, seconds in again)
            count = len(texts) - WARMING
            print(
                f"{language}: {count} texts of {BYTES // 1000} kB, judging {judging / tokenising:.2f} times tokenising "
                f"({1000 * tokenising / count:.1f} ms a text), doubled {twice / judging:.2f} times judging"
            )


if __name__ == "__main__":
    main()
