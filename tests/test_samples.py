"""The sample policies get the answers that a lawyer wrote down for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from expected_answers import disagreements, judged, text_beside

from policylint.result import Severity

SAMPLES = Path(__file__).parent.parent / "samples"
ANSWERS = sorted((Path(__file__).parent / "sample_expectations").glob("*.json"))


def test_every_sample_has_an_answer() -> None:
    texts = {path.stem for path in SAMPLES.iterdir() if path.is_file() and path.stem != "README"}
    assert {path.stem for path in ANSWERS} == texts


@pytest.mark.parametrize("labels", ANSWERS, ids=lambda path: path.stem)
def test_sample(labels: Path) -> None:
    assert list(disagreements(labels, text_beside(labels, SAMPLES))) == []


@pytest.mark.parametrize("name", ["volledig.md", "complete.md"])
def test_a_complete_policy_gives_no_error_and_no_warning(name: str) -> None:
    heavy = [finding for finding in judged(SAMPLES / name).findings if finding.severity is not Severity.INFO]
    assert [(finding.rule, finding.location.line, finding.quote) for finding in heavy] == []
