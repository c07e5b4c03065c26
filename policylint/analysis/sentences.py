"""Where the sentences of a block end.

A block is one paragraph, list item or cell already, so what is left to decide is whether a full
stop ends a sentence or belongs to an abbreviation, an initial or a number.
"""

from __future__ import annotations

import re

# A unit longer than this is no sentence but unpunctuated text; it is cut at a comma or a space.
LONGEST_SENTENCE = 1_800

_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s+(\S+))")
_BEFORE = re.compile(r"([\w.'-]+)$")
# "U.S.", "Swiss-U.S.", "i.v.m."
_INITIALS = re.compile(r"(?:^|-)(?:[a-z]\.)+[a-z]$")
_ABBREVIATIONS = frozenset(
    "art artt nr nrs no jo lid blz bijv bv dhr mevr mw mr mrs ms drs ir ing prof dr st jl incl excl max min ca "
    "resp evt vgl zgn aug sept okt nov dec jan feb mrt apr tel fax ext e.g i.e cf vs approx para sec reg regs "
    "i.v.m d.m.v m.b.t o.a e.d d.w.z t.a.v o.g.v i.c.m a.d.h.v m.u.v n.a.v t.b.v w.o p.o sub dept fig".split()
)
_COMPANY_FORMS = frozenset("b.v n.v v.o.f inc ltd co corp llc plc s.a l.l.c e.v c.v".split())
_OPENERS = frozenset(
    "wij we uw u je jouw jij de het een deze dit dat die als in op voor bij met na om wanneer indien ook onze hier "
    "our your you the this these that it if in on for by when they their any all please to".split()
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of matching text as spans [start, end), without the white space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ends_sentence(text, start, match):
            _append(spans, text, start, match.end())
            start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    following = match[1].lstrip("\"'([*-–•")
    if not following or not (following[0].isupper() or following[0].isdigit()):
        return False
    if text[match.start()] != ".":
        return True
    before = _BEFORE.search(text, max(start, match.start() - 40), match.start())
    if before is None:
        return True
    word = before[1].lower()
    if word in _COMPANY_FORMS:
        return following.lower().rstrip(".,:;!?") in _OPENERS
    if word in _ABBREVIATIONS or (word.endswith("str") and following[0].isdigit()):
        return False
    if _INITIALS.search(word):
        return following.lower().rstrip(".,:;!?") in _OPENERS
    is_initial = len(word) == 1 and before[1].isupper()
    is_number = word.isdigit() and len(word) <= 2 and before.start() == start
    return not (is_initial or is_number)


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        limit = start + LONGEST_SENTENCE
        cut = max(text.rfind(mark, start + LONGEST_SENTENCE // 2, limit) for mark in (";", ",", " "))
        cut = limit if cut < 0 else cut + 1
        _append(spans, text, start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        spans.append((start, end))
