"""Reviewdog's diagnostic format, which it turns into comments on many kinds of code review.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

from collections.abc import Iterator

from policylint.document import Location
from policylint.report.entries import open_findings
from policylint.report.failures import with_told_failures
from policylint.report.indented import Json, table, value, values
from policylint.report.remarks import failed, plain, region_or_start, remark, unjudged
from policylint.report.remarks import judged as judged_documents
from policylint.report.wording import wording
from policylint.result import Finding, Related, Result


def render_rdjson(result: Result) -> Iterator[str]:
    """Every open finding, by whole lines: the format counts columns in bytes, which only the source can tell."""
    result = with_told_failures(result)
    yield from table({"source": value({"name": "policylint"}), "diagnostics": values(_diagnostics(result))})
    yield "\n"


def _diagnostics(result: Result) -> Iterator[Json]:
    for document, failure in unjudged(result):
        yield {
            "message": failed(failure),
            "location": {"path": plain(document.path)},
            "severity": "ERROR",
            "code": {"value": failure.code},
        }
    for document in judged_documents(result):
        for finding in open_findings(document.findings):
            related = [_related(document.path, related) for related in finding.related]
            yield {
                "message": remark(finding, wording(document.report_language)),
                "location": _location(document.path, finding.location),
                "severity": finding.severity.upper(),
                "code": _code(finding),
                **({"related_locations": related} if related else {}),
            }


def _location(path: str, location: Location) -> Json:
    at = region_or_start(location)
    return {"path": plain(path), "range": {"start": {"line": at.line}, "end": {"line": at.end_line}}}


def _code(finding: Finding) -> dict[str, str]:
    url = next((law.url for law in finding.law if law.url.startswith(("http://", "https://"))), None)
    return {"value": plain(finding.rule)} | ({"url": plain(url)} if url else {})


def _related(path: str, related: Related) -> Json:
    return {"message": plain(related.message or related.quote), "location": _location(path, related.location)}
