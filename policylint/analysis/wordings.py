"""Wordings: what a concept sounds like in one language, and where a text has it.

A wording is words and gaps, matched on whole words whatever their case::

    recht op ~4 inzage|inzien    `a|b` either word; `~4` up to four words in between
    bewaar* *gegevens *recht*    `*` stands for any letters (none included)
    =AP                          a word in exactly this case

Hyphens, quotes and punctuation are as the tokeniser cuts them, so `e-mailadres` is one word.
All wordings of a language are compiled into one `Matcher`, which looks at every word once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policylint.analysis.tokens import LONGEST_WORD, words_of
from policylint.document import matching_text

LONGEST_GAP = 12
_CACHED_WORDS = 20_000
# Beyond this length a word's length says little about how frequent it is.
_TELLING_LENGTH = 8
_GAP = re.compile(r"~(\d+)")
_PIECE = re.compile(r"(=?)(\*?)([^*|=~\s]+)(\*?)")


class WordingError(ValueError):
    """A wording that breaks the grammar; the message says how."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One alternative for one word: `text` in lower case unless `exact`; stars at either end."""

    text: str
    exact: bool = False
    starts_open: bool = False
    ends_open: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """A sequence of words, each a set of alternatives; `gaps[i]` words may stand before word i."""

    source: str
    words: tuple[frozenset[Piece], ...]
    gaps: tuple[int, ...]


def parse_wording(source: str) -> Wording:
    """Read one wording; raises WordingError."""
    words: list[frozenset[Piece]] = []
    gaps: list[int] = []
    gap = 0
    # A text's characters are composed (NFC); a wording whose accents stand apart could never match.
    for part in matching_text(unicodedata.normalize("NFC", source)).split():
        if match := _GAP.fullmatch(part):
            gap = int(match[1])
            if not words:
                raise WordingError("a wording cannot begin with a gap")
            if not 1 <= gap <= LONGEST_GAP:
                raise WordingError(f"a gap is ~1 to ~{LONGEST_GAP}")
            continue
        for alternatives in _split_like_text(part):
            words.append(alternatives)
            gaps.append(gap)
            gap = 0
    if not words:
        raise WordingError("a wording needs at least one word")
    if gap:
        raise WordingError("a wording cannot end with a gap")
    if any(len(piece.text) < 3 and (piece.starts_open or piece.ends_open) for word in words for piece in word):
        raise WordingError("a star needs a stem of three letters or more, or it hits everything")
    return Wording(source, tuple(words), tuple(gaps))


def _split_like_text(part: str) -> list[frozenset[Piece]]:
    """One written word as the tokeniser would cut it; alternatives and stars must stay whole words."""
    if part.isalnum():
        return [frozenset({Piece(part.lower())})]
    if "|" not in part and "*" not in part and not part.startswith("="):
        cut = words_of(part).exact
        if not cut:
            raise WordingError(f"'{part}' holds no word")
        return [frozenset({Piece(word.lower())}) for word in cut]
    pieces = set()
    for alternative in part.split("|"):
        match = _PIECE.fullmatch(alternative)
        if match is None:
            raise WordingError(f"'{alternative}' is no word; allowed are word, prefix*, *suffix, *middle*, =Case, a|b")
        exact, starts_open, text, ends_open = match.groups()
        text = text.rstrip(".")
        if not text.isalnum() and words_of(text).exact != [text]:
            raise WordingError(f"'{text}' is cut into several words: write them apart")
        piece = Piece(text if exact else text.lower(), bool(exact), bool(starts_open), bool(ends_open))
        if piece in pieces:
            raise WordingError(f"'{alternative}' stands twice in '{part}'")
        if len(text) > LONGEST_WORD:
            raise WordingError(f"no word has more than {LONGEST_WORD} letters")
        pieces.add(piece)
    return [frozenset(pieces)]


