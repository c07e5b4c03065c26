"""GitLab Code Quality: an array of findings that a merge request shows beside its changes.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections.abc import Iterator

from policylint.report.failures import with_told_failures
from policylint.report.indented import Json, values
from policylint.report.remarks import digest, failed, identified, plain, region_or_start, summary, unjudged
from policylint.report.wording import wording
from policylint.result import Finding, Result, Severity, Status


def render_gitlab(result: Result) -> Iterator[str]:
    """Every open finding; `check_name` is not shown by GitLab, so the description opens with it."""
    yield from values(_issues(with_told_failures(result)))
    yield "\n"


def _issues(result: Result) -> Iterator[Json]:
    for document, failure in unjudged(result):
        yield {
            "description": f"{failure.code}: {failed(failure)}",
            "check_name": failure.code,
            "fingerprint": digest(document.path, failure.code),
            "severity": "blocker",
            "location": {"path": plain(document.path), "lines": {"begin": 1}},
        }
    for document, finding, identity in identified(result):
        at = region_or_start(finding.location)
        yield {
            "description": f"{plain(finding.rule)}: {summary(finding, wording(document.report_language))}",
            "check_name": plain(finding.rule),
            "fingerprint": identity,
            "severity": _severity(finding),
            "location": {"path": plain(document.path), "lines": {"begin": at.line, "end": at.end_line}},
        }


def _severity(finding: Finding) -> str:
    if finding.severity is Severity.ERROR:
        return "critical" if finding.status is Status.MISSING else "major"
    return "minor" if finding.severity is Severity.WARNING else "info"
