"""The same policy gets the same verdicts in every format that other programs turn it into."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from expected_answers import judged

SAMPLES = Path(__file__).parent.parent / "samples"
POLICIES = sorted(path for path in SAMPLES.glob("*.md") if path.stem != "README")

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed"),
]


def by_pandoc(policy: Path, folder: Path, suffix: str) -> Path:
    target = folder / f"{policy.stem}.{suffix}"
    subprocess.run(["pandoc", "-s", "-f", "gfm", str(policy), "-o", str(target)], check=True)  # noqa: S607
    return target


def by_libreoffice(document: Path, folder: Path, suffix: str) -> Path:
    kind = "rtf:Rich Text Format" if suffix == "rtf" else suffix
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(document)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{document.stem}.{suffix}"


def verdicts(path: Path) -> tuple[dict[str, str], Counter[tuple[str, str]]]:
    judgement = judged(path)
    assert judgement.failure is None
    return (
        {requirement.rule: requirement.status.value for requirement in judgement.requirements},
        Counter((finding.rule, finding.quote) for finding in judgement.findings),
    )


@pytest.mark.parametrize("suffix", ["docx", "odt", "rtf"])
@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_verdicts_do_not_depend_on_the_format(policy: Path, suffix: str, tmp_path: Path) -> None:
    assert verdicts(by_pandoc(policy, tmp_path, suffix)) == verdicts(policy)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("source", "suffix"), [("odt", "docx"), ("odt", "rtf"), ("docx", "odt")])
@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_verdicts_do_not_depend_on_the_program(policy: Path, source: str, suffix: str, tmp_path: Path) -> None:
    written = by_pandoc(policy, tmp_path, source)
    folder = tmp_path / "office"
    folder.mkdir()
    assert verdicts(by_libreoffice(written, folder, suffix)) == verdicts(policy)
