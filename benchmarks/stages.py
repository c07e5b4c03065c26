"""What each step of judging costs in a process that is warm, in processor time; each text is judged once."""

from __future__ import annotations

import copy
import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from policies import material, policy

from policylint.analysis.units import analyse
from policylint.analysis.vocabulary import Vocabulary
from policylint.cli import run
from policylint.cli.output import Format
from policylint.judging.judge import judge
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet
from policylint.jurisdiction import find_jurisdiction
from policylint.language import detect
from policylint.lint import lint_bytes
from policylint.reading import read

AS_OF = date(2026, 11, 1)
WARMING = 6
"""Policies that a process judges before it counts: words are remembered, matchers made."""
STAGE_BYTES = 28_000
LONG = range(20_000, 40_000)
"""Bytes of policies of about that size."""


def warm_rules() -> RuleSet:
    """The built-in rules, after a few policies of both languages."""
    rules = load_rules(strict=False)
    for language in ("nl", "en"):
        given = material(language)
        for number in range(WARMING):
            lint_bytes("policy.md", policy(given, number, STAGE_BYTES, seed=2).encode(), rules, as_of=AS_OF)
    gc.collect()
    gc.disable()
    return rules


def stages(texts: int) -> dict[str, float]:
    """Milliseconds of each stage for a policy of 28 kB, Dutch and English in turn, and of spaCy's bare tokenising."""
    import spacy

    rules = warm_rules()
    given = {language: material(language) for language in ("nl", "en")}
    tokenisers = {language: spacy.blank(language) for language in given}
    names = ("reading", "language", "jurisdiction", "units", "hits", "judging", "bare tokenising")
    spent: dict[str, list[float]] = {name: [] for name in names}
    # Nothing is looked for: what is left is taking the text to pieces.
    nothing = Vocabulary((), frozenset())
    for number in range(texts):
        language = ("nl", "en")[number % 2]
        data = policy(given[language], number, STAGE_BYTES).encode()
        times = [time.process_time()]
        document = read("policy.md", data)
        times.append(time.process_time())
        languages = detect(document, None)
        times.append(time.process_time())
        place = find_jurisdiction(document, languages)
        times.append(time.process_time())
        analyse(document, languages.by_block, nothing)
        times.append(time.process_time())
        analysis = analyse(document, languages.by_block, rules.vocabulary)
        times.append(time.process_time())
        judge(analysis, rules.under(place.code), languages.main, AS_OF, place.code, {})
        times.append(time.process_time())
        tokenisers[language](document.text)
        times.append(time.process_time())
        took = [after - before for before, after in pairwise(times)]
        took[4] = max(0.0, took[4] - took[3])
        for name, seconds in zip(names, took, strict=True):
            spent[name].append(1000 * seconds)
    return {name: statistics.median(values) for name, values in spent.items()}


def by_language(paths: Sequence[Path]) -> dict[str, list[str]]:
    """The paths of policies by the language that most of each is in."""
    found: dict[str, list[str]] = {"nl": [], "en": []}
    for path in paths:
        found[detect(read(path.name, path.read_bytes())).main].append(str(path))
    return found


def judging_long(language: str, paths: Sequence[str]) -> dict[str, float]:
    """How long judging policies of about 28 kB takes, language detection included, in spaCy's bare tokenising of them.

    All other policies go before, which warms the process. `first` is the ratio when each is judged for the first time,
    `again` when it is judged and tokenised once more; `policies` is how many there are.
    """
    import spacy

    rules = warm_rules()
    tokeniser = spacy.blank(language)
    spent = {"first": [0.0, 0.0], "again": [0.0, 0.0]}
    long = [path for path in paths if Path(path).stat().st_size in LONG]
    for path in (*sorted(set(paths).difference(long)), *long):
        document = read(path, Path(path).read_bytes())
        for times in spent.values():
            start = time.process_time()
            tokeniser(document.text)
            tokenised = time.process_time()
            languages = detect(document, None)
            place = find_jurisdiction(document, languages)
            analysis = analyse(document, languages.by_block, rules.vocabulary)
            judge(analysis, rules.under(place.code), languages.main, AS_OF, place.code, {})
            if path in long:
                times[0] += time.process_time() - tokenised
                times[1] += tokenised - start
    ratios = {name: judging / tokenising for name, (judging, tokenising) in spent.items() if tokenising}
    return ratios | {"policies": len(long)}


def rendering(texts: int) -> dict[str, float]:
    """Milliseconds that the report on a policy of 28 kB takes, by format, in the run of a whole command."""
    command = import_module("policylint.cli.check")
    write: Callable[..., None] = command.write_outputs
    spent: list[float] = []

    def timed(*given: object) -> None:
        start = time.process_time()
        write(*given)
        spent.append(1000 * (time.process_time() - start))

    given = material("nl")
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name, patch.object(command, "write_outputs", timed):
        folder = Path(name)
        paths = [folder / f"{number}.md" for number in range(texts)]
        for number, path in enumerate(paths):
            path.write_text(policy(given, number, STAGE_BYTES), "utf-8")
        for each in Format:
            output = ["--output", f"{each}:{folder / 'report'}", "--cache", str(folder / "cache")]
            for path in (paths[0], *paths):
                run(["check", str(path), "--isolated", "--exit-zero", "--silent", "--force", *output])
            figures[each] = statistics.median(spent[1:])
            spent.clear()
    return figures


def by_length(sizes: Sequence[tuple[int, int]]) -> dict[str, float]:
    """Milliseconds per kB of policies of each size; `sizes` are bytes, and how many policies of them."""
    rules = warm_rules()
    given = material("nl")
    per_kb = {}
    for size, count in sizes:
        seconds = 0.0
        length = 0
        for number in range(count):
            data = policy(given, number, size).encode()
            start = time.process_time()
            lint_bytes("policy.md", data, rules, as_of=AS_OF)
            seconds += time.process_time() - start
            length += len(data)
            gc.collect()
        per_kb[str(size)] = 1e6 * seconds / length
    return per_kb


def with_rules(texts: int, twice: bool) -> float:
    """Milliseconds from reading to verdicts for a policy of 28 kB: with the rules, or with each under two names.

    The second one has its own copy of its conditions, so that nothing is remembered of the first.
    """
    rules = load_rules(strict=False)
    if twice:
        again = [replace(copy.deepcopy(rule), id=f"{rule.id}-again") for rule in rules.rules]
        rules = replace(rules, rules=(*rules.rules, *again))
    given = material("nl")
    gc.collect()
    gc.disable()
    spent = []
    for number in range(texts + WARMING):
        data = policy(given, number, STAGE_BYTES).encode()
        start = time.process_time()
        lint_bytes("policy.md", data, rules, as_of=AS_OF)
        spent.append(time.process_time() - start)
    return 1000 * statistics.median(spent[WARMING:])
