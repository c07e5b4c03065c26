"""Where a dear pattern is worth trying: around strings that its matches cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def narrowed(text: str) -> bytes:
    """`text` in one byte a character, whatever is not ASCII as a question mark: searched several times as fast."""
    return text.encode("ascii", "replace")


def occurring(narrow: bytes, needles: Iterable[bytes]) -> frozenset[bytes]:
    """The needles that may stand in a narrowed text: of each its longest part without white space is in some word.

    The words of a text without their repetitions are a quarter of it, so that many needles are looked for faster.
    """
    words = b" ".join(set(narrow.split()))
    return frozenset(needle for needle in needles if max(needle.split(), key=len, default=b"") in words)


def places(narrow: bytes, needles: Iterable[bytes]) -> list[int]:
    """Where any of `needles` stands in a narrowed text, ascending."""
    found = []
    for needle in needles:
        place = narrow.find(needle)
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
    pattern: re.Pattern[str], text: str, narrow: bytes, needles: Iterable[bytes], reach: int
) -> Iterator[re.Match[str]]:
    """The matches of a pattern, each of which holds a needle and ends within `reach` characters of it."""
    for start, end in windows(places(narrow, needles), reach):
        yield from pattern.finditer(text, start, end)
