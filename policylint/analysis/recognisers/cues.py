"""What the words of a text announce: which dear patterns are worth trying on it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass

from policylint.analysis.recognisers.value import has_any

_PART = re.compile(r"\S+")
# Longer words are not remembered; they announce everything.
_LONGEST_WORD = 200
# What is remembered of words makes place for others when it has grown so large.
_MOST_WORDS = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """Strings of which one stands in every text that a pattern matches; `lowered` if they are sought in lower case."""

    strings: tuple[str, ...]
    lowered: bool = False

    def given(self, text: str, heard: Set[Cue]) -> bool:
        """Whether one of the strings stands in a text, of whose words this may have been `heard`."""
        return self in heard and has_any(text, self.strings)


DIGIT = Cue(tuple("0123456789"))


class Ear:
    """Hears cues in words, and remembers the words: many texts hold the same, and most announce nothing."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        parts: defaultdict[tuple[str, bool], set[Cue]] = defaultdict(set)
        for cue in cues:
            for string in cue.strings:
                parts[_longest_part(string), cue.lowered].add(cue)
        self._parts = dict(parts)
        self._everything = frozenset[Cue]().union(*parts.values())
        self._words: dict[str, Set[Cue]] = {}

    def learn(self, text: str) -> None:
        """Hear what the words of a text announce that were not met before, all in one go."""
        if len(self._words) > _MOST_WORDS:
            self._words.clear()
        words = [word for word in set(text.split()).difference(self._words) if len(word) < _LONGEST_WORD]
        joined = f" {' '.join(words)} "
        # The one letter that grows when lowered stands for itself here, so that places stay the same.
        in_lower = joined.replace("\u0130", "i").lower()
        found: defaultdict[str, set[Cue]] = defaultdict(set)
        for (part, lowered), cues in self._parts.items():
            searched = in_lower if lowered else joined
            place = searched.find(part)
            while place >= 0:
                start = joined.rfind(" ", 0, place + 1) + 1
                end = joined.find(" ", start)
                found[joined[start:end]] |= cues
                place = searched.find(part, end)
        self._words.update(dict.fromkeys(words, frozenset()))
        self._words.update(found)

    def heard(self, text: str) -> Set[Cue]:
        """What the words of a text announce: all cues whose strings it holds, and a few that it does not."""
        words = text.split()
        if not self._words.keys() >= set(words):
            self.learn(text)
            return frozenset().union(*[self._words.get(word, self._everything) for word in words])
        return frozenset().union(*[self._words[word] for word in words])


def _longest_part(string: str) -> str:
    """The part of a string that one word holds, with the spaces where that word begins and ends."""
    return max((string[max(0, part.start() - 1) : part.end() + 1] for part in _PART.finditer(string)), key=len)
