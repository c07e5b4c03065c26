"""What a document says, ready for rules: units of evidence with the hits in them and around them.

The unit of evidence is a sentence, list item or table cell *with its context*: its heading path,
the lead-in of its list, its header cells, and the sentence before where it cannot stand alone.
Computed once per document; every rule reads it and none changes it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from policylint.analysis.clauses import RESERVED, Clause, Polarity, Speaker, clauses_of
from policylint.analysis.links import link_values
from policylint.analysis.recognisers import Value, recognise
from policylint.analysis.sentences import sentences
from policylint.analysis.tokens import learn_words, words_of
from policylint.analysis.vocabulary import Roles, Vocabulary
from policylint.analysis.wordings import Match
from policylint.document import Block, BlockKind, Document, matching_text


class Part(StrEnum):
    """Where a hit stands as seen from a unit."""

    OWN = "own"
    HEADING = "heading"
    LEAD_IN = "lead-in"
    HEADER = "header"
    BEFORE = "before"


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
# Longer blocks stand in no second text.
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


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with its units, and indices to find them by what they hold.

    `by_name` leads from a concept or value to the units with a hit of it in their own text,
    `dependents` from a unit to the ranges of units that are read with it. `words` counts words.
    """

    document: Document
    units: tuple[Unit, ...]
    by_name: Mapping[str, Sequence[int]] = field(repr=False)
    dependents: Mapping[int, Sequence[range]] = field(repr=False)
    words: int

    def seeing(self, name: str) -> bytearray:
        """A byte per unit: 1 where it has a hit of `name` in its own text or in its context."""
        seen = bytearray(len(self.units))
        for index in self.by_name.get(name, ()):
            seen[index] = 1
            for dependents in self.dependents.get(index, ()):
                seen[dependents.start : dependents.stop] = b"\1" * len(dependents)
        return seen


def analyse(document: Document, languages: Sequence[str], vocabulary: Vocabulary) -> Analysis:
    """Find the units and hits of a document; `languages` gives each block's language code."""
    words = 0
    units: list[Unit] = []
    by_name: dict[str, list[int]] = defaultdict(list)
    dependents: dict[int, list[range]] = defaultdict(list)
    of_block: list[range] = []
    learn_words(matching_text(document.text))
    for index, (block, language) in enumerate(zip(document.blocks, languages, strict=True)):
        first = len(units)
        shared = () if block.kind is BlockKind.HEADING else _block_context(document, of_block, index)
        read = _read(document, block, language, vocabulary)
        words += read.words
        for sentence in read.sentences:
            number = len(units)
            context = shared
            if sentence.leans and number > first:
                context = (*shared, (Part.BEFORE, number - 1))
                dependents[number - 1].append(range(number, number + 1))
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
        for _, read_with in shared:
            dependents[read_with].append(of_block[-1])
    return Analysis(document, tuple(units), by_name, dependents, words)


@dataclass(frozen=True, slots=True)
class _Sentence:
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


def _read(document: Document, block: Block, language: str, vocabulary: Vocabulary) -> _Read:
    """A block's sentences with the hits in them. Contents have none."""
    if block.kind is BlockKind.CONTENTS:
        return _Read((), 0)
    text = matching_text(document.block_text(block))
    links = tuple(value for value in link_values(document, block) if value.name in vocabulary.asked)
    read = _read_once if len(text) <= _LONGEST_REMEMBERED else _read_once.__wrapped__
    return read(text, links, language, vocabulary)


@lru_cache(maxsize=2_000)
def _read_once(text: str, links: tuple[Value, ...], language: str, vocabulary: Vocabulary) -> _Read:
    """The sentences of a block's matching text.

    They are remembered: a sixth of what policies say stands word for word in others too (templates, menus, footers),
    and an editor asks for the same text again after every change.
    """
    values = recognise(text, language, vocabulary.asked)
    if links:
        values = sorted([*values, *links], key=lambda value: value.start)
    return _sentences(text, values, language, vocabulary)


def _sentences(text: str, values: Sequence[Value], language: str, vocabulary: Vocabulary) -> _Read:
    """The sentences of a block's matching text with the hits in them."""
    words = words_of(text)
    matcher = vocabulary.matcher(language)
    found: list[_Sentence] = []
    next_word = next_value = 0
    for start, end in sentences(text):
        first, next_word = next_word, bisect_left(words.starts, end, next_word)
        own_values: list[Value] = []
        while next_value < len(values) and values[next_value].start < end:
            own_values.append(values[next_value])
            next_value += 1
        spans = list(zip(words.starts[first:next_word], words.ends[first:next_word], strict=True))
        singles, matches = matcher.scan(words.exact[first:next_word])
        said = [(at, vocabulary.roles(names)) for at, names in singles]
        reserved = [match for match in matches if match.concept in RESERVED]
        reserved += [Match(name, at, at) for at, roles in said for name in roles.reserved]
        clauses = clauses_of(text, (start, end), spans, reserved)
        found.append(
            _Sentence(
                start=start,
                end=end,
                clauses=clauses,
                hits=_hits(clauses, spans, said, matches, own_values, vocabulary),
                leans=len(spans) <= _BARE_WORDS
                or "?" in text[max(0, start - 3) : start]
                or any(match.first <= 1 for match in reserved if match.concept == "anaphor"),
            )
        )
    return _Read(found, len(words.exact))


def _hits(
    clauses: Sequence[Clause],
    words: Sequence[tuple[int, int]],
    said: Sequence[tuple[int, Roles]],
    matches: Sequence[Match],
    values: Sequence[Value],
    vocabulary: Vocabulary,
) -> Hits:
    """Hits of a sentence by name; a hit belongs to the clause in which its last word stands.

    Many concepts hit the same words. They share the hit, for a large text has millions of them.
    """
    starts = [clause.start for clause in clauses[1:]]
    found: list[tuple[tuple[str, ...], Hit]] = []
    for index, roles in said:
        start, end = words[index]
        at = bisect_right(starts, start)
        if roles.stated:
            found.append((roles.stated, Hit(start, end, at)))
        if roles.acted:
            found.append((roles.acted, Hit(start, end, at, clauses[at].polarity, clauses[at].speaker)))
    for name, first, last in matches:
        if name in vocabulary.asked:
            start, (last_start, end) = words[first][0], words[last]
            at = bisect_right(starts, last_start)
            acts = name in vocabulary.predicates
            hit = Hit(start, end, at, clauses[at].polarity, clauses[at].speaker) if acts else Hit(start, end, at)
            found.append(((name,), hit))
    hits: dict[str, tuple[Hit, ...]] = {}
    for names, hit in found:
        one = (hit,)
        for name in names:
            before = hits.get(name)
            if before is None:
                hits[name] = one
            elif len(before) < _MOST_HITS:
                hits[name] = before + one
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
