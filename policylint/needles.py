"""Where a dear pattern is worth trying: around strings that its matches cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


def narrowed(text: str) -> bytes:
    """`text` in one byte a character, whatever is not ASCII as a question mark: searched several times as fast."""
    return text.encode("ascii", "replace")


@dataclass(frozen=True, slots=True)
class Needles:
    """Strings to look for together: each with its longest part without white space, which stands in one word.

    Those whose part has a capital are apart: they are looked for among the few words that have one.
    """

    capital: tuple[tuple[bytes, bytes], ...]
    small: tuple[tuple[bytes, bytes], ...]

    @staticmethod
    def of(needles: Iterable[bytes]) -> Needles:
        """These strings, each once."""
        parts = [(needle, max(needle.split(), key=len, default=b"")) for needle in sorted(set(needles))]
        return Needles(
            tuple((needle, part) for needle, part in parts if part != part.lower()),
            tuple((needle, part) for needle, part in parts if part == part.lower()),
        )

    def occurring(self, narrow: bytes) -> frozenset[bytes]:
        """The strings that may stand in a narrowed text: those of which some word has the longest part.

        The words of a text without their repetitions are a quarter of it, so that many strings are looked for faster.
        """
        words = set(narrow.split())
        every, capital = b" ".join(words), b" ".join([word for word in words if word != word.lower()])
        return frozenset(
            [needle for needle, part in self.capital if part in capital]
            + [needle for needle, part in self.small if part in every]
        )


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
