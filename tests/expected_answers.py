"""Compares what policylint says of a text with the answers a lawyer gave for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet
from policylint.lint import lint_bytes
from policylint.result import Judgement

AS_OF = date(2026, 11, 24)
STATUS = {"na": "not-applicable"}


@cache
def rules() -> RuleSet:
    """The built-in rules."""
    return load_rules()


def judged(text: Path) -> Judgement:
    """What policylint says of the file."""
    judgement = lint_bytes(text.name, text.read_bytes(), rules(), as_of=AS_OF)
    assert judgement.failure is None, judgement.failure
    return judgement


def text_beside(labels: Path, folder: Path) -> Path:
    """The text in `folder` that a file of answers is about."""
    (text,) = (path for path in folder.glob(labels.stem + ".*") if path.suffix in {".txt", ".md"})
    return text


def disagreements(labels: Path, text: Path) -> Iterator[str]:
    """A sentence per requirement or flag on which policylint and the lawyer differ, arguable ones left out."""
    answer: dict[str, Any] = json.loads(labels.read_text("utf-8"))
    judgement = judged(text)
    arguable = set(answer.get("arguable", ()))
    for requirement in judgement.requirements:
        wanted = answer["requirements"].get(requirement.rule)
        if wanted is None or requirement.rule in arguable:
            continue
        status = STATUS.get(wanted["status"], wanted["status"])
        places = [(each.location.line or 0, each.location.end_line or 0) for each in requirement.evidence]
        if requirement.status != status:
            yield f"{requirement.rule}: {requirement.status} {places}, not {status} (line {wanted.get('line')})"
        elif "line" in wanted and not any(first <= wanted["line"] <= last for first, last in places):
            yield f"{requirement.rule}: {status} by lines {places}, not line {wanted['line']}"
    flags = {rule.name for rule in rules().rules if not rule.is_requirement and rule.name is not None}
    for flag in sorted(flags - arguable):
        wanted = answer["flags"].get(flag, {"value": False})
        lines = [finding.location.line for finding in judgement.findings if finding.name == flag]
        if wanted["value"] != bool(lines):
            yield f"{flag}: found at lines {lines}, expected {wanted}"
        elif wanted["value"] and wanted["line"] not in lines:
            yield f"{flag}: found at lines {lines}, not line {wanted['line']}"
