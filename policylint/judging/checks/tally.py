"""The running text of a document by sentences, with its words counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from policylint.analysis.units import Analysis, Unit
from policylint.document import BlockKind

_LETTERS = re.compile(r"[^\W\d_]+")
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_FEWEST_IN_SENTENCE = 3


class Sentence(NamedTuple):
    """A unit of a paragraph or list item, by number: how many words its spaces part, and those in small letters."""

    number: int
    unit: Unit
    length: int
    words: list[str]

    @property
    def letters(self) -> list[str]:
        """The words without digits."""
        return self.words if "".join(self.words).isalpha() else _LETTERS.findall(" ".join(self.words))


def sentences_of(analysis: Analysis, words: str) -> list[Sentence]:
    """The sentences of paragraphs and list items, scraps included; `words` is the text as words with spaces."""
    text = analysis.document.text
    running = [block.kind in _RUNNING for block in analysis.document.blocks]
    return [
        Sentence(number, unit, text.count(" ", unit.start, unit.end) + 1, words[unit.start : unit.end].split())
        for number, unit in enumerate(analysis.units)
        if running[unit.block]
    ]


def running_text(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that are no scraps."""
    return [sentence for sentence in sentences if sentence.length >= _FEWEST_IN_SENTENCE]


class Tally(NamedTuple):
    """Sentences with their words without digits, and how often each word stands in those of a language."""

    sentences: Sequence[tuple[Unit, Sequence[str]]]
    words: Mapping[str, Counter[str]]


def tally(running: Sequence[Sentence]) -> Tally:
    """Count the words of the running text."""
    read = [(sentence.unit, sentence.letters) for sentence in running]
    languages = {unit.language for unit, _ in read}
    return Tally(
        read,
        {
            language: Counter(chain.from_iterable(words for unit, words in read if unit.language == language))
            for language in languages
        },
    )
