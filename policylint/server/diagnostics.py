"""Findings as diagnostics: what an editor underlines and says about it."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    Range,
)
from lsprotocol.types import Location as Place

from policylint.document import Location
from policylint.report.articles import cited
from policylint.report.entries import open_findings
from policylint.report.failures import in_language
from policylint.report.remarks import failed, plain, region_or_start, summary
from policylint.report.wording import wording
from policylint.result import Failure, Finding, Severity
from policylint.server.checking import Checked
from policylint.server.texts import Text

SOURCE = "policylint"
_SEVERITIES = {
    Severity.ERROR: DiagnosticSeverity.Error,
    Severity.WARNING: DiagnosticSeverity.Warning,
    Severity.INFO: DiagnosticSeverity.Information,
}
_NO_CONCERN = ("not-a-policy", "unsupported-language", "empty", "no-text")
"""Failures that say what the document is, not that anything is wrong with it."""


def diagnostics(checked: Checked, uri: str) -> list[Diagnostic]:
    """What the editor shows: every open finding, or why the document could not be checked."""
    judgement = checked.judgement
    if judgement is None:
        return []
    if judgement.failure is not None:
        return (
            [] if judgement.failure.skipped else [_failure(judgement.failure, judgement.report_language, checked.text)]
        )
    words = wording(judgement.report_language)
    shown = []
    for finding in open_findings(judgement.findings):
        law = "; ".join(dict.fromkeys(cited(each.reference, words.code) for each in finding.law))
        url = next((each.url for each in finding.law if each.url.startswith("https://")), None)
        message = summary(finding, words)
        shown.append(
            Diagnostic(
                range=range_of(finding.location, checked.text),
                severity=_SEVERITIES[finding.severity],
                code=finding.rule,
                code_description=CodeDescription(url) if url else None,
                source=SOURCE,
                message=plain(f"{message} ({law})" if law else message),
                related_information=[
                    DiagnosticRelatedInformation(
                        Place(uri, range_of(each.location, checked.text)), plain(each.message or each.quote)
                    )
                    for each in finding.related
                ]
                or None,
                data=finding.fingerprint,
            )
        )
    return shown


def findings_within(checked: Checked, wanted: Range) -> Iterator[Finding]:
    """The open findings that a range of the editor touches, heaviest first."""
    if checked.judgement is None or checked.judgement.failure is not None:
        return
    for finding in sorted(open_findings(checked.judgement.findings), key=lambda each: each.severity.rank):
        place = range_of(finding.location, checked.text)
        if place.start <= wanted.end and wanted.start <= place.end:
            yield finding


def range_of(location: Location, text: Text) -> Range:
    """The characters of a place; the rest of the line where it has none, so that there is something to see."""
    at = region_or_start(location)
    start, end = text.offset(at.line, at.column), text.offset(at.end_line, at.end_column)
    return text.range(start, end if end > start else text.line_end(start))


def _failure(failure: Failure, language: str | None, text: Text) -> Diagnostic:
    return Diagnostic(
        range=text.range(0, text.line_end(0)),
        severity=DiagnosticSeverity.Information if failure.code in _NO_CONCERN else DiagnosticSeverity.Error,
        code=failure.code,
        source=SOURCE,
        message=failed(in_language(failure, language)),
    )
