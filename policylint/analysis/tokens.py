"""Words of a text and where they stand, by spaCy's tokeniser.

One tokeniser serves both languages, so that a wording means the same wherever it stands. It splits
at slashes and brackets and keeps hyphenated words, e-mail addresses and URLs whole. The language
classes' own exception tables are left out: building them costs more than judging a policy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

_OPENING = r"""[("'\[{<>|*_#§&+=~.,;:!?/\\-]|[\u2013\u2014\u2022\u2026]"""
_CLOSING = r"""[)"'\]}<>|*_#&+=~,;:!?/\\%-]|[\u2013\u2014\u2022\u2026]|(?<=[A-Za-z\d]{2})\.|(?<=["')\]])\.|'s"""
_INSIDE = r"""[()\[\]{}<>|"/\\,;:=&\u2013\u2014\u2026]|(?<=[a-z]{2})[.!?](?=[A-Za-z]{2})|--+"""
_WHOLE = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

# Pieces beyond this length are no words; spaCy's affix loops are quadratic in a piece's length.
LONGEST_WORD = 200

# A tokeniser remembers every word that it has met; one that has met so many makes place for a new one.
_MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text, punctuation left out: `exact` as written, offsets in the text."""

    exact: list[str]
    starts: list[int]
    ends: list[int]


@cache
def _tokeniser() -> Tokenizer:
    from spacy.tokenizer import Tokenizer
    from spacy.vocab import Vocab

    return Tokenizer(
        Vocab(),
        prefix_search=re.compile(f"^(?:{_OPENING})").search,
        suffix_search=re.compile(f"(?:{_CLOSING})$").search,
        infix_finditer=re.compile(_INSIDE).finditer,
        url_match=_WHOLE.fullmatch,
        token_match=None,
    )


def words_of(text: str) -> Words:
    """The words of matching text, in order."""
    from spacy.attrs import IDX, LENGTH

    exact: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    # Offsets in one go and slices of the text: looking at token after token costs twice the tokenising.
    text = _without_long_pieces(text)
    tokeniser = _tokeniser()
    if len(tokeniser.vocab) > _MOST_WORDS:
        _tokeniser.cache_clear()
        tokeniser = _tokeniser()
    for start, length in tokeniser(text).to_array([IDX, LENGTH]).tolist():
        word = text[start : start + length]
        if word.isalnum():
            pass
        elif any(map(str.isalnum, word)):
            # The stop of an abbreviation or of a sentence ("t.a.v.", "u."): wordings are written without it.
            word = word.rstrip(".")
            length = len(word)
        else:
            continue
        exact.append(word)
        starts.append(start)
        ends.append(start + length)
    return Words(exact, starts, ends)


_LONG_PIECE = re.compile(rf"\S{{{LONGEST_WORD},}}")


def _without_long_pieces(text: str) -> str:
    return _LONG_PIECE.sub(lambda piece: " " * len(piece.group()), text)
