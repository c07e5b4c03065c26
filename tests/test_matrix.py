"""The matrix of documents and requirements: in the terminal, as a page, as CSV and as a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from hand_made_result import FAILED, WEBSHOP, requirement, run_of

from policylint.cli import run
from policylint.report.html.page import render_matrix
from policylint.report.lines import cells, plain
from policylint.report.matrix import matrix_lines, matrix_of
from policylint.report.page import Page
from policylint.report.sheet import render_xlsx
from policylint.result import Applies, Judgement, Requirement, Result, Status, Subject

ROOT = Path(__file__).parent.parent


def asked(rule: str, title: str, status: Status, subject: Subject, applies: Applies = Applies.YES) -> Requirement:
    return replace(requirement(rule, title, status), subject=subject, applies=applies)


def document(path: str, retention: Status, access: Status, minors: Applies = Applies.NO) -> Judgement:
    return replace(
        WEBSHOP,
        path=path,
        findings=(),
        requirements=(
            asked("right-access", "Recht van inzage", access, Subject.RIGHTS),
            asked("retention", "Bewaartermijn", retention, Subject.SHARING),
            asked("minors", "Kinderen", Status.MISSING, Subject.PROCESSING, minors),
        ),
    )


RESULT = run_of(
    document("a.txt", Status.MET, Status.VAGUE),
    document("b.txt", Status.MISSING, Status.MISSING, Applies.UNCLEAR),
    FAILED,
)

WHOLE = """\
                                                  1 2 3   +   ~   -
a.txt                                             . + ~   1   1   0
b.txt                                             - - -   0   0   3
beleid/scan.pdf                                   Geen leesbare tekst gevonden.

+ vermeld, ~ vaag, - niet gevonden, . niet van toepassing

Welke gegevens, waarvoor en op welke grondslag
   1  Kinderen +0 ~0 -1
Delen, doorgifte en bewaren
   2  Bewaartermijn +1 ~0 -1
Rechten en klachten
   3  Recht van inzage +0 ~1 -1

Grootste hiaten
  Recht van inzage: 0 vermeld, 1 vaag, 1 niet gevonden
  Kinderen: 0 vermeld, 0 vaag, 1 niet gevonden
  Bewaartermijn: 1 vermeld, 0 vaag, 1 niet gevonden

Dit rapport geeft weer wat er in de tekst staat; het is geen juridisch advies.
"""


def lines_of(result: Result, page: Page) -> list[str]:
    return [plain(line).rstrip() for line in matrix_lines(result, page)]


def test_whole_matrix() -> None:
    assert "\n".join(lines_of(RESULT, Page(100))) + "\n" == "\n".join(line.rstrip() for line in WHOLE.split("\n"))


def test_columns_go_by_subject_and_the_worst_gaps_by_documents_that_miss_them() -> None:
    matrix = matrix_of(RESULT)
    assert [column.rule for column in matrix.columns] == ["minors", "retention", "right-access"]
    assert [column.rule for column in matrix.worst] == ["right-access", "minors", "retention"]
    assert matrix.rows[0].statuses == (Status.NOT_APPLICABLE, Status.MET, Status.VAGUE)
    assert matrix.rows[2].statuses == (None, None, None)


@pytest.mark.parametrize("width", [60, 80, 160])
def test_rows_fit_the_terminal(width: int) -> None:
    many = tuple(asked(f"r{number}", f"Vereiste {number}", Status.MET, Subject.RIGHTS) for number in range(31))
    long = replace(WEBSHOP, path="een/heel/lange/naam/" * 9 + "x.txt", requirements=many, findings=())
    assert max(map(cells, lines_of(run_of(long, long), Page(width)))) <= width


def test_a_plain_matrix_is_told_in_words() -> None:
    lines = lines_of(RESULT, Page(100, plain=True))
    assert lines[:3] == ["a.txt", "vaag: Recht van inzage", "vermeld: Bewaartermijn"]
    assert "niet gevonden: Kinderen; Bewaartermijn; Recht van inzage" in lines


def test_names_of_files_steer_no_terminal() -> None:
    evil = replace(RESULT.documents[0], path="\x1b[31m<b>=1+1.txt")
    assert "\x1b" not in "".join(lines_of(run_of(evil), Page(100)))


def test_the_spreadsheet_has_every_status_and_the_sums() -> None:
    evil = replace(RESULT.documents[0], path="=1+1.txt")
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(run_of(evil, *RESULT.documents[1:]))))
    sheet, sums = book.worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Tekst", "vermeld", "vaag", "niet gevonden", "Kinderen", "Bewaartermijn", "Recht van inzage"]
    assert rows[1] == ["=1+1.txt", 1, 1, 0, "niet van toepassing", "vermeld", "vaag"]
    assert sheet["A2"].data_type == "s"
    assert rows[3][:5] == ["beleid/scan.pdf", None, None, None, "Geen leesbare tekst gevonden."]
    assert [cell.value for cell in sums[4]] == ["Recht van inzage", 0, 1, 1]
    assert book.properties.creator == "policylint report"


class Cells(HTMLParser):
    """The words of each cell of a page's tables, a list for each row."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def test_the_page_has_a_row_for_each_document_and_sums_below() -> None:
    rows = Cells(text := render_matrix(RESULT)).rows
    assert rows[1] == ["a.txt", "1", "1", "0", "niet van toepassing", "vermeld", "vaag"]
    assert rows[3] == ["beleid/scan.pdf", "Geen leesbare tekst gevonden."]
    assert rows[-1] == ["Totaal: niet gevonden", "", "1", "1", "1"]
    assert "<script" not in text
    assert text.startswith("<!doctype html>\n<!-- policylint report -->")


def test_the_suffix_of_the_file_says_the_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = [f"matrix:{tmp_path / name}" for name in ("m.xlsx", "m.html", "m.csv", "m.txt")]
    arguments = [word for output in outputs for word in ("--output", output)]
    sample = str(ROOT / "samples" / "complete.md")
    assert run(["check", sample, *arguments, "--format", "matrix"]) == 0
    shown = capsys.readouterr().out
    assert (tmp_path / "m.txt").read_text("utf-8") == shown
    assert (tmp_path / "m.xlsx").read_bytes()[:2] == b"PK"
    assert (tmp_path / "m.html").read_text("utf-8").startswith("<!doctype html>")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "m.csv").read_text("utf-8")))
    assert row["retention"] == "met"
