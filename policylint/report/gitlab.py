"""GitLab Code Quality: an array of findings that a merge request shows beside its changes.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json

from policylint.report.failures import with_told_failures
from policylint.report.remarks import digest, failed, identified, plain, region_or_start, summary, unjudged
from policylint.report.wording import wording
from policylint.result import Finding, Result, Severity, Status


def render_gitlab(result: Result) -> str:
    """Every open finding; `check_name` is not shown by GitLab, so the description opens with it."""
    result = with_told_failures(result)
    issues: list[dict[str, object]] = []
    for document, failure in unjudged(result):
        issues.append(
            {
                "description": f"{failure.code}: {failed(failure)}",
                "check_name": failure.code,
                "fingerprint": digest(document.path, failure.code),
                "severity": "blocker",
                "location": {"path": plain(document.path), "lines": {"begin": 1}},
            }
        )
    for document, finding, identity in identified(result):
        at = region_or_start(finding.location)
        issues.append(
            {
                "description": f"{plain(finding.rule)}: {summary(finding, wording(document.report_language))}",
                "check_name": plain(finding.rule),
                "fingerprint": identity,
                "severity": _severity(finding),
                "location": {"path": plain(document.path), "lines": {"begin": at.line, "end": at.end_line}},
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _severity(finding: Finding) -> str:
    if finding.severity is Severity.ERROR:
        return "critical" if finding.status is Status.MISSING else "major"
    return "minor" if finding.severity is Severity.WARNING else "info"
