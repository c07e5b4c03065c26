"""Articles of law as lawyers of each language cite them."""

from __future__ import annotations

import re

_GDPR = re.compile(r"GDPR art\. (?P<article>\d+)(?:\((?P<paragraph>\d+)\))?(?:\((?P<point>[a-z]{1,2})\))?")


def cited(reference: str, language: str) -> str:
    """A reference as it is cited in a language: "GDPR art. 13(2)(a)" is "art. 13 lid 2 onder a AVG" in Dutch."""
    match = _GDPR.fullmatch(reference)
    if language != "nl" or match is None:
        return reference
    paragraph = f" lid {match['paragraph']}" if match["paragraph"] else ""
    point = f" onder {match['point']}" if match["point"] else ""
    return f"art. {match['article']}{paragraph}{point} AVG"
