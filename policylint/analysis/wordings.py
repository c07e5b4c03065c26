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
from itertools import starmap
from typing import NamedTuple

from policylint.analysis.tokens import LONGEST_WORD, words_of
from policylint.document import matching_text
from policylint.remembered import Remembered

LONGEST_GAP = 12
# Words, and kinds of words, that are remembered.
_MOST_WORDS = 4_000
# Beyond this length a word's length says little about how frequent it is.
_TELLING_LENGTH = 8
# A stem that a star stands next to has three letters or more.
_STEM = 3
_GAP = re.compile(r"~(\d+)")
_PIECE = re.compile(r"(=?)(\*?)([^*|=~\s]+)(\*?)")


class WordingError(ValueError):
    """A wording that breaks the grammar; the message says how."""


class Piece(NamedTuple):
    """One alternative for one word: `text` in lower case unless `exact`; stars at either end.

    A named tuple, as what is made of wordings is: a run begins by making thousands of them.
    """

    text: str
    exact: bool = False
    starts_open: bool = False
    ends_open: bool = False


class Wording(NamedTuple):
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
        if part[0] == "~" and (match := _GAP.fullmatch(part)):
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
        piece = Piece(alternative.lower()) if alternative.isalnum() else _special_piece(alternative)
        if piece in pieces:
            raise WordingError(f"'{alternative}' stands twice in '{part}'")
        if len(piece.text) > LONGEST_WORD:
            raise WordingError(f"no word has more than {LONGEST_WORD} letters")
        pieces.add(piece)
    return [frozenset(pieces)]


def _special_piece(alternative: str) -> Piece:
    """A piece with a star, a case of its own, or a hyphen or other sign."""
    match = _PIECE.fullmatch(alternative)
    if match is None:
        raise WordingError(f"'{alternative}' is no word; allowed are word, prefix*, *suffix, *middle*, =Case, a|b")
    exact, starts_open, text, ends_open = match.groups()
    text = text.rstrip(".")
    if not text.isalnum() and words_of(text).exact != [text]:
        raise WordingError(f"'{text}' is cut into several words: write them apart")
    if len(text) < _STEM and (starts_open or ends_open):
        raise WordingError("a star needs a stem of three letters or more, or it hits everything")
    return Piece(text if exact else text.lower(), bool(exact), bool(starts_open), bool(ends_open))


class Match(NamedTuple):
    """A concept's wording found at the words [first, last] of a text.

    A named tuple, as hits and clauses are: there are hundreds of thousands of them in a large text.
    """

    concept: str
    first: int
    last: int


class _Anchored(NamedTuple):
    """A wording seen from its most telling word: the steps to its left and to its right.

    `partner` is the most telling of its other words, `low` to `high` words from the anchor (below 0 if to its
    left); `others` are the rest: none for most.
    """

    concept: str
    partner: frozenset[int]
    low: int
    high: int
    others: tuple[frozenset[int], ...]
    left: tuple[tuple[frozenset[int], int], ...]
    right: tuple[tuple[frozenset[int], int], ...]


class Known(NamedTuple):
    """What is known of a word: concepts that it says alone, wordings anchored at it, and the pieces that it fits.

    `partners` are the wordings anchored at the word, by the pieces of the next most telling word that they need:
    `wanted`.
    """

    concepts: tuple[str, ...]
    wanted: frozenset[int]
    partners: Mapping[int, Sequence[_Anchored]]
    pieces: frozenset[int]


_UNKNOWN = Known((), frozenset(), {}, frozenset())


