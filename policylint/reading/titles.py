"""What a single line looks like: marked as a list item, numbered, a title, a question, a sentence."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class MarkerKind(StrEnum):
    """The sign a line opens with."""

    BULLET = "bullet"
    NUMBER = "number"
    LETTER = "letter"
    ARTICLE = "article"


class Marker(NamedTuple):
    """`length` characters of marker, white space included; `depth` counts the parts of 1.2.3.

    `value` is the last number and `dotted` tells `1.` from a bare `1`.
    """

    kind: MarkerKind
    length: int
    depth: int = 1
    value: int = 0
    dotted: bool = True


_BULLET = re.compile(r"[•·▪●◦‣➢►✓✔■□○∙⁃]\s*|[-–—*+]\s+|o\s+(?=\S)|-(?=[^\W\d_])")
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)(?:\s?([.)])(?:\s+|(?=[^\W\d_]))|\s+(?=[^\W\d_]))")
_LETTER = re.compile(
    r"\((?:[a-z]|[ivx]{1,5}|\d{1,2})\)\s*|(?:[a-z]|[ivx]{1,5})\)\s+|[a-h]\.\s+|(?:[A-H]|[IVX]{1,5})\.\s+"
)
_ARTICLE = re.compile(
    r"(?:artikel|article|hoofdstuk|chapter|section|bijlage|annex|appendix|paragraaf|§)\s*"
    r"(?:(\d{1,3})(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])(?!\w)\s*[.:)–—-]?\s*",
    re.IGNORECASE,
)
_LONGEST_TITLE = 90
_LONGEST_QUESTION = 130
_LONGEST_MARKER = 40
_INNER_STOP = re.compile(r"[.!?]\s+[A-ZÀ-Þ]|:\s+\S")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.|(?:B\.V|N\.V|V\.O\.F|Inc|Ltd|nr|no|art)\.)\s", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"@|https?:|www\.|\d{4}\s?[A-Z]{2}\b|\d{5}|\+\d|\b\d{1,2}[-/. ](?:\d{1,2}|[a-z]+)[-/. ](?:19|20)\d\d\b|"
    r"^(?:january|february|march|april|may|june|july|august|september|october|november|december)\s\d|"
    r"^(?:last|laatst|versie|version|revised|©)\b",
    re.IGNORECASE,
)
# "De gegevens zijn onjuist": an article and a verb make a sentence, unless the verb is in a relative clause.
_STATEMENT = re.compile(
    r"(?:de|het|een|the|an?)\s(?:(?!die\b|dat\b|that\b|which\b|who\b)\w+\s){1,6}"
    r"(?:is|zijn|wordt|worden|werd|werden|heeft|hebben|kan|kunnen|are|was|were|has|have|will|can|may|must)\s",
    re.IGNORECASE,
)
# A line that opens with its subject or its condition is a sentence, even without a full stop.
_SENTENCE_START = re.compile(
    r"(?:wij|we|ik|u|je|jij|you|they|i|it|this|these|dit|deze|dat|er|if|als|indien|tenzij|unless|wilt|"
    r"wil|please|klik|click|neem|lees|read)\s",
    re.IGNORECASE,
)
_CONTACT_TITLE = re.compile(r"(?:neem|lees|read|this|these|dit|deze)\s.{3,40}$", re.IGNORECASE)
_OPEN_END = re.compile(
    r"(?:,|[^\W\d_]-|\b(?:de|het|een|en|of|van|voor|in|op|aan|bij|met|door|om|te|die|dat|is|zijn|wij|uw|the|a|an|and|or|"
    r"of|for|to|on|at|with|by|that|which|is|are|we|your|our|from))$",
    re.IGNORECASE,
)


def marker(text: str) -> Marker | None:
    """The list or section marker that `text` (without leading white space) opens with."""
    head = text[:_LONGEST_MARKER]
    match = _BULLET.match(head)
    if match:
        return Marker(MarkerKind.BULLET, match.end())
    match = _NUMBER.match(head)
    if match:
        parts = match[1].split(".")
        return Marker(MarkerKind.NUMBER, match.end(), len(parts), int(parts[-1]), bool(match[2]) or len(parts) > 1)
    match = _LETTER.match(head)
    if match:
        return Marker(MarkerKind.LETTER, match.end())
    match = _ARTICLE.match(head)
    if match:
        return Marker(MarkerKind.ARTICLE, match.end(), value=int(match[1] or 0))
    return None


def one_phrase(text: str) -> bool:
    """Whether no sentence ends and no label stands inside `text`."""
    return not _INNER_STOP.search(_ABBREVIATION.sub("", text))


def title_like(text: str) -> bool:
    """Whether `text` could be a title: short, capitalised, no sentence, no address."""
    return (
        1 < len(text) <= _LONGEST_TITLE
        and text[-1] not in ".,;!…"
        and text.count(" ") < 13
        and _opens_as_title(text)
        and one_phrase(text)
        and not _NO_TITLE.search(text)
        and not _SENTENCE_START.match(text)
        and not _STATEMENT.match(text)
    )


def question(text: str) -> bool:
    """Whether `text` is one short question."""
    return 3 < len(text) <= _LONGEST_QUESTION and text[-1] == "?" and _opens_as_title(text) and one_phrase(text)


def capitals(text: str) -> bool:
    """Whether `text` is a title in capitals (more than an abbreviation)."""
    return (
        5 <= len(text) <= _LONGEST_TITLE
        and text.isupper()
        and text[-1] not in ".,;!"
        and any(len(word) > 3 for word in re.findall(r"[^\W\d_]+", text))
        and not _NO_TITLE.search(text)
    )


def numbered_title(text: str) -> bool:
    """Whether what follows a section number reads as a title; it may end in a colon."""
    bare = text.rstrip(":").rstrip()
    return title_like(bare) or (bool(_CONTACT_TITLE.match(bare)) and bare[-1] not in ".,;!" and one_phrase(bare))


def sentence(text: str) -> bool:
    """Whether `text` reads as running text."""
    return len(text) > _LONGEST_TITLE or (text[-1:] in (".", "!", "?", ":", ";") and text.count(" ") >= 3)


def breaks_off(text: str) -> bool:
    """Whether `text` ends in the middle of a sentence or a bracket."""
    return bool(_OPEN_END.search(text[-12:])) or text.rfind("(") > text.rfind(")")


def _opens_as_title(text: str) -> bool:
    first = next((character for character in text[:6] if character.isalpha()), "")
    return first.isupper() or (text[0].isdigit() and bool(first))
