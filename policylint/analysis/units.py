"""What a document says, ready for rules: units of evidence with the hits in them and around them.

The unit of evidence is a sentence, list item or table cell *with its context*: its heading path,
the lead-in of its list, its header cells, and the sentence before where it cannot stand alone.
Computed once per document; every rule reads it and none changes it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from policylint.analysis.clauses import Clause, Polarity, Speaker, clauses_of
from policylint.analysis.links import link_values
from policylint.analysis.recognisers import Value, recognise
from policylint.analysis.sentences import sentences
from policylint.analysis.tokens import learn_words, words_of
from policylint.analysis.vocabulary import Roles, Vocabulary
from policylint.analysis.wordings import Match, find_together
from policylint.document import Block, BlockKind, Document, matching_text


class Part(StrEnum):
    """Where a hit stands as seen from a unit."""

    OWN = "own"
    HEADING = "heading"
    LEAD_IN = "lead-in"
    HEADER = "header"
    BEFORE = "before"


EVERYWHERE = frozenset(Part)
OWN_TEXT = frozenset({Part.OWN})


class Hit(NamedTuple):
    """A concept or recognised value at [start, end), counted from the unit's `base`.

    `clause` numbers the clause within the unit; `value` is what a recogniser read, None for a
    concept. Only predicates carry a polarity and a speaker of their own.
    """

    start: int
    end: int
    clause: int
    polarity: Polarity = Polarity.AFFIRMED
    speaker: Speaker = Speaker.CONTROLLER
    value: object = None


Hits = Mapping[str, Sequence[Hit]]

# A sentence of so few words has no verb of its own and leans on the one before it.
_BARE_WORDS = 4
_DEEPEST_LEAD_IN = 3
# More hits of one concept in one sentence add nothing to a verdict.
_MOST_HITS = 12
# Longer blocks are few, and take much memory.
_LONGEST_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, list item or table cell at [start, end) of the visible text, with its context.

    `block` and `section` are indices in the document. `clauses` are spans, and `hits` are, counted from
    `base`, where the block begins: blocks of the same words share them. `hits` maps the name of
    a concept or recogniser to its hits in the unit's own text; `context` names the units that it
    is read with.
    """

    base: int
    start: int
    end: int
    block: int
    section: int
    is_heading: bool
    language: str
    clauses: tuple[Clause, ...]
    hits: Hits
    context: tuple[tuple[Part, int], ...]

    def span(self, part: Hit | Clause) -> tuple[int, int]:
        """Where one of the unit's hits or clauses stands in the visible text."""
        return self.base + part.start, self.base + part.end


class Dependents(NamedTuple):
    """The units from `first` up to `end` that are read with another, which is this part of their context."""

    part: Part
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with its units, and indices to find them by what they hold.

    `by_name` leads from a concept or value to the units with a hit of it in their own text,
    `dependents` from a unit to those that are read with it. `words` counts words.
    """

    document: Document
    units: tuple[Unit, ...]
    by_name: Mapping[str, Sequence[int]] = field(repr=False)
    dependents: Mapping[int, Sequence[Dependents]] = field(repr=False)
    words: int

    def seeing(self, names: Iterable[str], parts: Set[Part]) -> bytearray:
        """A byte per unit: 1 where it has a hit of one of `names` in one of these parts."""
        seen = bytearray(len(self.units))
        holding = [number for name in names for number in self.by_name.get(name, ())]
        if Part.OWN in parts:
            for number in holding:
                seen[number] = 1
        if parts != OWN_TEXT:
            for number in holding:
                for part, first, end in self.dependents.get(number, ()):
                    if part in parts:
                        seen[first:end] = b"\1" * (end - first)
        return seen


def analyse(document: Document, languages: Sequence[str], vocabulary: Vocabulary) -> Analysis:
    """Find the units and hits of a document; `languages` gives each block's language code."""
    words = 0
    units: list[Unit] = []
    by_name: dict[str, list[int]] = defaultdict(list)
    dependents: dict[int, list[Dependents]] = defaultdict(list)
    of_block: list[range] = []
    folded = matching_text(document.text)
    learn_words(folded)
    for index, (block, language) in enumerate(zip(document.blocks, languages, strict=True)):
        first = len(units)
        shared = () if block.kind is BlockKind.HEADING else _block_context(document, of_block, index)
        read = _read(document, block, folded, language, vocabulary)
        words += read.words
        for sentence in read.sentences:
            number = len(units)
            context = shared
            if sentence.leans and number > first:
                context = (*shared, (Part.BEFORE, number - 1))
                dependents[number - 1].append(Dependents(Part.BEFORE, number, number + 1))
            for name in sentence.hits:
                by_name[name].append(number)
            units.append(
                Unit(
                    base=block.start,
                    start=block.start + sentence.start,
                    end=block.start + sentence.end,
                    block=index,
                    section=block.section,
                    is_heading=block.kind is BlockKind.HEADING,
                    language=language,
                    clauses=sentence.clauses,
                    hits=sentence.hits,
                    context=context,
                )
            )
        of_block.append(range(first, len(units)))
        for part, read_with in shared:
            ranges = dependents[read_with]
            # The blocks below a heading follow each other: they are one range.
            begin = ranges.pop().first if ranges and ranges[-1][::2] == (part, first) else first
            ranges.append(Dependents(part, begin, len(units)))
    return Analysis(document, tuple(units), by_name, dependents, words)


