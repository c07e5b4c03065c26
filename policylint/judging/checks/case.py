"""What checks look at and what they find."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from string import ascii_lowercase

from policylint.analysis.units import Analysis
from policylint.document import matching_text
from policylint.judging.checks.tally import Sentence, Tally, running_text, sentences_of, tally
from policylint.needles import narrowed, near


@dataclass(frozen=True)
class Case:
    """What a check looks at: a document and its language, the language to speak, whose law counts, and of which day.

    What several checks read of the text is made once.
    """

    analysis: Analysis
    language: str
    spoken: str
    jurisdiction: str
    as_of: date

    @cached_property
    def text(self) -> str:
        """The text for matching, with the offsets of the visible text."""
        return matching_text(self.analysis.document.text)

    @cached_property
    def narrow(self) -> bytes:
        """The text for matching in small letters, narrowed for needles."""
        return narrowed(self.text).lower()

    @cached_property
    def letters(self) -> Sequence[bytes]:
        """All runs of the letters a to z in the narrow text, in order."""
        return self.narrow.translate(_SMALL_LETTERS).split()

    @cached_property
    def vocabulary(self) -> Set[bytes]:
        """The different ones of these runs."""
        return frozenset(self.letters)

    def behind(self, words: Set[bytes], pattern: re.Pattern[str], reach: int) -> Iterator[re.Match[str]]:
        """The matches of a pattern, each of which has one of `words` and a space near its beginning, `reach` at most."""
        return near(pattern, self.text, self.narrow, [word + b" " for word in words & self.vocabulary], reach)

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences of paragraphs and list items, scraps included."""
        return sentences_of(self.analysis, self.text)

    @cached_property
    def running_text(self) -> Sequence[Sentence]:
        """The sentences that are no scraps."""
        return running_text(self.sentences)

    @cached_property
    def tally(self) -> Tally:
        """The sentences of the running text, with their words counted."""
        return tally(self.running_text)


_SMALL_LETTERS = bytes(byte if byte in ascii_lowercase.encode() else ord(" ") for byte in range(256))
"""What leaves only a to z of a text in bytes."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Words at [start, end) of the visible text that are wrong, other places they clash with, and a value to name."""

    start: int
    end: int
    related: tuple[tuple[int, int], ...] = ()
    value: str = ""
