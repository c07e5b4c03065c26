"""Verdicts that a person should look at before relying on them, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

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


def needs_a_human(requirement: Requirement, documents: Sequence[Judgement]) -> Doubt | None:
    """Why a verdict on one document, or on several as one policy, needs a person's judgement; None if none is needed.

    What is stated may be contradicted, or rest on words that somebody still has to fill in. A gap in what may not
    apply is one only if it applies, and what is missing may stand where the tool cannot read.
    """
    if requirement.status is Status.MET:
        return _doubt_of_what_is_stated(requirement, documents)
    if requirement.status is Status.NOT_APPLICABLE:
        return None
    if requirement.applies is Applies.UNCLEAR and requirement.reason:
        return Doubt.MAY_APPLY
    if requirement.status is Status.VAGUE or requirement.applies is Applies.NO:
        return None
    if any(document.pages_without_text or document.left_out >= _MUCH_LEFT_OUT for document in documents):
        return Doubt.UNREAD
    return Doubt.OTHER_LANGUAGE if any(map(_has_another_language, documents)) else None


def sentences_to_read(requirement: Requirement, documents: Sequence[Judgement]) -> tuple[Evidence, ...]:
    """The sentences that contradict what meets a requirement, beside that itself; a few at most."""
    shown = list(requirement.evidence)
    found: list[Evidence] = []
    for document, finding in _contesting(requirement, documents):
        path = document.path if any(each.path for each in requirement.evidence) else None
        sides = [Evidence(finding.quote, finding.focus, finding.context, finding.location, path)]
        sides += [Evidence(each.quote, (0, len(each.quote)), "", each.location, path) for each in finding.related]
        for side in sides:
            if side.quote and not _among(side, shown):
                shown.append(side)
                found.append(side)
    return tuple(found[:_MOST_TO_READ])


def _has_another_language(document: Judgement) -> bool:
    others = sum(share for code, share in document.languages if code != document.language)
    return others >= _MUCH_OF_ANOTHER_LANGUAGE


def _doubt_of_what_is_stated(requirement: Requirement, documents: Sequence[Judgement]) -> Doubt | None:
    if any(_contesting(requirement, documents)):
        return Doubt.CONTRADICTED
    return Doubt.UNFINISHED if any(_is_unfinished(requirement, document) for document in documents) else None


def _is_unfinished(requirement: Requirement, document: Judgement) -> bool:
    deciding = [_deciding(each) for each in requirement.evidence if each.path in (None, document.path)]
    leftovers = [
        _deciding(finding)
        for finding in open_findings(document.findings)
        if finding.family == _LEFTOVERS and finding.severity is Severity.ERROR and finding.quote
    ]
    return any(start < last and first < end for start, end in leftovers for first, last in deciding)


def _contesting(requirement: Requirement, documents: Sequence[Judgement]) -> Iterator[tuple[Judgement, Finding]]:
    if requirement.contested:
        for document in documents:
            for each in open_findings(document.findings):
                if each.fingerprint in requirement.contested:
                    yield document, each


def _deciding(said: Evidence | Finding) -> tuple[int, int]:
    """The words that decide, by their offsets in the text."""
    start = said.location.span[0]
    return start + said.focus[0], start + said.focus[1]


def _among(side: Evidence, shown: Iterable[Evidence]) -> bool:
    start, end = side.location.span
    spans = (other.location.span for other in shown if other.path == side.path)
    return any(start < other[1] and other[0] < end for other in spans)
