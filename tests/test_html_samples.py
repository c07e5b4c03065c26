"""The same policy as a web page: another tool writes the HTML, and nothing but the places may differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from policylint.judging.rulefiles import load_rules
from policylint.lint import lint_bytes
from policylint.result import Judgement

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.md"))
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Site</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/shop">Winkel</a></li></ul></nav>
<div class="content">{}</div>
<footer><a href="/a">Over ons</a> <a href="/b">Pers</a> <a href="/c">Werken bij</a> <a href="/d">Sitemap</a></footer>
</body></html>"""


def judged(path: str, text: str) -> Judgement:
    return lint_bytes(path, text.encode(), load_rules(), as_of=date(2026, 1, 1))


def verdicts(judgement: Judgement) -> object:
    statuses = {requirement.rule: requirement.status for requirement in judgement.requirements}
    findings = sorted((finding.rule, " ".join((finding.quote or "").split())) for finding in judgement.findings)
    return judgement.failure, judgement.language, statuses, findings


@pytest.mark.parametrize("path", [path for path in SAMPLES if path.stem != "README"], ids=lambda path: path.stem)
def test_a_policy_as_a_web_page_gets_the_same_verdicts(path: Path) -> None:
    text = path.read_text("utf-8")
    body = str(MarkdownIt("commonmark").enable("table").render(text))
    expected = verdicts(judged("policy.md", text))
    assert verdicts(judged("policy.html", body)) == expected
    assert verdicts(judged("policy.html", PAGE.format(body))) == expected
