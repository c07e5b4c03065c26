"""JSON Lines: each document, then each layered notice, as the JSON report has it, on a line of its own."""

from __future__ import annotations

from policylint.report.json_report import json_line, notice_line
from policylint.result import Result


def render_jsonl(result: Result) -> str:
    """One line per document, those without findings and those that could not be judged included, and per notice."""
    return "".join([*map(json_line, result.documents), *map(notice_line, result.together)])
