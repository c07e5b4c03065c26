"""`policylint explain FILE:LINE`: the memo of what was found at a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from policylint.cli import run

POLICY = """# Privacyverklaring

Zonnehof B.V., Kade 12, 3011 AB Rotterdam (post@zonnehof.nl), is de verwerkingsverantwoordelijke.

Wij bewaren uw persoonsgegevens niet langer dan noodzakelijk volgens de Wet bescherming persoonsgegevens.

Hier staat niets.
"""


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "privacy.md"
    path.write_text(POLICY, "utf-8")
    return path


@pytest.mark.usefixtures("policy")
def test_what_a_line_decides_and_what_is_wrong_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "privacy.md:5:9"]) == 0
    as_reported = capsys.readouterr().out
    assert run(["explain", "privacy.md:5"]) == 0
    shown = capsys.readouterr().out
    assert "privacy.md:5: vaag retention “Wij bewaren uw persoonsgegevens" in shown
    assert "privacy.md:5: error outdated-law " in shown
    assert "privacy.md:5:9: error outdated-law " in as_reported
    assert "Bewaartermijn (retention)" in shown
    assert "Zo staat het er goed" in shown
    assert run(["explain", "privacy.md:3", "--lang", "en"]) == 0
    assert "privacy.md:3: stated controller-identity “Zonnehof B.V." in (shown := capsys.readouterr().out)
    assert "This meets it" in shown


@pytest.mark.usefixtures("policy")
def test_places_where_nothing_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "privacy.md:7"]) == 1
    assert capsys.readouterr().err == "privacy.md:7: daar is niets gevonden\n"
    assert run(["explain", "privacy.md:9", "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        "policylint: privacy.md:9: the text of this file ends at line 7\nName a number from 1 to 7.\n"
    )
    assert run(["explain", "privacy.md:0"]) == 2
    assert "de tekst van dit bestand eindigt op regel 7\n" in capsys.readouterr().err
    Path("other.md").write_text(POLICY, "utf-8")
    assert run(["explain", ".:3"]) == 2
    assert "more than one document" in capsys.readouterr().err
    assert run(["explain", "gone.md:7"]) == 2
    assert "There is no file or folder of this name." in capsys.readouterr().err
    assert run(["explain", "retention"]) == 2
    assert "policylint rules explain RULE" in capsys.readouterr().err
