"""Words of a text and where they stand, by spaCy's tokeniser.

One tokeniser serves both languages, so that a wording means the same wherever it stands. It splits
at slashes and brackets and keeps hyphenated words, e-mail addresses and URLs whole. The language
classes' own exception tables are left out: building them costs more than judging a policy.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_OPENING = r"""[("'\[{<>|*_#§&+=~.,;:!?/\\-]|[\u2013\u2014\u2022\u2026]"""
_CLOSING = r"""[)"'\]}<>|*_#&+=~,;:!?/\\%-]|[\u2013\u2014\u2022\u2026]|(?<=[A-Za-z\d]{2})\.|(?<=["')\]])\.|'s"""
_INSIDE = r"""[()\[\]{}<>|"/\\,;:=&\u2013\u2014\u2026]|(?<=[a-z]{2})[.!?](?=[A-Za-z]{2})|--+"""
_WHOLE = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# What may follow a piece of letters and digits that has nothing else to cut.
_CLOSERS = ",.;:?!)"

# Pieces beyond this length are no words; spaCy's affix loops are quadratic in a piece's length.
LONGEST_WORD = 200

# So many pieces are remembered, and those that were before they were so many.
_MOST_PIECES = 4_000


class Words(NamedTuple):
    """The words of one text, punctuation left out: `exact` as written, offsets in the text."""

    exact: list[str]
    starts: list[int]
    ends: list[int]


class _Cutter:
    """Cuts text into words, and remembers how it cut each piece between white space.

    spaCy cuts a text at its white space first and then every piece by itself: a piece that many texts hold need be
    cut but once, and one of letters and digits not at all.
    """

    def __init__(self) -> None:
        self.cuts: dict[str, tuple[tuple[str, int, int], ...]] = {}
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget what no text holds from now on until this is done again."""
        from spacy.tokenizer import Tokenizer
        from spacy.vocab import Vocab

        self._before, self.cuts = self.cuts, {}
        # It remembers pieces too, all of them.
        self._tokeniser = Tokenizer(
            Vocab(),
            prefix_search=re.compile(f"^(?:{_OPENING})").search,
            suffix_search=re.compile(f"(?:{_CLOSING})$").search,
            infix_finditer=re.compile(_INSIDE).finditer,
            url_match=_WHOLE.fullmatch,
            token_match=None,
        )

    def learn(self, text: str) -> None:
        """Cut the pieces of a text that were not met before, all in one go."""
        from spacy.attrs import LENGTH, SPACY

        pieces = []
        for piece in set(text.split()).difference(self.cuts):
            if len(piece) >= LONGEST_WORD:
                continue
            if piece in self._before:
                self.cuts[piece] = self._before[piece]
                continue
            word = piece[:-1] if piece[-1] in _CLOSERS else piece
            if word.isalnum():
                self.cuts[piece] = ((word, 0, len(word)),)
            else:
                pieces.append(piece)
        number = start = 0
        words: list[tuple[str, int, int]] = []
        for length, is_last in self._tokeniser(" ".join([*pieces, ""])).to_array([LENGTH, SPACY]).tolist():
            piece, end = pieces[number], start + length
            word = piece[start:end]
            # The stop of an abbreviation or of a sentence ("t.a.v.", "u."): wordings are written without it.
            if word.isalnum() or any(map(str.isalnum, word := word.rstrip("."))):
                words.append((word, start, start + len(word)))
            start = end
            if is_last:
                self.cuts[piece] = tuple(words)
                number, start, words = number + 1, 0, []


@cache
def _cutter() -> _Cutter:
    return _Cutter()


def learn_words(text: str) -> None:
    """Cut what words of a text are new in one go, before it is read block by block."""
    if len(_cutter().cuts) > _MOST_PIECES:
        _cutter().begin_anew()
    _cutter().learn(text)


def words_of(text: str) -> Words:
    """The words of matching text, in order."""
    exact: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    cutter = _cutter()
    cuts = cutter.cuts
    offset = 0
    for piece in text.split():
        offset = text.index(piece, offset)
        if piece not in cuts:
            if len(piece) >= LONGEST_WORD:
                offset += len(piece)
                continue
            cutter.learn(text)
        for word, start, end in cuts[piece]:
            exact.append(word)
            starts.append(offset + start)
            ends.append(offset + end)
        offset += len(piece)
    return Words(exact, starts, ends)