class _Sentence(NamedTuple):
    """A unit before its place and context are known, counted from its block's beginning.

    It `leans` on the sentence before when it cannot stand alone.
    """

    start: int
    end: int
    clauses: tuple[Clause, ...]
    hits: Hits
    leans: bool


class _Read(NamedTuple):
    """The sentences of a block, and the number of its words."""

    sentences: Sequence[_Sentence]
    words: int


def _read(document: Document, block: Block, folded: str, language: str, vocabulary: Vocabulary) -> _Read:
    """A block's sentences with the hits in them. Contents have none. `folded` is the document's matching text."""
    if block.kind is BlockKind.CONTENTS:
        return _Read((), 0)
    text = folded[block.start : block.end]
    links = tuple(value for value in link_values(document, block) if value.name in vocabulary.asked)
    read = _read_once if len(text) <= _LONGEST_REMEMBERED else _read_once.__wrapped__
    return read(text, links, language, vocabulary)


@lru_cache(maxsize=400)
def _read_once(text: str, links: tuple[Value, ...], language: str, vocabulary: Vocabulary) -> _Read:
    """The sentences of a block's matching text.

    They are remembered, as many as a long policy has, for an editor asks for the same text again after every change.
    In other texts few blocks stand again, and most of those are short (menus, headings, footers): a fiftieth of what
    policies say.
    """
    values = recognise(text, language, vocabulary.asked)
    if links:
        values = sorted([*values, *links], key=lambda value: value.start)
    return _sentences(text, values, language, vocabulary)


def _sentences(text: str, values: Sequence[Value], language: str, vocabulary: Vocabulary) -> _Read:
    """The sentences of a block's matching text with the hits in them."""
    words = words_of(text)
    roles = vocabulary.roles
    known = vocabulary.matcher(language).know(words.exact)
    found: list[_Sentence] = []
    next_word = next_value = 0
    for start, end in sentences(text):
        first, next_word = next_word, bisect_left(words.starts, end, next_word)
        own_values: list[Value] = []
        while next_value < len(values) and values[next_value].start < end:
            own_values.append(values[next_value])
            next_value += 1
        spans = list(zip(words.starts[first:next_word], words.ends[first:next_word], strict=True))
        said = known[first:next_word]
        told = [(roles[word.concepts], at, at) for at, word in enumerate(said) if word.concepts]
        told += [(roles[(name,)], at, last) for name, at, last in find_together(said)]
        reserved = [Match(name, at, last) for (_, _, names), at, last in told for name in names]
        clauses = clauses_of(text, (start, end), spans, reserved)
        found.append(
            _Sentence(
                start=start,
                end=end,
                clauses=clauses,
                hits=_hits(clauses, spans, told, own_values),
                leans=len(spans) <= _BARE_WORDS
                or "?" in text[max(0, start - 3) : start]
                or any(match.first <= 1 for match in reserved if match.concept == "anaphor"),
            )
        )
    return _Read(found, len(words.exact))


def _hits(
    clauses: Sequence[Clause],
    words: Sequence[tuple[int, int]],
    told: Sequence[tuple[Roles, int, int]],
    values: Sequence[Value],
) -> Hits:
    """Hits of a sentence by name: what its words `told`, from a first to a last word, and its values.

    A hit belongs to the clause in which its last word stands. Many concepts hit the same words. They share the hit,
    for a large text has millions of them.
    """
    starts = [clause.start for clause in clauses[1:]]
    hits: dict[str, tuple[Hit, ...]] = {}

    def keep(names: tuple[str, ...], hit: Hit) -> None:
        one = (hit,)
        for name in names:
            before = hits.get(name)
            if before is None:
                hits[name] = one
            elif len(before) < _MOST_HITS:
                hits[name] = before + one

    for (stated, acted, _), first, last in told:
        last_start, end = words[last]
        start = words[first][0]
        at = bisect_right(starts, last_start)
        if stated:
            keep(stated, Hit(start, end, at))
        if acted:
            keep(acted, Hit(start, end, at, clauses[at].polarity, clauses[at].speaker))
    for value in values:
        hit = Hit(value.start, value.end, bisect_right(starts, value.start), value=value.value)
        hits[value.name] = (*hits.get(value.name, ()), hit)
    return hits


def _block_context(document: Document, of_block: Sequence[range], index: int) -> tuple[tuple[Part, int], ...]:
    """The units that all sentences of a block are read with: headings, header cells, lead-ins."""
    block = document.blocks[index]
    parts = [(Part.HEADING, unit) for heading in document.heading_path(block.section) for unit in of_block[heading]]
    parts += [(Part.HEADER, unit) for header in block.headers for unit in of_block[header]]
    lead_in, depth = block.lead_in, 0
    while lead_in is not None and depth < _DEEPEST_LEAD_IN:
        parts += [(Part.LEAD_IN, unit) for unit in of_block[lead_in][-1:]]
        lead_in, depth = document.blocks[lead_in].lead_in, depth + 1
    return tuple(parts)
