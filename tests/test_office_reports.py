"""The report as Word and PDF files: everything that the page says, in files that other programs read."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from hand_made_result import FAILED, HEDGED, WEBSHOP, run_of
from pypdf import PdfReader

from policylint.cli import run
from policylint.judging.rulefiles import load_rules
from policylint.lint import lint_bytes
from policylint.report.pdf import render_pdf
from policylint.report.word import render_word
from policylint.result import Result
from policylint.writing import is_report

ROOT = Path(__file__).parent.parent


def words_of_docx(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    paragraphs = [each.text for each in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*paragraphs, *cells]).split())


def words_of_pdf(data: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return " ".join(unicodedata.normalize("NFKC", text).split())


def docx_words(result: Result) -> str:
    return words_of_docx(render_word(result, lambda _: None))


def pdf_words(result: Result) -> str:
    return words_of_pdf(render_pdf(result, lambda _: None))


EACH = pytest.mark.parametrize("told", [docx_words, pdf_words], ids=["docx", "pdf"])
Told = Callable[[Result], str]


@EACH
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_verdict_and_finding_is_in_the_file(told: Told, language: str) -> None:
    rules = load_rules(strict=False)
    data = (ROOT / "samples" / "computerwinkel.txt").read_bytes()
    judgement = lint_bytes("shop.txt", data, rules, as_of=date(2026, 11, 1), report_language=language)
    text = told(run_of(judgement))
    squeezed = text.replace(" ", "")
    for requirement in judgement.requirements:
        assert requirement.title.replace(" ", "") in squeezed
    for finding in judgement.findings:
        assert " ".join(finding.message.split()).replace(" ", "") in squeezed, finding.rule
        assert finding.quote[slice(*finding.focus)].replace(" ", "").replace("\n", "")[:40] in squeezed
    assert {"nl": "Eerst te doen", "en": "What to fix first"}[language] in text


@EACH
def test_it_says_what_made_it_what_is_accepted_and_what_failed(told: Told) -> None:
    text = told(run_of(WEBSHOP, FAILED))
    for part in (WEBSHOP.sha256, "geen juridisch advies", "1.2.3", "2026.11", "citaat uit een brief van 2009"):
        assert str(part) in text
    assert FAILED.failure is not None
    assert FAILED.failure.message in text


@EACH
def test_words_of_a_policy_stay_words(told: Told) -> None:
    hostile = "<b>& &lt; </font><img src='x'/> {{ 7*7 }} \x0b\x00\ud800 =1+1"
    quoted = replace(HEDGED, quote=hostile, focus=(0, len(hostile)), message=hostile, title=hostile)
    text = told(run_of(replace(WEBSHOP, path=hostile, findings=(quoted,))))
    assert "<b>& &lt; </font><img src='x'/> {{ 7*7 }}" in text


@pytest.mark.system
@EACH
def test_ten_thousand_findings_end_in_a_number(told: Told) -> None:
    many = tuple(
        replace(HEDGED, rule=f"r{number}", fingerprint=f"{number:016x}", related=()) for number in range(1_200)
    )
    assert "en nog 200 bevindingen; het JSON-rapport noemt alles" in told(run_of(replace(WEBSHOP, findings=many)))


def test_the_same_result_gives_the_same_pdf() -> None:
    assert render_pdf(run_of(WEBSHOP), lambda _: None) == render_pdf(run_of(WEBSHOP), lambda _: None)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_an_earlier_report_is_replaced_and_nothing_else(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / f"r.{form}"
    arguments = ["check", str(ROOT / "samples" / "complete.md"), "--output", f"{form}:{output}"]
    assert run(arguments) == 0
    assert is_report(output)
    assert run(arguments) == 0
    output.write_bytes((ROOT / "samples" / "complete.md").read_bytes())
    assert run(arguments) == 2
    assert "this file is there already" in capsys.readouterr().err
    assert not is_report(output)
    assert run([*arguments, "--force"]) == 0
    assert is_report(output)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_file_of_bytes_is_not_written_to_the_screen(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(ROOT / "samples" / "complete.md"), "--format", form]) == 2
    assert f"{form} is not written to the screen" in capsys.readouterr().err
