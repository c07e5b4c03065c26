"""Lays out the page: template, style and script, with nothing from anywhere else."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from policylint.report.html.notices import notice_paper
from policylint.report.matrix import matrix_of, words_of
from policylint.report.paper import Texts, papers
from policylint.report.priorities import coverage, priorities
from policylint.report.quotes import visible
from policylint.report.remarks import with_parts
from policylint.result import Result, Severity, Status

if TYPE_CHECKING:
    from jinja2 import Template

MARK = "<!-- policylint report -->"
"""What every page of ours begins with, so that no other file is ever replaced by one."""
_HERE = Path(__file__).parent


def render_html(result: Result, texts: Texts) -> str:
    """The report of a run as one page that loads nothing; quoted words stay words.

    Its language is the one that all documents are reported in, English where they differ.
    """
    words = words_of(result)
    style, script = _asset("style.css"), _asset("script.js")
    anchors = {each.path: f"d{number}" for number, each in enumerate(result.documents, start=1)}
    return _template("report.html.jinja").render(
        mark=MARK,
        words=words,
        papers=papers(result, texts),
        several=len(result.documents) > 1,
        index=[(f"d{number}", visible(each.path), each) for number, each in enumerate(result.documents, start=1)],
        notices=[
            notice_paper(f"n{number}", notice, documents, anchors)
            for number, (notice, documents) in enumerate(with_parts(result), start=1)
        ],
        # What the documents of a notice lack is told of the whole.
        parts={anchors[path] for notice in result.together for path in notice.paths},
        actions_in=lambda judgement: priorities(judgement.findings),
        coverage=coverage,
        visible=visible,
        style=style,
        script=script,
        policy=_policy(style, script),
        version=result.tool_version,
        rules=result.rules_version,
        day=words.day(result.as_of),
        statuses=[Status.MET, Status.VAGUE, Status.MISSING],
        severities=list(Severity),
    )


def render_matrix(result: Result) -> str:
    """The matrix of a run as one page that loads nothing."""
    words, style = words_of(result), _asset("style.css")
    return _template("matrix.html.jinja").render(
        mark=MARK,
        words=words,
        matrix=matrix_of(result),
        counted=[Status.MET, Status.VAGUE, Status.MISSING],
        style=style,
        policy=_policy(style, ""),
        version=result.tool_version,
        rules=result.rules_version,
        day=words.day(result.as_of),
    )


def _policy(style: str, script: str) -> str:
    """What a browser may do with the page: its own style and script, and nothing else."""
    allowed = [f"{kind}-src 'sha256-{_hash(text)}'" for kind, text in (("style", style), ("script", script))]
    return "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


@cache
def _template(name: str) -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)
