"""Why a document could not be judged is told in the language of the report, with the same figures and names."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest

from policylint.cli import run
from policylint.errors import missing_extra
from policylint.reading import pdf
from policylint.report.failure_words import DUTCH
from policylint.report.failures import in_language, shared_language, with_told_failures
from policylint.report.github import render_github
from policylint.report.gitlab import render_gitlab
from policylint.report.html.page import render_html, render_matrix
from policylint.report.json_report import render_json
from policylint.report.markdown import render_markdown
from policylint.report.matrix import matrix_lines
from policylint.report.page import Page
from policylint.report.rdjson import render_rdjson
from policylint.report.sarif import render_sarif
from policylint.report.terminal import write_findings, write_report
from policylint.report.xml import render_checkstyle, render_junit
from policylint.result import Failure, Judgement, Result

ROOT = Path(__file__).parent.parent
SOURCES = sorted(ROOT.glob("policylint/reading/*.py"))
SOURCES += [ROOT / f"policylint/{name}.py" for name in ("faults", "files", "language", "lint", "time_limit", "work")]
_ENGLISH = re.compile(r"\b(?:the|and|are|not|that|this|with|which|than|file|text|it|or|an)\b", re.IGNORECASE)
LARGE = Failure("too-large", "This is larger than 20 MB.", "Give the policy alone, without the rest of the file.")


def _texts(path: Path) -> Iterator[str]:
    """What a module says of a document: each text of its errors, with a number for everything that is filled in."""
    module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    tree = ast.parse(path.read_text("utf-8"))
    local = {
        node.targets[0].id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }

    def text(node: ast.expr) -> str | None:
        if isinstance(node, ast.Constant):
            return str(node.value)
        if isinstance(node, ast.JoinedStr):
            filled = (text(each.value) if isinstance(each, ast.FormattedValue) else text(each) for each in node.values)
            return "".join(value or str(700 + place) for place, value in enumerate(filled))
        if isinstance(node, ast.Name):
            value = getattr(module, node.id, None)
            return str(value) if value is not None else text(local[node.id]) if node.id in local else None
        return None

    for node in ast.walk(tree):
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if isinstance(node, ast.Call) and name in ("UserError", "Failure", "_damaged", "_unsupported"):
            yield from (said for each in node.args[-2:] if (said := text(each)) and " " in said)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_failure_has_dutch_words_that_keep_its_figures(path: Path) -> None:
    for text in _texts(path):
        told = in_language(Failure("x", text, ""), "nl").message
        assert told != text, text
        assert _ENGLISH.findall(re.sub("'[^']*'", "", told)) == [], told
        assert sorted(re.findall(r"\d+", told)) == sorted(re.findall(r"\d+", text))


def test_the_failures_of_the_readers_are_found() -> None:
    texts = [text for path in SOURCES for text in _texts(path)]
    assert len(texts) > 90
    assert "this RTF file nests its groups 2000 deep" in texts
    assert sum(bool(re.search(r"\d", text)) for text in texts) > 25


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("this is a PNG image, not text", "Dit is een PNG-afbeelding, geen tekst."),
        ("PowerPoint files are not read", "Een bestand van PowerPoint wordt niet gelezen."),
        (
            "this Word file holds 12,345 parts of 1,234,567 bytes unpacked",
            "Dit Word-bestand bevat 12.345 onderdelen van samen 1.234.567 bytes.",
        ),
        (
            "this Word file is damaged: its part 'word/a of 1,000.xml' is missing",
            "Dit Word-bestand is beschadigd: het onderdeel 'word/a of 1,000.xml' ontbreekt.",
        ),
        (
            "text is German, and policylint reads Dutch and English only",
            "De tekst is in het Duits gesteld, en policylint leest alleen Nederlands en Engels.",
        ),
        ("This cannot be read: Permission denied.", "Dit kan niet worden gelezen: geen toegang."),
        ("This cannot be read: No such device.", "Dit kan niet worden gelezen: No such device."),
        ("unexpected fault 0a1b2c3d (KeyError)", "Onverwachte fout 0a1b2c3d in policylint (KeyError)."),
        (
            pdf._no_text(3, 3),
            "Op 3 van de 3 pagina's van deze PDF staat geen tekst, alleen een afbeelding ervan of niets.",
        ),
        (pdf._no_text(1, 1), "Op de pagina van deze PDF staat geen tekst, alleen een afbeelding ervan of niets."),
    ],
)
def test_what_is_filled_in_is_kept_or_translated(english: str, dutch: str) -> None:
    assert in_language(Failure("x", english, ""), "nl").message == dutch


def test_the_command_to_type_is_kept() -> None:
    missing = missing_extra("reading Word files needs a library that is not installed", "docx")
    failure = in_language(Failure(missing.code, missing.message, missing.hint), "nl")
    told = "Typ in de map van policylint: pip install '.[docx]', of uv tool install --reinstall '.[all,docx]'."
    assert failure.hint == told


@pytest.mark.parametrize("message", ["something new", f"this is {'x ' * 5000}, not text", ""])
def test_what_is_in_no_list_stays_as_it_is(message: str) -> None:
    failure = Failure("x", message, "Do this.")
    assert in_language(failure, "nl") == failure


def test_another_language_keeps_the_words() -> None:
    assert in_language(LARGE, "en") == in_language(LARGE, None) == LARGE


def test_no_two_sentences_of_the_list_are_one() -> None:
    assert all(english.count("{}") == dutch.count("{}") for english, dutch in DUTCH.items())
    assert len({english.lower() for english in DUTCH}) == len(DUTCH)


def _lines(result: Result) -> str:
    page = Page(80, False)
    return "\n".join("".join(text for text, _ in line) for line in matrix_lines(result, page))


def _written(write: Callable[[Result, StringIO, Page], None]) -> Callable[[Result], str]:
    def render(result: Result) -> str:
        stream = StringIO()
        write(result, stream, Page(200, False))
        return stream.getvalue()

    return render


FOR_PEOPLE: dict[str, Callable[[Result], Iterable[str]]] = {
    "github": render_github,
    "gitlab": render_gitlab,
    "rdjson": render_rdjson,
    "junit": render_junit,
    "checkstyle": render_checkstyle,
    "sarif": lambda result: render_sarif(result, ()),
    "markdown": render_markdown,
    "html": lambda result: render_html(result, lambda _: None),
    "matrix": _lines,
    "matrix.html": render_matrix,
    "text": _written(write_report),
    "quiet": _written(write_findings),
}


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_a_format_for_people_tells_a_failure_in_the_language_of_the_report(name: str) -> None:
    """Spoken of by itself, or by the other documents where it has no language of its own."""
    failed = Judgement("a.txt", failure=LARGE)
    dutch = Judgement("b.txt", language="nl", report_language="nl")
    said = re.sub(r"\s+", " ", "".join(FOR_PEOPLE[name](Result("1", "1", "2026-01-01", (failed, dutch)))))
    assert "groter dan 20 MB" in said
    assert "larger" not in said
    said = re.sub(r"\s+", " ", "".join(FOR_PEOPLE[name](Result("1", "1", "2026-01-01", (failed,)))))
    assert "larger than 20 MB" in said


def test_the_json_report_keeps_the_words_of_its_contract() -> None:
    failed = Judgement("a.txt", failure=LARGE, report_language="nl")
    assert LARGE.message in "".join(render_json(Result("1", "1", "2026-01-01", (failed,))))


def test_of_reports_in_two_languages_a_failure_stays_as_it_is() -> None:
    documents = [Judgement(code, language=code, report_language=code) for code in ("nl", "en")]
    result = Result("1", "1", "2026-01-01", (*documents, Judgement("a", failure=LARGE)))
    assert shared_language(result) is None
    assert with_told_failures(result).documents[2].failure == LARGE


@pytest.mark.parametrize("command", ["draft {}", "parity {} {}", "explain {}:3", "diff {} {}"])
def test_a_command_on_a_document_or_two_tells_a_failure_in_the_language_of_its_report(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.txt").touch()
    Path("off-topic.txt").write_text("Wij verkopen al jaren fietsen en banden.\n", "utf-8")

    def told(name: str) -> str:
        assert run(command.replace("{}", name).split()) == 2
        captured = capsys.readouterr()
        return " ".join((captured.out + captured.err).split())

    assert "There is no file or folder of this name." in told("nowhere.txt")
    Path("policylint.toml").write_text('report-lang = "nl"\n', "utf-8")
    assert "Er is geen bestand of map met deze naam." in told("nowhere.txt")
    assert "Dit bestand is leeg." in told("empty.txt")
    assert "Deze tekst spreekt nergens over persoonsgegevens of privacy" in told("off-topic.txt")
