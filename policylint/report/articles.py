"""Articles of law as lawyers of each language cite them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from policylint.result import Finding, Law

_UNVERIFIED = {"nl": "nog niet geverifieerd", "en": "not verified yet"}
_GDPR = re.compile(
    r"GDPR art(?P<many>s?)\. (?P<article>\d+(?:-\d+)?)(?:\((?P<paragraph>\d+)\))?(?:\((?P<point>[a-z]{1,2})\))?"
)
_ARTICLE = re.compile(
    r"^(?P<act>(?:Richtlijn|Telecommunicatiewet|UAVG|Wetboek|Belgische wet)[^;]*?) art\. "
    r"(?P<article>[\dXIV./]+[a-z]?)(?:\((?P<paragraph>\d+)\))?(?=;| \(NL\)|$)"
)
# The names of acts, courts and guidelines, in the order in which they are replaced.
_DUTCH = (
    (re.compile(r"Dutch Telecommunications Act|\bTw\b"), "Telecommunicatiewet"),
    (re.compile(r"Belgian Code of Economic Law"), "Wetboek van economisch recht (BE)"),
    (re.compile(r"Belgian Act of 30 July 2018"), "Belgische wet van 30 juli 2018"),
    (re.compile(r"Irish (Data Protection Act \d+)"), r"\1 (IE)"),
    (re.compile(r"\bDirective (\d+/\d+)/EC\b"), r"Richtlijn \1/EG"),
    (re.compile(r"\bDirective (\d+/\d+)/EEC\b"), r"Richtlijn \1/EEG"),
    (re.compile(r"\bDirective \(EU\)"), "Richtlijn (EU)"),
    (re.compile(r"\bRegulation \(EU\)"), "Verordening (EU)"),
    (re.compile(r"\b(?:Implementing )?Decision \(EU\)"), "Uitvoeringsbesluit (EU)"),
    (re.compile(r"\bCJEU\b"), "HvJ EU"),
    (re.compile(r"\bGeneral Court\b"), "Gerecht EU"),
    (re.compile(r"\(3 September 2025\)"), "(3 september 2025)"),
    (re.compile(r"\bEDPB Guidelines\b"), "EDPB-richtsnoeren"),
    (re.compile(r"\bparas\b"), "punten"),
    (re.compile(r"\bpara\b"), "punt"),
    (re.compile(r"\brecitals\b"), "overwegingen"),
    (re.compile(r"\brecital\b"), "overweging"),
    (re.compile(r"(\d) and (\d)"), r"\1 en \2"),
)


def source(law: Law, language: str) -> str:
    """A source as it is cited, with a remark if nobody verified it yet."""
    reference = cited(law.reference, language)
    return reference if law.verified else f"{reference} ({_UNVERIFIED[language]})"


def unverified(findings: Iterable[Finding]) -> bool:
    """Whether nobody verified yet what a finding says, its sources aside: those tell so themselves."""
    return any(not finding.verified and all(law.verified for law in finding.law) for finding in findings)


@lru_cache(maxsize=1000)
def cited(reference: str, language: str) -> str:
    """A reference as it is cited in a language: "GDPR art. 13(2)(a)" is "art. 13 lid 2 onder a AVG" in Dutch."""
    if language != "nl":
        return reference
    for english, dutch in _DUTCH:
        reference = english.sub(dutch, reference)
    if _GDPR.search(reference):
        return _GDPR.sub(_avg, reference)
    return _ARTICLE.sub(_act, reference)


def _avg(match: re.Match[str]) -> str:
    # The definitions of article 4 are numbered; they are no paragraphs.
    part = "onder" if match["article"] == "4" else "lid"
    paragraph = f" {part} {match['paragraph']}" if match["paragraph"] else ""
    point = f" onder {match['point']}" if match["point"] else ""
    return f"{'artt' if match['many'] or '-' in match['article'] else 'art'}. {match['article']}{paragraph}{point} AVG"


def _act(match: re.Match[str]) -> str:
    paragraph = f" lid {match['paragraph']}" if match["paragraph"] else ""
    return f"art. {match['article']}{paragraph} {match['act']}"
