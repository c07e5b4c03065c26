"""The whole way of a policy that changes on a branch: baseline, gate, SARIF, and a baseline that shrinks."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import jsonschema
import pytest

from policylint.cli import run

ROOT = Path(__file__).parent.parent
POLICY = """# Privacyverklaring

Zonnehof B.V., Kade 12, 3011 AB Rotterdam (post@zonnehof.nl), is de verwerkingsverantwoordelijke.

Wij verwerken uw naam en adres om uw bestelling te bezorgen; de grondslag is de koopovereenkomst.

## Bewaren

Wij bewaren uw facturen zeven jaar, omdat de belastingwet dat van ons vraagt.

Uw andere gegevens bewaren wij niet langer dan noodzakelijk.

## Uw rechten

Op grond van de Wet bescherming persoonsgegevens heeft u recht op inzage in uw gegevens.
"""
CONFIGURATION = """
select = ["requirements", "outdated", "quality"]
fail-on = ["error", "warning"]
baseline = "known.json"
as-of = 2026-11-01
"""


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)  # noqa: S607


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose policy has faults that a baseline records."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    git("init", "--quiet", "--initial-branch=main")
    for name, value in (("user.email", "a@example.org"), ("user.name", "A"), ("commit.gpgsign", "false")):
        git("config", name, value)
    (tmp_path / "policylint.toml").write_text(CONFIGURATION, "utf-8")
    (tmp_path / "privacy.md").write_text(POLICY, "utf-8")
    assert run(["baseline", "update", "privacy.md"]) == 0
    git("add", ".")
    git("commit", "--quiet", "-m", "policy with its known faults")
    git("checkout", "--quiet", "-b", "edit")
    return tmp_path


def errors_in(sarif: Path) -> list[tuple[str, str]]:
    log = json.loads(sarif.read_text("utf-8"))
    jsonschema.validate(log, json.loads((ROOT / "tests" / "schemas" / SARIF).read_text("utf-8")))
    return [(result["ruleId"], result["level"]) for result in log["runs"][0]["results"]]


SARIF = next(path.name for path in (ROOT / "tests" / "schemas").glob("sarif*.json"))


@pytest.mark.system
def test_a_policy_that_changes_on_a_branch(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = repository / "privacy.md"
    known = json.loads((repository / "known.json").read_text("utf-8"))
    assert run(["check", "privacy.md"]) == 0, "known faults do not fail"
    assert run(["diff", "--since", "main"]) == 0

    # White space and order change nothing.
    policy.write_text(POLICY.replace("\n\n", "\n\n\n").replace("uw facturen", "uw  facturen"), "utf-8")
    assert run(["check", "privacy.md"]) == 0
    assert run(["diff", "--since", "main"]) == 0

    # A clause is deleted: no line that is left is wrong, and yet the gate fails.
    policy.write_text(
        POLICY.replace("Wij bewaren uw facturen zeven jaar, omdat de belastingwet dat van ons vraagt.", "")
    )
    capsys.readouterr()
    assert run(["diff", "--since", "main", "--format", "markdown"]) == 1
    assert "Bewaartermijn (retention): vermeld -" in capsys.readouterr().out
    assert run(["check", "privacy.md", "--output", "text", "--output", "sarif:out.sarif"]) == 1
    assert ("retention", "warning") in errors_in(repository / "out.sarif")

    # A fault is mended: the check passes, and the baseline loses what it no longer needs.
    policy.write_text(POLICY.replace("Wet bescherming persoonsgegevens", "Algemene verordening gegevensbescherming"))
    assert run(["check", "privacy.md"]) == 0
    assert run(["check", "privacy.md", "--baseline-strict"]) == 1, "CI wants the baseline to shrink"
    assert run(["baseline", "prune", "privacy.md"]) == 0
    assert run(["check", "privacy.md", "--baseline-strict"]) == 0
    pruned = json.loads((repository / "known.json").read_text("utf-8"))
    assert len(json.dumps(pruned)) < len(json.dumps(known))
    assert run(["check", "privacy.md", "--output", "sarif:out.sarif"]) == 0
    assert errors_in(repository / "out.sarif") == [], "what is known is not open"
    capsys.readouterr()
