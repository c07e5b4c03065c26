"""The JSON report: `schema/output.schema.json` describes it and users build on it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from policylint.document import Location
from policylint.report.entries import entries, open_findings
from policylint.report.indented import Json, array, table, tabled, value, values
from policylint.result import Evidence, Finding, Judgement, Notice, Related, Requirement, Result, Severity

_COUNTED = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}
# Beside what steers a terminal, the mark by which GitHub would take a line of a log for a command.
_UNSAFE = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|(?<=#)#(?=\w*\[)")


def render_json(result: Result) -> Iterator[str]:
    """`result` as indented JSON with a newline at its end, piece by piece.

    Letters stand for themselves; what could steer a terminal is escaped, and so are lone surrogates.
    """
    yield from map(_harmless, table(_result(result)))
    yield "\n"


def json_line(document: Judgement) -> str:
    """One document as the report has it, on one line."""
    return _harmless(json.dumps(_document(document), ensure_ascii=False)) + "\n"


def notice_line(notice: Notice) -> str:
    """One layered notice as the report has it, on one line, under the key `together`."""
    return _harmless(json.dumps({"together": _notice(notice)}, ensure_ascii=False)) + "\n"


def _harmless(text: str) -> str:
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _result(result: Result) -> dict[str, Iterator[str]]:
    summary = Counter(dict.fromkeys(("documents", "failed", *_COUNTED.values(), "groups"), 0))
    tool: Json = {
        "name": "policylint",
        "version": result.tool_version,
        "rules": result.rules_version,
        "as_of": result.as_of,
    }
    return {
        **tabled({"schema": 1, "tool": tool}),
        "documents": array(value(_counted(document, summary)) for document in result.documents),
        # Asked for when every document has been written, and so counted.
        "summary": (piece for _ in "." for piece in value(dict(summary))),
        **({"together": values(map(_notice, result.together))} if result.together else {}),
    }


def _counted(document: Judgement, summary: Counter[str]) -> Json:
    """A document, counted in the summary."""
    summary["documents"] += 1
    summary["failed"] += document.failure is not None
    summary["groups"] += len(entries(document.findings))
    for finding in open_findings(document.findings):
        summary[_COUNTED[finding.severity]] += 1
    return _document(document)


def _notice(notice: Notice) -> Json:
    return {
        "name": notice.name,
        "documents": list(notice.paths),
        "language": notice.language,
        "requirements": [
            {
                **_requirement(requirement),
                "evidence": [{"path": each.path, **_evidence(each)} for each in requirement.evidence],
            }
            for requirement in notice.requirements
        ],
    }


def _document(document: Judgement) -> Json:
    jurisdiction, failure = document.jurisdiction, document.failure
    return {
        "path": document.path,
        "sha256": document.sha256,
        "kind": document.kind,
        "language": document.language,
        "languages": dict(document.languages),
        "jurisdiction": None
        if jurisdiction is None
        else {"code": jurisdiction.code, "reason": jurisdiction.reason, **_place(jurisdiction.location)},
        "coverage": {
            "characters": document.characters,
            "replaced": document.replaced,
            "garbled": document.garbled,
            "pages_without_text": document.pages_without_text,
            "pictures": document.pictures,
            "left_out": document.left_out,
        },
        "facts": {
            fact.name: {"value": fact.value, "reason": fact.reason, **_place(fact.location)} for fact in document.facts
        },
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                **_place(section.location),
                "end_line": section.location.end_line,
            }
            for section in document.sections
        ],
        "requirements": [] if failure else [_requirement(requirement) for requirement in document.requirements],
        "findings": [] if failure else [_finding(finding) for finding in document.findings],
        "error": None if failure is None else {"code": failure.code, "message": failure.message, "hint": failure.hint},
    }


def _requirement(requirement: Requirement) -> dict[str, Json]:
    return {
        "rule": requirement.rule,
        "status": requirement.status,
        "applies": requirement.applies,
        "reason": requirement.reason,
        "evidence": [_evidence(evidence) for evidence in requirement.evidence],
        "findings": list(requirement.findings),
    }


def _evidence(evidence: Evidence) -> dict[str, Json]:
    return {"quote": evidence.quote, "context": evidence.context, **_location(evidence.location)}


def _finding(finding: Finding) -> Json:
    suppressed = finding.suppressed
    return {
        "rule": finding.rule,
        "name": finding.name,
        "status": finding.status,
        "family": finding.family,
        "group": finding.group,
        "severity": finding.severity,
        "message": finding.message,
        "advice": finding.advice,
        "quote": finding.quote,
        **_location(finding.location),
        "related": [_related(related) for related in finding.related],
        "law": [{"reference": law.reference, "url": law.url} for law in finding.law],
        "suppressed": None
        if suppressed is None
        else {
            "kind": suppressed.kind,
            "reason": suppressed.reason,
            "owner": suppressed.owner,
            "expires": suppressed.expires,
        },
        "fingerprint": finding.fingerprint,
    }


def _related(related: Related) -> Json:
    return {"quote": related.quote, **_location(related.location), "message": related.message}


def _place(location: Location | None) -> dict[str, Json]:
    return {
        "line": location.line if location else None,
        "page": location.page if location else None,
        "paragraph": location.paragraph if location else None,
    }


def _location(location: Location) -> dict[str, Json]:
    return {
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "page": location.page,
        "paragraph": location.paragraph,
        "section": location.section,
    }
