"""The running text of a document by sentences, with its words counted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policylint.analysis.units import Analysis, Unit
from policylint.document import BlockKind

_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = {
    "nl": frozenset("de het een en van wij we uw je te dat die niet voor met op aan zijn wordt worden onze ook bij kan "
                    "kunnen als naar deze dit of om door hebben heeft u er".split()),
    "en": frozenset("the and of to a you your that this for with are be by our not may can from it which will "
                    "have has on as or any these us if at their they".split()),
}  # fmt: skip
_RUNNING = (BlockKind.PARAGRAPH, BlockKind.ITEM)
_FEWEST_IN_SENTENCE = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text: how many words it has, and how many of them are function words per language."""

    unit: Unit
    words: int
    function_words: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """The sentences of the running text, and how often each word in small letters stands in them, per language."""

    sentences: tuple[Sentence, ...]
    words: Mapping[str, Counter[str]]


def tally(analysis: Analysis, text: str) -> Tally:
    """Count the words of the running text; `text` is the document's text for matching."""
    sentences = []
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, unit in running_text(analysis):
        words = _WORD.findall(text[unit.start : unit.end].lower())
        counts[unit.language].update(words)
        own = {language: sum(map(known.__contains__, words)) for language, known in _FUNCTION_WORDS.items()}
        sentences.append(Sentence(unit, len(words), own))
    return Tally(tuple(sentences), dict(counts))


def running_text(analysis: Analysis) -> Iterator[tuple[int, Unit]]:
    """Sentences of paragraphs and list items, by number."""
    text, blocks = analysis.document.text, analysis.document.blocks
    for number, unit in enumerate(analysis.units):
        if blocks[unit.block].kind in _RUNNING and text.count(" ", unit.start, unit.end) + 1 >= _FEWEST_IN_SENTENCE:
            yield number, unit
