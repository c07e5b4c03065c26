"""JSON Lines: each document as the JSON report has it, on a line of its own, then each layered notice."""

from __future__ import annotations

from collections.abc import Iterator

from policylint.report.json_report import json_line, notice_line
from policylint.result import Result


def render_jsonl(result: Result) -> Iterator[str]:
    """One line per document, those without findings and those that could not be judged included, and per notice."""
    yield from map(json_line, result.documents)
    yield from map(notice_line, result.together)
