"""Checks of single words: printed twice, misspelt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import compress
from operator import eq

from policylint.judging.checks.case import Case, Spot
from policylint.needles import around, narrowed, near

# Verbs meet each other at the border of two Dutch clauses (wat verwerkt wordt wordt bewaard), other words do not.
_TWICE = re.compile(
    r"(?<![\w-])(?P<word>de|een|en|of|om|met|naar|uw|ons|onze|wij|als|the|an|and|to|our|your|we|you|with|from|by|"
    r"[a-z]{2,}(?:[^\W\dndt_]))(?: (?P=word))(?![\w-]| name\b)"
)
_MAY_REPEAT = frozenset(
    "that this which who her had does was are were has very heel zeer deze zich bla "
    "voor door over onder bij mee toe per".split()  # ends of Dutch verbs that split, before a preposition
)


def doubled_word(case: Case) -> Iterator[Spot]:
    """A word that stands twice in a row where that is no grammar; the value is the word."""
    # Few words follow themselves: the pattern is tried at those alone.
    words = case.words.split()
    needles = [narrowed(f"{word} {word}") for word in set(compress(words, map(eq, words, words[1:])))]
    reach = 2 * max(map(len, needles), default=0)
    for match in near(_TWICE, case.text, case.narrow, needles, reach):
        if match["word"] not in _MAY_REPEAT:
            yield Spot(match.start(), match.end(), value=match["word"])


_DOMAIN = re.compile(r"(?<![\w-])[a-z][a-z0-9-]{7,40}\.(?:nl|be|com|org|net|eu|co\.uk|ie)(?![\w-]|\.\w)", re.IGNORECASE)
_REACH = 60
"""Characters, more than a domain that is looked at has."""
_MOST_DOMAINS = 100


def misspelt_domains(case: Case) -> Iterator[tuple[int, int]]:
    """A domain that stands once and is one slip of a letter away from one that stands more often."""
    found = list(around(_DOMAIN, case.text, case.domains, _REACH))
    counts = Counter(match.group().lower() for match in found)
    if len(counts) > _MOST_DOMAINS:
        return
    often = [domain for domain, count in counts.items() if count > 1]
    for match in found:
        domain = match.group().lower()
        if counts[domain] == 1 and any(_one_slip(domain, other) for other in often):
            yield match.span()


def _one_slip(one: str, other: str) -> bool:
    """Whether a letter was dropped, added, changed or swapped with the next, but not the last one of the name."""
    start = next((n for n, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), 0)
    one, other = one[start:], other[start:]
    letters = sorted((one.find("."), other.find(".")))  # how many of the name are left
    if letters[0] < 1 or letters == [1, 1] or not (one[0].isalpha() and other[0].isalpha()):
        return False
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] in (other, other[1:]) or one == other[1:]
