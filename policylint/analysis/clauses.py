"""Clauses of a sentence: what is denied, and who is speaking, stops at their borders.

"Wij delen uw adres niet; facturen bewaren wij zeven jaar": the denial belongs to the first clause
alone. Where borders, negations and speakers are is told by matches of reserved concepts, kept as
data in `rules/concepts/context.yaml`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from policylint.analysis.wordings import Match

RESERVED = frozenset(
    {
        "anaphor",
        "clause-border",
        "clause-border-after-comma",
        "exception",
        "first-person",
        "negation",
        "other-party",
        "pseudo-negation",
        "relative",
        "second-person",
    }
)

# One set of characters first, so that Python searches for those alone.
_BORDER_MARK = re.compile(r"[;:—–-](?:(?<=[;:—])|(?<=\s.)(?=\s))")
_SUBJECT_WITHIN = 3
_LONGEST_ASIDE = 15


class Polarity(StrEnum):
    """Whether a predicate is affirmed, denied, or denied with an exception."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    LIMITED = "limited"


class Speaker(StrEnum):
    """Who does what a predicate says."""

    CONTROLLER = "controller"
    READER = "reader"
    OTHER = "other"


class Clause(NamedTuple):
    """The clause at [start, end) with what holds for its predicates."""

    start: int
    end: int
    polarity: Polarity
    speaker: Speaker


def clauses_of(
    text: str, span: tuple[int, int], words: Sequence[tuple[int, int]], matches: Sequence[Match]
) -> tuple[Clause, ...]:
    """The clauses of the sentence at `span` of matching text; at least one.

    `words` are the spans of its words; `matches` number them from the sentence's first word.
    """
    reserved: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        reserved[match.concept].append(match)
    firsts = _first_words(text, words, reserved)
    negations = _negations(firsts, reserved)
    denied = Polarity.LIMITED if reserved["exception"] else Polarity.DENIED
    affirmed = Polarity.AFFIRMED
    borders = [span[0], *(words[first][0] for first in firsts[1:]), span[1]]
    lasts = [*firsts[1:], len(words)]
    return tuple(
        Clause(
            borders[number],
            borders[number + 1],
            denied if number in negations else affirmed,
            _speaker(first, lasts[number], reserved),
        )
        for number, first in enumerate(firsts)
    )


def _first_words(text: str, words: Sequence[tuple[int, int]], reserved: Mapping[str, Sequence[Match]]) -> list[int]:
    """The number of each clause's first word, ascending; the first clause begins at word 0.

    A subordinate clause that a comma opens ends at the next comma: "uw adres wordt, als u niet
    betaalt, doorgegeven".
    """

    def follows_comma(number: int) -> bool:
        return "," in text[words[number - 1][1] : words[number][0]]

    firsts = {0}
    firsts.update([match.first for match in reserved["clause-border"]])
    firsts.update(
        [match.first for match in reserved["clause-border-after-comma"] if match.first and follows_comma(match.first)]
    )
    for opening in [first for first in firsts if first and follows_comma(first)]:
        reach = range(opening + 2, min(opening + _LONGEST_ASIDE, len(words)))
        firsts.update([number for number in reach if follows_comma(number)][:1])
    first, last = words[0][0] if words else 0, words[-1][1] if words else 0
    for number in range(1, len(words)) if _BORDER_MARK.search(text, first, last) else ():
        between = text[words[number - 1][1] : words[number][0]]
        if len(between) > 1 and _BORDER_MARK.search(between):
            firsts.add(number)
    return sorted(firsts)


def _negations(firsts: Sequence[int], reserved: Mapping[str, Sequence[Match]]) -> set[int]:
    """The numbers of the clauses that hold a real negation."""
    pseudo = reserved["pseudo-negation"]
    return {
        bisect_right(firsts, match.first) - 1
        for match in reserved["negation"]
        if not any(other.first <= match.first and match.last <= other.last for other in pseudo)
    }


def _speaker(first: int, last: int, reserved: Mapping[str, Sequence[Match]]) -> Speaker:
    if not reserved["other-party"] and not reserved["second-person"]:
        return Speaker.CONTROLLER

    def earliest(name: str) -> int:
        return min([match.first for match in reserved[name] if first <= match.first < last], default=last)

    other, own, reader = earliest("other-party"), earliest("first-person"), earliest("second-person")
    is_relative = first in [match.first for match in reserved["relative"]]
    if is_relative and any(first - 2 <= match.last < first for match in reserved["other-party"]):
        return Speaker.OTHER
    if other < first + _SUBJECT_WITHIN and other < min(own, last):
        return Speaker.OTHER
    return Speaker.READER if reader < min(own, last) else Speaker.CONTROLLER
