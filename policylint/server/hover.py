"""What an editor shows over a finding: the memo of its rule."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policylint.config.settings import Settings
from policylint.judging.sheets import MEMO, Sheet, sheets
from policylint.report.memo import memo_markdown, memo_text
from policylint.report.remarks import plain
from policylint.result import Finding

_MEMOS = 2
"""Memos in one hover; of further rules the name and the message are told, lest the window be endless."""


def memos(findings: Sequence[Finding], settings: Settings, folder: Path | None, language: str, markdown: bool) -> str:
    """The memos of the rules of `findings`; `folder` holds the rules asked instead of the built-in ones."""
    by_rule = {finding.rule: finding for finding in reversed(findings)}
    named = [by_rule[rule] for rule in dict.fromkeys(finding.rule for finding in findings)]
    folders = [*map(Path, settings.rules), folder]
    parts = [_memo(finding, folders, language, markdown).strip() for finding in named[:_MEMOS]]
    rest = [f"- {plain(finding.rule)}: {plain(finding.title)}" for finding in named[_MEMOS:]]
    return ("\n\n---\n\n" if markdown else "\n\n").join([*parts, *(["\n".join(rest)] if rest else [])])


def _memo(finding: Finding, folders: Sequence[Path | None], language: str, markdown: bool) -> str:
    sheet = _sheet(finding.rule, folders)
    if sheet is None:
        return "\n\n".join(filter(None, map(plain, (finding.title, finding.why, finding.advice, finding.model))))
    return memo_markdown(sheet, language) if markdown else memo_text(sheet, language)


def _sheet(rule: str, folders: Sequence[Path | None]) -> Sheet | None:
    return next((sheet for folder in folders for sheet in sheets(MEMO, folder, rule)), None)
