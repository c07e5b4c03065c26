"""Verdicts that a person should look at before relying on them, and why."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from policylint.document import Location
from policylint.report.entries import open_findings
from policylint.result import Applies, Evidence, Finding, Judgement, Requirement, Severity, Status

_MUCH_LEFT_OUT = 0.25
_MUCH_OF_ANOTHER_LANGUAGE = 0.15
_MOST_TO_READ = 3
_LEFTOVERS = "leftovers"


class Doubt(StrEnum):
    """Why a verdict is weak."""

    CONTRADICTED = "contradicted"
    UNFINISHED = "unfinished"
    MAY_APPLY = "may-apply"
    UNREAD = "unread"
    OTHER_LANGUAGE = "other-language"


def needs_a_human(requirement: Requirement, document: Judgement) -> Doubt | None:
    """Why a verdict needs a person's judgement; None where the text itself decides.

    What is stated may be contradicted, or rest on words that somebody still has to fill in. A gap in what may not
    apply is one only if it applies, and what is missing may stand where the tool cannot read.
    """
    if requirement.status is Status.MET:
        return _doubt_of_what_is_stated(requirement, document)
    if requirement.status is Status.NOT_APPLICABLE:
        return None
    if requirement.applies is Applies.UNCLEAR and requirement.reason:
        return Doubt.MAY_APPLY
    if requirement.status is Status.VAGUE or requirement.applies is Applies.NO:
        return None
    if document.pages_without_text or document.left_out >= _MUCH_LEFT_OUT:
        return Doubt.UNREAD
    others = sum(share for code, share in document.languages if code != document.language)
    return Doubt.OTHER_LANGUAGE if others >= _MUCH_OF_ANOTHER_LANGUAGE else None


def sentences_to_read(requirement: Requirement, document: Judgement) -> tuple[Evidence, ...]:
    """The sentences of the text that contradict what meets a requirement, beside that itself; a few at most."""
    shown = [each.location for each in requirement.evidence]
    found: list[Evidence] = []
    for finding in _contesting(requirement, document):
        sides = [Evidence(finding.quote, finding.focus, finding.context, finding.location)]
        sides += [Evidence(each.quote, (0, len(each.quote)), "", each.location) for each in finding.related]
        for side in sides:
            if side.quote and not _among(side.location, shown):
                shown.append(side.location)
                found.append(side)
    return tuple(found[:_MOST_TO_READ])


def _doubt_of_what_is_stated(requirement: Requirement, document: Judgement) -> Doubt | None:
    if _contesting(requirement, document):
        return Doubt.CONTRADICTED
    deciding = [_deciding(each) for each in requirement.evidence if each.path in (None, document.path)]
    leftovers = [
        _deciding(finding)
        for finding in open_findings(document.findings)
        if finding.family == _LEFTOVERS and finding.severity is Severity.ERROR and finding.quote
    ]
    unfinished = any(start < last and first < end for start, end in leftovers for first, last in deciding)
    return Doubt.UNFINISHED if unfinished else None


def _contesting(requirement: Requirement, document: Judgement) -> list[Finding]:
    return [each for each in open_findings(document.findings) if each.fingerprint in requirement.contested]


def _deciding(said: Evidence | Finding) -> tuple[int, int]:
    """The words that decide, by their offsets in the text."""
    start = said.location.span[0]
    return start + said.focus[0], start + said.focus[1]


def _among(location: Location, shown: Iterable[Location]) -> bool:
    start, end = location.span
    return any(start < other.span[1] and other.span[0] < end for other in shown)