class Match(NamedTuple):
    """A concept's wording found at the words [first, last] of a text.

    A named tuple, as hits and clauses are: there are hundreds of thousands of them in a large text.
    """

    concept: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A wording seen from its most telling word: the steps to its left and to its right.

    `partner` is the most telling of its other words, `low` to `high` words from the anchor (below 0 if to its
    left); `others` are the rest.
    """

    concept: str
    partner: frozenset[int]
    low: int
    high: int
    others: tuple[frozenset[int], ...]
    left: tuple[tuple[frozenset[int], int], ...]
    right: tuple[tuple[frozenset[int], int], ...]


class _Word(NamedTuple):
    """What is known of a word: concepts that it says alone, wordings anchored at it, and the pieces that it fits.

    `partners` are the wordings anchored at the word, by the pieces of the next most telling word that they need:
    `wanted`.
    """

    concepts: tuple[str, ...]
    wanted: frozenset[int]
    partners: Mapping[int, Sequence[_Anchored]]
    pieces: frozenset[int]


_UNKNOWN = _Word((), frozenset(), {}, frozenset())

Singles = list[tuple[int, tuple[str, ...]]]
"""Numbers of words, each with the concepts that the word says alone."""


class Matcher:
    """All wordings of one language, ready to be found."""

    def __init__(self, wordings: Iterable[tuple[str, Wording]]) -> None:
        """Compile (concept, wording) pairs."""
        self._singles: dict[int, list[str]] = defaultdict(list)
        self._pieces: dict[Piece, int] = {}
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._prefixes: dict[str, list[int]] = defaultdict(list)
        self._suffixes: dict[str, list[int]] = defaultdict(list)
        self._middles: list[tuple[str, int]] = []
        self._anchors: dict[int, list[_Anchored]] = defaultdict(list)
        self._cache: dict[str, _Word] = {}
        pairs = list(wordings)
        common = _common_words(wording for _, wording in pairs)
        for concept, wording in pairs:
            self._add(concept, wording, common)

    def _piece(self, piece: Piece) -> int:
        if piece in self._pieces:
            return self._pieces[piece]
        number = self._pieces[piece] = len(self._pieces)
        if piece.starts_open and piece.ends_open:
            self._middles.append((piece.text, number))
        elif piece.ends_open:
            self._prefixes[piece.text].append(number)
        elif piece.starts_open:
            self._suffixes[piece.text].append(number)
        else:
            (self._exact if piece.exact else self._whole)[piece.text].append(number)
        return number

    def _add(self, concept: str, wording: Wording, common: Mapping[Piece, int]) -> None:
        ids = [frozenset(self._piece(piece) for piece in word) for word in wording.words]
        if len(ids) == 1:
            for number in ids[0]:
                self._singles[number].append(concept)
            return
        at, partner, *rest = sorted(
            range(len(ids)), key=lambda i: max(_frequency(piece, common) for piece in wording.words[i])
        )
        left = tuple((ids[i], wording.gaps[i + 1]) for i in range(at - 1, -1, -1))
        right = tuple((ids[i], wording.gaps[i]) for i in range(at + 1, len(ids)))
        steps = range(at + 1, partner + 1) if partner > at else range(partner + 1, at + 1)
        reach = sum(wording.gaps[i] + 1 for i in steps)
        low, high = (partner - at, reach) if partner > at else (-reach, partner - at)
        anchored = _Anchored(concept, ids[partner], low, high, tuple(ids[i] for i in rest), left, right)
        for number in ids[at]:
            self._anchors[number].append(anchored)

    def _look_up(self, word: str) -> _Word:
        folded = word.lower()
        found = [*self._exact.get(word, ()), *self._whole.get(folded, ())]
        for cut in range(1, len(folded) + 1):
            found += self._prefixes.get(folded[:cut], ())
            found += self._suffixes.get(folded[-cut:], ())
        found += [number for text, number in self._middles if text in folded]
        if not found:
            return _UNKNOWN
        concepts = dict.fromkeys(concept for number in found for concept in self._singles.get(number, ()))
        partners: dict[int, list[_Anchored]] = {}
        for number in found:
            for anchored in self._anchors.get(number, ()):
                for partner in anchored.partner:
                    partners.setdefault(partner, []).append(anchored)
        return _Word(tuple(concepts), frozenset(partners), partners, frozenset(found))

    def scan(self, words: Sequence[str]) -> tuple[Singles, list[Match]]:
        """What single words say, and every place where a wording of several words stands in `words` (as written)."""
        cache = self._cache
        if len(cache) > _CACHED_WORDS:
            cache.clear()
        known = []
        for word in words:
            entry = cache.get(word)
            if entry is None:
                entry = cache[word] = self._look_up(word)
            known.append(entry)
        # A wording whose other words stand nowhere in the sentence, or too far away, need not be walked: most do.
        places: dict[int, list[int]] = defaultdict(list)
        for index, entry in enumerate(known):
            for piece in entry.pieces:
                places[piece].append(index)
        present = frozenset(places)
        matches: set[Match] = set()
        for index, entry in enumerate(known):
            if not entry.wanted:
                continue
            for partner in entry.wanted & present:
                theirs = places[partner]
                for candidate in entry.partners[partner]:
                    low, high = index + candidate.low, index + candidate.high
                    for place in theirs:
                        if low <= place <= high:
                            break
                    else:
                        continue
                    if candidate.others and any(map(present.isdisjoint, candidate.others)):
                        continue
                    first = _walk(known, index, candidate.left, -1) if candidate.left else index
                    if first is None:
                        continue
                    last = _walk(known, index, candidate.right, 1) if candidate.right else index
                    if last is not None:
                        matches.add(Match(candidate.concept, first, last))
        return [(index, entry.concepts) for index, entry in enumerate(known) if entry.concepts], sorted(matches)

    def find(self, words: Sequence[str]) -> list[Match]:
        """Every place where a wording stands in `words`, each concept and span once."""
        singles, matches = self.scan(words)
        return [*(Match(concept, index, index) for index, concepts in singles for concept in concepts), *matches]


def _walk(
    known: Sequence[_Word],
    start: int,
    steps: tuple[tuple[frozenset[int], int], ...],
    direction: int,
) -> int | None:
    """The nearest place where the steps end, going from word `start` in one direction; None if nowhere."""
    size = len(known)
    if len(steps) == 1:
        ((pieces, gap),) = steps
        for distance in range(1, gap + 2):
            place = start + direction * distance
            if 0 <= place < size and not pieces.isdisjoint(known[place].pieces):
                return place
        return None
    frontier = [start]
    for pieces, gap in steps:
        reached = {
            place
            for origin in frontier
            for distance in range(1, gap + 2)
            if 0 <= (place := origin + direction * distance) < size and not pieces.isdisjoint(known[place].pieces)
        }
        if not reached:
            return None
        frontier = list(reached)
    return min(frontier) if direction > 0 else max(frontier)


def _frequency(piece: Piece, common: Mapping[Piece, int]) -> tuple[int, int]:
    """How often a text is likely to have a piece: short words are frequent ones, then those of many wordings."""
    return -min(len(piece.text), _TELLING_LENGTH), common[piece]


def _common_words(wordings: Iterable[Wording]) -> dict[Piece, int]:
    """How many words of all wordings a piece is: anchoring at the rarest keeps the buckets small."""
    counts: dict[Piece, int] = defaultdict(int)
    for wording in wordings:
        for word in wording.words:
            for piece in word:
                counts[piece] += 1
    return counts
