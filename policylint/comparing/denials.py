"""What a version of a policy rules out: selling data, deciding by machine, sending data abroad."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NOT = re.compile(r"(?i)\b(?:niet|nooit|geen|nimmer|noch|not|never|no|nor|neither|cannot|without|zonder)\b|n't\b")
_SUBJECTS = (
    (
        "sale",
        r"\b(?:door)?verko(?:op|opt|pen|cht)\b|\bverhandel\w*|\bte koop\b|\b(?:sell|sells|selling|sold|sale|trade)\b",
    ),
    (
        "automated",
        r"geautomatiseerd|automatische? (?:besluit|beslissing)|automated|automatic decision|profil(?:ing|ering)",
    ),
    ("abroad", r"(?:buiten|verlaten|outside|leave)(?: of)?(?: de| the)? (?:eer|eu|europ|eea)\w*"),
    ("third parties", r"\b(?:met|aan) (?:derden|derde partijen)|\b(?:to|with) (?:any )?third part(?:y|ies)"),
    ("others", r"\bvan (?:derden|anderen)|\bfrom (?:others|third part(?:y|ies)|other (?:people|parties))"),
)
_SUBJECT = re.compile("|".join(f"({pattern})" for _, pattern in _SUBJECTS), re.IGNORECASE)
_SURE = frozenset({"sale", "automated"})
"""What is always called by one name. The rest can be ruled out in other words, so that its absence is not certain."""


class Denial(NamedTuple):
    """What is ruled out, by the words at [start, end) of a text."""

    key: str
    start: int
    end: int
    is_sure: bool


def denials(text: str) -> Iterator[Denial]:
    """What a sentence rules out."""
    if not _NOT.search(text):
        return
    for match in _SUBJECT.finditer(text):
        key, _ = _SUBJECTS[(match.lastindex or 1) - 1]
        yield Denial(key, match.start(), match.end(), key in _SURE)
