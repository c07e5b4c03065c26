"""Five real policies get the answers that lawyers gave for them.

The texts are not part of the project; `POLICYLINT_SAMPLES` names the folder that holds them with their answers.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from expected_answers import disagreements, judged, text_beside

NAMES = ("onto-object", "so-sera", "softshop", "soocas", "sooco")
VAGUE_RETENTION = {"softshop": 38}


@pytest.fixture
def folder() -> Path:
    """The folder of the real policies."""
    named = os.environ.get("POLICYLINT_SAMPLES")
    if named is None:
        pytest.skip("POLICYLINT_SAMPLES does not name the folder of the real policies")
    return Path(named)


@pytest.mark.parametrize("name", NAMES)
def test_reference_policy(name: str, folder: Path) -> None:
    labels = folder / f"{name}.json"
    assert list(disagreements(labels, text_beside(labels, folder))) == []


@pytest.mark.parametrize(("name", "line"), list(VAGUE_RETENTION.items()))
def test_a_necessity_formula_is_reported_at_its_line(name: str, line: int, folder: Path) -> None:
    findings = judged(text_beside(folder / f"{name}.json", folder)).findings
    assert line in [finding.location.line for finding in findings if finding.rule == "vague-retention"]
