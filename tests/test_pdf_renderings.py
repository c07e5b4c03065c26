"""The samples as PDF by other programs get the same verdicts as their own text."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from expected_answers import judged
from pdf_builders import Drawing, pdf, text

from policylint.reading import read

SAMPLES = Path(__file__).parent.parent / "samples"
TEXTS = sorted(path for path in SAMPLES.iterdir() if path.stem != "README")
MARKDOWN = [path for path in TEXTS if path.suffix == ".md"]

pytestmark = pytest.mark.system


def run(*command: str) -> None:
    """Run a program of Debian; the test is skipped where it is not installed."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def by_office(document: Path, folder: Path) -> Path:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(document))
    return folder / f"{document.stem}.pdf"


def verdicts(path: Path) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    judgement = judged(path)
    requirements = [(requirement.rule, str(requirement.status)) for requirement in judgement.requirements]
    return sorted(requirements), sorted((finding.rule, finding.name or "") for finding in judgement.findings)


@pytest.mark.parametrize("sample", TEXTS, ids=lambda path: path.stem)
def test_printed_by_an_office_program(sample: Path, tmp_path: Path) -> None:
    document = sample
    if sample.suffix == ".md":
        document = tmp_path / f"{sample.stem}.docx"
        run("pandoc", "--from", "gfm", str(sample), "--output", str(document))
    assert verdicts(by_office(document, tmp_path)) == verdicts(sample)


@pytest.mark.parametrize("sample", MARKDOWN, ids=lambda path: path.stem)
def test_printed_by_a_browser(sample: Path, tmp_path: Path) -> None:
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    run("pandoc", "--standalone", "--metadata", "title= ", "--from", "gfm", str(sample), "--output", str(page))
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={printed}", str(page))
    assert verdicts(printed) == verdicts(sample)


def test_thousands_of_pages() -> None:
    def page(number: int) -> Drawing:
        lines = [f"Wij verwerken in geval {number * 37 + n} uw naam en uw adres." for n in range(20)]
        return text(f"Geval {number * 37}", "", *lines)

    document = read("long.pdf", pdf(*map(page, range(3000))))
    assert document.text.count("Wij verwerken in geval") == 3000 * 20
    assert document.source_map.place(document.text.rindex("Wij verwerken")).page == 3000
