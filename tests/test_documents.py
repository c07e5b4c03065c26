"""What the documents show and tell people to type is true."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from policylint.reading import SUFFIXES, thresholds

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
FORMATS = ROOT / "docs" / "formats.md"


def commands(document: Path = README) -> Iterator[str]:
    """Every `policylint ...` line of a bash block in a document, comments off."""
    for block in re.findall(r"```bash\n(.*?)```", document.read_text("utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("policylint "):
                yield line.split("  #")[0].strip()


def test_the_readme_has_commands() -> None:
    assert len(list(commands())) >= 5


def documented(command: str, folder: Path) -> str:
    """What a documented command prints in a folder with the samples; it ends well and writes the files it names."""
    words, _, stdin = command.partition(" < ")
    run = subprocess.run(
        [sys.executable, "-m", *shlex.split(words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=(ROOT / stdin).read_text("utf-8") if stdin else None,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, (command, run.stderr or run.stdout[-2000:])
    files = re.findall(r"--output (?:\w+:)?(\S+\.\w+)", words)
    assert run.stdout or files
    for file in files:
        assert (folder / file).stat().st_size
    return run.stdout


@pytest.fixture
def beside_samples(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "samples", tmp_path / "samples", ignore=shutil.ignore_patterns("README.md"))
    return tmp_path


@pytest.mark.system
@pytest.mark.parametrize("command", [*commands(), *commands(FORMATS), *commands(ROOT / "docs" / "configuration.md")])
def test_a_documented_command_runs(command: str, beside_samples: Path) -> None:
    documented(command, beside_samples)


@pytest.mark.system
@pytest.mark.parametrize("document", ["ci.md", "reports.md", "lawyers.md", "juristen.md"])
def test_the_commands_of_a_guide_run_one_after_the_other(document: str, beside_samples: Path) -> None:
    told = [documented(command, beside_samples) for command in commands(ROOT / "docs" / document)]
    assert len(told) >= 3


@pytest.mark.system
def test_the_site_builds_without_a_dead_link(tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    run = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        # Nothing is loaded from elsewhere.
        loaded = re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=\"(https?:[^\"]+)", page.read_text("utf-8"))
        assert [address for address in loaded if "canonical" not in address] == [], page.name


def test_every_page_is_in_the_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f": {page.name}\n" not in contents] == []


@pytest.mark.system
def test_generated_documents_are_up_to_date() -> None:
    run = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_every_error_of_reading_is_documented() -> None:
    sources = [ROOT / "policylint" / "files.py", *(ROOT / "policylint" / "reading").glob("*.py")]
    raised = {
        code
        for path in sources
        for code in re.findall(r'(?:UserError|Failure)\(\s*"([a-z-]+)"', path.read_text("utf-8"))
    }
    assert len(raised) > 15
    assert raised <= set(re.findall(r"^\| `([a-z-]+)` \|", FORMATS.read_text("utf-8"), re.MULTILINE))


def test_every_threshold_is_documented_as_it_is() -> None:
    documented = dict(re.findall(r"<!-- ([A-Z_]+) -->([\d.]+)", FORMATS.read_text("utf-8")))
    values = {name: str(value) for name, value in vars(thresholds).items() if name.isupper()}
    assert documented == values


def test_every_suffix_is_documented() -> None:
    text = FORMATS.read_text("utf-8")
    assert [suffix for suffix in SUFFIXES if f"`{suffix}`" not in text] == []


def test_linked_files_exist() -> None:
    for document in (README, *(ROOT / "docs").glob("*.md"), ROOT / "CHANGELOG.md", ROOT / "samples" / "README.md"):
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text("utf-8")):
            assert "://" in target or (document.parent / target).exists(), (document.name, target)
