"""The report as Markdown, for a comment on a pull request or a job summary: gaps first, the rest folded away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from policylint.report.articles import cited
from policylint.report.entries import open_findings
from policylint.report.failures import shared_language, with_told_failures
from policylint.report.page import where
from policylint.report.quotes import shorten
from policylint.report.remarks import acceptance, doubts, failed, judged, place, plain
from policylint.report.wording import Wording, wording
from policylint.result import Applies, Finding, Judgement, Requirement, Result, Severity, Status

COMMENT_LIMIT = 65_000
"""What GitHub and GitLab hold in a comment, in characters, with a margin."""

MARK = "<!-- policylint -->"
"""The first line, by which the comment of an earlier run is found again."""

_QUOTE_LIMIT = 160
_SIGNS = {Status.MISSING: "❌", Status.VAGUE: "⚠️", Status.MET: "✅", Status.NOT_APPLICABLE: "➖"}
_WEIGHTS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$@]|(?<=www)\.|:(?=//)|^[-+=](?=\s|=|-|$)|^\d+(?=[.)])", re.IGNORECASE)
_SEPARATED = {"@", "#", ":"}


def escaped(text: str) -> str:
    """`text` as plain words on one line of Markdown: no markup, HTML, links, mentions or references to issues."""
    return _MARKUP.sub(_entity, plain(text))


def _entity(match: re.Match[str]) -> str:
    character = match.group()
    if character.isdigit():
        return f"{character}&#8203;"
    # A mention is looked for in the finished page, where the entity is a letter again.
    return f"&#{ord(character)};{'&#8203;' if character in _SEPARATED else ''}"


def render_markdown(result: Result, limit: int = COMMENT_LIMIT) -> str:
    """The report in at most `limit` characters; what does not fit is left out whole, and the end says so."""
    result = with_told_failures(result)
    closing = wording(shared_language(result))
    end = f"\n<sub>{escaped(closing.disclaimer)}</sub>\n"
    cut = f"\n**{escaped(closing.cut)}**\n"
    room = limit - len(end) - len(cut)
    kept: list[str] = []
    documents = chain.from_iterable(_document(document, closing) for document in result.documents)
    for part in chain(_head(result, closing), documents):
        room -= len(part)
        if room < 0:
            return "".join((*kept, cut, end))
        kept.append(part)
    return "".join((*kept, end))


def _head(result: Result, words: Wording) -> Iterator[str]:
    severities = Counter(
        finding.severity for document in judged(result) for finding in open_findings(document.findings)
    )
    named = [words.count(severities[each], words.severities[each]) for each in Severity if severities[each]]
    counts = ", ".join(named) or f"{words.findings.lower()}: {words.no_findings}"
    failures = sum(document.failure is not None for document in result.documents)
    counts += f"; {words.count(failures, words.not_checked)}" if failures else ""
    yield f"{MARK}\n## policylint: {escaped(counts)}\n"


def _document(document: Judgement, closing: Wording) -> Iterator[str]:
    yield f"\n### {_code(document.path)}\n"
    if document.failure is not None:
        sign = "➖" if document.failure.skipped else "❌"
        yield f"\n{sign} **{escaped(closing.not_checked[0])}**: {escaped(failed(document.failure))}\n"
        return
    words = wording(document.report_language)
    findings = open_findings(document.findings)
    gaps = [each for each in document.requirements if _is_gap(each)]
    if gaps:
        yield f"\n| {words.requirements} | | {words.place} | {words.law} |\n|---|---|---|---|\n"
        for status in (Status.MISSING, Status.VAGUE):
            yield from (_gap(each, findings, words) for each in gaps if each.status is status)
    yield from (f"\n**{escaped(each)}**\n" for each in doubts(document.requirements, (document,), words))
    told = {requirement.rule for requirement in gaps}
    others = [finding for finding in findings if finding.rule not in told or finding.status is None]
    if others:
        yield f"\n**{words.findings}**\n\n"
        yield from (_finding(each, words) for each in sorted(others, key=lambda finding: finding.severity.rank))
    settled = [each for each in document.requirements if not _is_gap(each)]
    if settled:
        yield _folded(settled, words)
    accepted = [(each, each.suppressed) for each in document.findings if each.suppressed]
    if accepted:
        yield f"\n**{words.accepted}**\n\n"
        for finding, suppression in accepted:
            yield f"- {_code(finding.rule)} {escaped(_named(finding, words) + acceptance(suppression, words))}\n"


def _is_gap(requirement: Requirement) -> bool:
    if requirement.status is Status.MISSING:
        return requirement.applies is not Applies.NO
    return requirement.status is Status.VAGUE


def _gap(requirement: Requirement, findings: Iterable[Finding], words: Wording) -> str:
    """A row: what is missing, how it stands, where it is said or belongs, the law."""
    finding = next((each for each in findings if each.rule == requirement.rule and each.status is not None), None)
    sign = _WEIGHTS[finding.severity] if finding else _SIGNS[requirement.status]
    status = words.statuses[requirement.status]
    if requirement.applies is Applies.UNCLEAR and requirement.reason:
        status += f" ({words.may_apply.format(requirement.reason.rstrip('.'))})"
    told = _evidence(requirement, words) if requirement.evidence else _home(finding, words)
    law = "; ".join(dict.fromkeys(cited(each.reference, words.code) for each in (finding or requirement).law))
    return f"| **{escaped(requirement.title)}** | {sign} {escaped(status)} | {told} | {escaped(law)} |\n"


def _home(finding: Finding | None, words: Wording) -> str:
    """Where something absent belongs, if the text has a place for it."""
    if finding is None:
        return ""
    named = place(finding.location, words, absent=True)
    line = where(finding.location, words) if finding.location.section else ""
    return escaped(f"{named} ({line})" if named and line else named)


def _evidence(requirement: Requirement, words: Wording) -> str:
    evidence = requirement.evidence[0]
    named = where(evidence.location, words)
    told = f"{named}: " if named else ""
    return escaped(f"{told}“{shorten(evidence.quote, _QUOTE_LIMIT)}”")


def _finding(finding: Finding, words: Wording) -> str:
    quoted = f" “{shorten(finding.quote, _QUOTE_LIMIT)}”" if finding.quote else ""
    advice = f" {' '.join(finding.advice.split())}" if finding.advice else ""
    told = escaped(f"{_named(finding, words)}{finding.message}{quoted}{advice}")
    return f"- {_WEIGHTS[finding.severity]} {_code(finding.rule)} {told}\n"


def _named(finding: Finding, words: Wording) -> str:
    named = where(finding.location, words) if finding.quote else place(finding.location, words, absent=True)
    return f"{named}: " if named else ""


def _folded(requirements: list[Requirement], words: Wording) -> str:
    """What is in order or not asked, behind a click."""
    counts = (
        f"{words.number(number)} {words.statuses[status]}"
        for status in (Status.MET, Status.NOT_APPLICABLE)
        if (number := sum(_settled(each) is status for each in requirements))
    )
    rows = "".join(
        f"| {escaped(each.title)} | {_SIGNS[_settled(each)]} {escaped(words.statuses[_settled(each)])} | "
        f"{_evidence(each, words) if each.evidence else escaped(each.reason)} |\n"
        for each in requirements
    )
    table = f"| {words.requirements} | | {words.place} |\n|---|---|---|\n{rows}"
    return f"\n<details><summary>{escaped(', '.join(counts))}</summary>\n\n{table}\n</details>\n"


def _settled(requirement: Requirement) -> Status:
    return Status.MET if requirement.status is Status.MET else Status.NOT_APPLICABLE


def _code(text: str) -> str:
    """Words in a fixed-width type."""
    return f"<code>{escaped(text)}</code>"
