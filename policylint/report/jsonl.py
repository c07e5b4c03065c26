"""JSON Lines: each document as the JSON report has it, on a line of its own."""

from __future__ import annotations

from policylint.report.json_report import json_line
from policylint.result import Result


def render_jsonl(result: Result) -> str:
    """One line per document, those without findings and those that could not be judged included."""
    return "".join(json_line(document) for document in result.documents)
