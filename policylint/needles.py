"""Where a dear pattern is worth trying: around strings that its matches cannot do without."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from typing import TypeVar

from policylint.remembered import Remembered

T = TypeVar("T")

_PART = re.compile(r"\S+")
# Longer words are not remembered: they are taken for signs of everything.
_LONGEST_WORD = 200
_MOST_WORDS = 4_000


def narrowed(text: str) -> bytes:
    """`text` in one byte a character, whatever is not ASCII as a question mark: searched several times as fast."""
    return text.encode("ascii", "replace")


class Ear(Remembered[str, Set[T]]):
    """Hears which of many strings a text may hold, each of them the sign of something, by the words of the text.

    It remembers what words are signs of: many texts hold the same words, and most are signs of nothing.
    """

    def __init__(self, signs: Iterable[tuple[str, T]], *, ignoring_case: bool = False) -> None:
        super().__init__(self._signs_in, _MOST_WORDS)
        self._fold = str.lower if ignoring_case else str
        by_part: defaultdict[str, set[T]] = defaultdict(set)
        for string, sign in signs:
            by_part[_longest_part(self._fold(string))].add(sign)
        # Where a part stands, those that it begins with stand too.
        self._signs = {
            part: frozenset[T]().union(*(by_part.get(part[:end], ()) for end in range(1, len(part) + 1)))
            for part in by_part
        }
        self._parts = _longest_of(by_part)

    def __missing__(self, word: str) -> Set[T]:
        if len(word) > _LONGEST_WORD:
            return frozenset[T]().union(*self._signs.values())
        return super().__missing__(word)

    def _signs_in(self, word: str) -> Set[T]:
        found: frozenset[T] = frozenset()
        for part in self._parts.findall(f" {self._fold(word)} "):
            found |= self._signs[part]
        return found

    def heard(self, text: str) -> Set[T]:
        """What the strings in a text are signs of, and of more: of a string of several words one has to stand in it."""
        return frozenset[T]().union(*map(self.__getitem__, text.split()))


def _longest_part(string: str) -> str:
    """The longest part of a string that stands in one word, with the spaces where that word begins and ends."""
    parts = [string[max(0, part.start() - 1) : part.end() + 1] for part in _PART.finditer(string)]
    return max(parts, key=len)


def _longest_of(strings: Iterable[str]) -> re.Pattern[str]:
    """A pattern of the longest string at a place, parted by first letters, which Python compares fast."""
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for string in sorted(strings, key=len, reverse=True):
        by_first[string[0]].append(re.escape(string[1:]))
    choices = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items()))
    return re.compile(f"(?=({choices}))")


def places(narrow: bytes, needles: Iterable[bytes], start: int = 0) -> list[int]:
    """Where any of `needles` stands in a narrowed text from `start` on, ascending."""
    found = []
    for needle in needles:
        place = narrow.find(needle, start)
        while place >= 0:
            found.append(place)
            place = narrow.find(needle, place + 1)
    return sorted(found)


def windows(ascending: Iterable[int], reach: int) -> list[tuple[int, int]]:
    """Disjoint stretches of text that hold all that stands within `reach` characters of places."""
    found: list[tuple[int, int]] = []
    for place in ascending:
        if found and place - reach <= found[-1][1]:
            found[-1] = found[-1][0], place + reach
        else:
            found.append((max(0, place - reach), place + reach))
    return found


def near(
    pattern: re.Pattern[str], text: str, narrow: bytes, needles: Iterable[bytes], reach: int, after: int = 0
) -> Iterator[re.Match[str]]:
    """The matches of a pattern, each of which holds a needle and ends within `reach` characters of it.

    Those that end before `after` may be left out.
    """
    return around(pattern, text, places(narrow, needles, max(0, after - reach)), reach)


def around(pattern: re.Pattern[str], text: str, ascending: Iterable[int], reach: int) -> Iterator[re.Match[str]]:
    """The matches of a pattern within `reach` characters of places."""
    for start, end in windows(ascending, reach):
        yield from pattern.finditer(text, start, end)
