"""What checks look at and what they find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from policylint.analysis.units import Analysis
from policylint.document import matching_text
from policylint.judging.checks.tally import Sentence, Tally, running_text, sentences_of, tally
from policylint.needles import narrowed, near, places


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
    def words(self) -> str:
        """The text for matching in small letters, with spaces for all that is no letter, digit or underscore.

        Letters that no language of western Europe has are spaces too.
        """
        return self.text.encode("latin-1", "replace").translate(_WORDS).decode("latin-1")

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words of the text."""
        return frozenset(self.words.split())

    @cached_property
    def domains(self) -> Sequence[int]:
        """Where a top-level domain stands, its dot first."""
        return places(self.narrow, (b".nl", b".be", b".com", b".org", b".net", b".eu", b".uk", b".ie"))

    def near(self, phrases: Iterable[str], pattern: re.Pattern[str], reach: int) -> Iterator[re.Match[str]]:
        """The matches of a pattern that have one of `phrases` and a space in them, and end within `reach` of it.

        Phrases are of small letters and end where a word does.
        """
        needles = [phrase.encode() + b" " for phrase in phrases if self.vocabulary.issuperset(phrase.split())]
        return near(pattern, self.text, self.narrow, needles, reach)

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences of paragraphs and list items, scraps included."""
        return sentences_of(self.analysis, self.words)

    @cached_property
    def running_text(self) -> Sequence[Sentence]:
        """The sentences that are no scraps."""
        return running_text(self.sentences)

    @cached_property
    def tally(self) -> Tally:
        """The sentences of the running text, with their words counted."""
        return tally(self.running_text)


_WORDS = "".join(char.lower() if char.isalnum() or char == "_" else " " for char in map(chr, range(256))).encode(
    "latin-1"
)
"""A table of bytes: small letters for letters, and a space for what is no part of a word."""


class Spot(NamedTuple):
    """Words at [start, end) of the visible text that are wrong, other places they clash with, and a value to name."""

    start: int
    end: int
    related: tuple[tuple[int, int], ...] = ()
    value: str = ""