class Matcher:
    """All wordings of one language, ready to be found."""

    def __init__(self, wordings: Iterable[tuple[str, Wording]]) -> None:
        """Compile (concept, wording) pairs."""
        self._singles: dict[int, list[str]] = defaultdict(list)
        self._exact: dict[str, int] = {}
        self._whole: dict[str, int] = {}
        self._open: dict[str, list[tuple[Piece, int]]] = defaultdict(list)
        self._anchors: dict[int, list[_Anchored]] = defaultdict(list)
        self._known = Remembered(self._look_up, _MOST_WORDS)
        self._fitting = Remembered(self._fit, _MOST_WORDS)
        pairs = list(wordings)
        common = _common_words(wording for _, wording in pairs)
        numbers = {piece: self._number(number, piece) for number, piece in enumerate(common)}
        ids = Remembered[frozenset[Piece], frozenset[int]](lambda word: frozenset(map(numbers.__getitem__, word)))
        frequencies = Remembered[frozenset[Piece], tuple[int, int]](
            lambda word: max(_frequency(piece, common) for piece in word)
        )
        for concept, wording in pairs:
            if len(wording.words) == 1:
                for number in ids[wording.words[0]]:
                    self._singles[number].append(concept)
            else:
                anchor, anchored = _anchored(concept, wording, ids, frequencies)
                for number in anchor:
                    self._anchors[number].append(anchored)

    def _number(self, number: int, piece: Piece) -> int:
        if piece.starts_open or piece.ends_open:
            self._open[piece.text[:_STEM]].append((piece, number))
        else:
            (self._exact if piece.exact else self._whole)[piece.text] = number
        return number

    def _look_up(self, word: str) -> Known:
        folded = word.lower()
        found = [number for number in (self._exact.get(word), self._whole.get(folded)) if number is not None]
        size = len(folded)
        for at in range(size - _STEM + 1):
            for (text, _, starts_open, ends_open), number in self._open.get(folded[at : at + _STEM], ()):
                if (starts_open or not at) and (ends_open or at + len(text) == size) and folded.startswith(text, at):
                    found.append(number)
        return self._fitting[frozenset(found)] if found else _UNKNOWN

    def _fit(self, pieces: frozenset[int]) -> Known:
        """What is known of the words that fit these pieces: they share it."""
        concepts = dict.fromkeys(concept for number in sorted(pieces) for concept in self._singles.get(number, ()))
        partners: dict[int, tuple[_Anchored, ...]] = {}
        for number in pieces:
            for anchored in self._anchors.get(number, ()):
                # Most partners have no other wording here: they share what is kept of this one.
                one = (anchored,)
                for partner in anchored.partner:
                    before = partners.get(partner)
                    partners[partner] = one if before is None else before + one
        return Known(tuple(concepts), frozenset(partners), partners, pieces)

    def know(self, words: Iterable[str]) -> list[Known]:
        """What is known of each of `words`, as written."""
        return [*map(self._known.__getitem__, words)]

    def find(self, words: Sequence[str]) -> list[Match]:
        """Every place where a wording stands in `words` (as written), each concept and span once."""
        known = self.know(words)
        alone = (Match(concept, index, index) for index, word in enumerate(known) for concept in word.concepts)
        return [*alone, *starmap(Match, find_together(known))]


def _anchored(
    concept: str,
    wording: Wording,
    ids: Mapping[frozenset[Piece], frozenset[int]],
    frequencies: Mapping[frozenset[Piece], tuple[int, int]],
) -> tuple[frozenset[int], _Anchored]:
    """A wording of several words as seen from its most telling word, and the pieces of that word."""
    words, gaps = [ids[word] for word in wording.words], wording.gaps
    frequency = [frequencies[word] for word in wording.words]
    at, partner, *rest = sorted(range(len(words)), key=frequency.__getitem__)
    left = tuple([(words[i], gaps[i + 1]) for i in range(at - 1, -1, -1)])
    right = tuple([(words[i], gaps[i]) for i in range(at + 1, len(words))])
    steps = range(at + 1, partner + 1) if partner > at else range(partner + 1, at + 1)
    reach = sum([gaps[i] + 1 for i in steps])
    low, high = (partner - at, reach) if partner > at else (-reach, partner - at)
    return words[at], _Anchored(concept, words[partner], low, high, tuple([words[i] for i in rest]), left, right)


def find_together(known: Sequence[Known]) -> list[tuple[str, int, int]]:
    """Every place where a wording of several words stands in these words, by concept and place: as in a match."""
    # A wording whose other words stand nowhere in the sentence, or too far away, need not be walked: most do.
    pieces = [word.pieces for word in known]
    present = frozenset().union(*pieces)
    places: dict[int, list[int]] = defaultdict(list)
    for index, fitting in enumerate(pieces):
        for piece in fitting:
            places[piece].append(index)
    found: set[tuple[str, int, int]] = set()
    for index, (_, wanted, partners, _) in enumerate(known):
        for partner in wanted & present:
            theirs = places[partner]
            for concept, alternatives, low, high, others, left, right in partners[partner]:
                for place in theirs:
                    if low <= place - index <= high:
                        break
                else:
                    continue
                if not others:
                    # Another alternative, or the same word again, may stand nearer.
                    if low != high:
                        way = range(index + 1, place) if place > index else range(index - 1, place, -1)
                        for nearer in way:
                            if not alternatives.isdisjoint(pieces[nearer]):
                                place = nearer
                                break
                    found.add((concept, index, place) if place > index else (concept, place, index))
                elif not any(map(present.isdisjoint, others)):
                    first = _walk(pieces, index, left, -1) if left else index
                    if first is None:
                        continue
                    last = _walk(pieces, index, right, 1) if right else index
                    if last is not None:
                        found.add((concept, first, last))
    return sorted(found)


def _walk(
    pieces: Sequence[frozenset[int]], start: int, steps: tuple[tuple[frozenset[int], int], ...], direction: int
) -> int | None:
    """The nearest place where the steps end, going from word `start` in one direction; None if nowhere.

    `pieces` are those that each word fits.
    """
    end = len(pieces) if direction > 0 else -1
    nearest = min if direction > 0 else max
    frontier = [start]
    for wanted, gap in steps:
        reached = {
            place
            for origin in frontier
            for place in range(origin + direction, nearest(origin + direction * (gap + 2), end), direction)
            if not wanted.isdisjoint(pieces[place])
        }
        if not reached:
            return None
        frontier = list(reached)
    return nearest(frontier)


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
