"""The matrix of documents and requirements, as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections import Counter

from policylint.report.entries import open_findings
from policylint.report.remarks import plain
from policylint.result import Judgement, Result, Severity

_FORMULA = ("=", "+", "-", "@", "\t")


def render_csv(result: Result) -> str:
    """A row per document and a column per requirement with its status; lines end as RFC 4180 says."""
    asked = dict.fromkeys(each.rule for document in result.documents for each in document.requirements)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["document", "language", "kind", *(f"{severity}s" for severity in Severity), "failure", *asked])
    for document in result.documents:
        statuses = {each.rule: str(each.status) for each in document.requirements}
        writer.writerow([*map(_cell, _facts(document)), *(statuses.get(rule, "") for rule in asked)])
    return stream.getvalue()


def _facts(document: Judgement) -> list[str]:
    if document.failure is not None:
        return [document.path, "", "", "", "", "", document.failure.code]
    counts = Counter(finding.severity for finding in open_findings(document.findings))
    numbers = [str(counts[severity]) for severity in Severity]
    return [document.path, document.language or "", document.kind or "", *numbers, ""]


def _cell(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    text = plain(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
