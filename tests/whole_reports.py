"""Reports that are written piece by piece, as one text each."""

from __future__ import annotations

from collections.abc import Sequence

from policylint.judging.rules import Rule
from policylint.report import gitlab, json_report, jsonl, rdjson, sarif, xml
from policylint.result import Result


def render_json(result: Result) -> str:
    """JSON."""
    return "".join(json_report.render_json(result))


def render_jsonl(result: Result) -> str:
    """JSON Lines."""
    return "".join(jsonl.render_jsonl(result))


def render_gitlab(result: Result) -> str:
    """GitLab Code Quality."""
    return "".join(gitlab.render_gitlab(result))


def render_rdjson(result: Result) -> str:
    """Reviewdog."""
    return "".join(rdjson.render_rdjson(result))


def render_sarif(result: Result, rules: Sequence[Rule], show_suppressed: bool = False) -> str:
    """SARIF."""
    return "".join(sarif.render_sarif(result, rules, show_suppressed))


def render_junit(result: Result) -> str:
    """JUnit."""
    return "".join(xml.render_junit(result))


def render_checkstyle(result: Result) -> str:
    """Checkstyle."""
    return "".join(xml.render_checkstyle(result))
