"""`policylint diff`: files, git revisions and branches, and what makes the gate fail."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.cli import run
from policylint.comparing.comparison import compare
from policylint.reading import read
from policylint.result import Judgement

OLD = """# Privacyverklaring

Zonnehof B.V., Kade 12, 3011 AB Rotterdam (post@zonnehof.nl), is de verwerkingsverantwoordelijke.

## Bewaren

Wij bewaren uw facturen zeven jaar, omdat de belastingwet dat van ons vraagt.

## Uw rechten

U heeft recht op inzage in uw persoonsgegevens.
"""
DELETED = OLD.replace("Wij bewaren uw facturen zeven jaar, omdat de belastingwet dat van ons vraagt.\n", "")
VAGUE = OLD.replace("zeven jaar, omdat de belastingwet dat van ons vraagt", "niet langer dan noodzakelijk")
MOVED = "\n## Uw rechten\n".join(reversed(OLD.split("\n## Uw rechten\n"))).replace("# Privacyverklaring", "# Privacy")
MORE = OLD + "\nU kunt uw persoonsgegevens laten rectificeren en laten wissen.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def repository(folder: Path) -> Path:
    """A git repository with a policy on its first commit."""
    git("init", "--quiet", "--initial-branch=main")
    for name, value in (("user.email", "a@example.org"), ("user.name", "A"), ("commit.gpgsign", "false")):
        git("config", name, value)
    (folder / "privacy.md").write_text(OLD, "utf-8")
    (folder / "code.py").write_text("print()\n", "utf-8")
    (folder / "legal").mkdir()
    (folder / "legal" / "terms.md").write_text("# Voorwaarden\n\nU betaalt binnen een maand.\n", "utf-8")
    git("add", ".")
    git("commit", "--quiet", "-m", "first")
    return folder


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)  # noqa: S607


def compared(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, object]]]:
    code = run(["diff", *arguments, "--format", "json"])
    return code, json.loads(capsys.readouterr().out or "[]")


def directions(record: dict[str, object]) -> dict[str, str]:
    changes = record["requirements"]
    assert isinstance(changes, list)
    return {change["rule"]: change["direction"] for change in changes if change["direction"] != "same"}


@pytest.mark.parametrize(
    ("new", "code", "expected"),
    [
        (OLD, 0, {}),
        (DELETED, 1, {"retention": "worse"}),
        (VAGUE, 1, {"retention": "worse"}),
        (MORE, 0, {"right-rectification": "better", "right-erasure": "better"}),
    ],
)
def test_what_a_change_does_to_the_requirements(
    folder: Path, capsys: pytest.CaptureFixture[str], new: str, code: int, expected: dict[str, str]
) -> None:
    (folder / "old.md").write_text(OLD, "utf-8")
    (folder / "new.md").write_text(new, "utf-8")
    found, (record,) = compared(capsys, "old.md", "new.md")
    changed = {rule: direction for rule, direction in directions(record).items() if rule in expected or code == 0}
    assert (found, changed) == (code, expected)


def test_a_deleted_clause_is_shown_with_its_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "old.md").write_text(OLD, "utf-8")
    (folder / "new.md").write_text(DELETED, "utf-8")
    assert run(["diff", "old.md", "new.md"]) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.startswith("old.md -> new.md Minder dan voorheen - ")
    assert "Bewaartermijn (retention): vermeld -> niet gevonden; regel 7: “Wij bewaren uw facturen" in shown
    assert "Weggehaalde zinnen - Wij bewaren uw facturen zeven jaar" in shown
    assert run(["diff", "old.md", "new.md", "--exit-zero"]) == 0
    capsys.readouterr()
    assert run(["diff", "old.md", "new.md", "--format", "markdown"]) == 1
    assert "### Minder dan voorheen" in capsys.readouterr().out


@given(st.permutations(range(4)))
def test_a_sentence_that_moves_is_neither_removed_nor_added(order: list[int]) -> None:
    lines = ["Wij bewaren niets.", "U mag klagen.", "Wij delen niets.", "Wij zijn Zonnehof."]
    old = read("a.txt", "\n\n".join(lines).encode())
    new = read("a.txt", "\n\n".join(lines[n] for n in order).encode())
    comparison = compare("a", "b", (Judgement("a"), Judgement("b")), ([old], [new]))
    assert (comparison.removed, comparison.added) == ((), ())


def test_a_file_at_two_revisions(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "privacy.md").write_text(DELETED, "utf-8")
    git("commit", "--quiet", "-am", "shorter")
    code, (record,) = compared(capsys, "HEAD~1:privacy.md", "HEAD:privacy.md")
    assert (code, record["old"], directions(record)["retention"]) == (1, "HEAD~1:privacy.md", "worse")
    assert compared(capsys, "HEAD~1:privacy.md", "privacy.md")[0] == 1
    assert compared(capsys, "HEAD:privacy.md", "privacy.md")[0] == 0


def test_the_changed_policies_of_a_branch(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("checkout", "--quiet", "-b", "edit")
    assert compared(capsys, "--since", "main") == (0, [])
    git("mv", "privacy.md", "privacy-statement.md")
    (repository / "privacy-statement.md").write_text(VAGUE, "utf-8")
    (repository / "code.py").write_text("print(1)\n", "utf-8")
    (repository / "cookies.md").write_text("# Cookies\n\nWij plaatsen cookies met uw toestemming.\n", "utf-8")
    git("add", ".")
    code, records = compared(capsys, "--since", "main")
    assert code == 1
    assert {(record["old"], record["new"]) for record in records} == {
        ("main:cookies.md", "cookies.md"),
        ("main:privacy.md", "privacy-statement.md"),
    }
    assert compared(capsys, "--since", "main", "cookies.md")[1][0]["new"] == "cookies.md"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nosuch:privacy.md", "privacy.md"], "there is no revision 'nosuch' here"),
        (["mian:privacy.md", "privacy.md"], "did you mean 'main'?"),
        (["HEAD:legal", "privacy.md"], "there is no HEAD:legal"),
        (["--since", "HEAD", "privcay.md"], "there is no privcay.md, nor was there at HEAD"),
        (["HEAD:gone.md", "privacy.md"], "there is no HEAD:gone.md"),
        (["gone.md", "privacy.md"], "There is no file or folder of this name."),
        (["--since", "nosuch"], "there is no revision 'nosuch' here"),
        (["--since=--output=/tmp/x"], "is no revision"),
        (["privacy.md"], "diff compares two versions"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_what_cannot_be_compared(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert run(["diff", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_outside_a_repository_and_in_a_shallow_clone(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for text in (MORE, OLD):
        (repository / "privacy.md").write_text(text, "utf-8")
        git("commit", "--quiet", "-am", "again")
    clone = tmp_path_factory.mktemp("clone")
    git("clone", "--quiet", "--depth", "1", f"file://{repository}", str(clone / "shallow"))
    monkeypatch.chdir(clone / "shallow")
    assert run(["diff", "--since", "HEAD~2"]) == 2
    assert "This clone is shallow" in capsys.readouterr().err
    monkeypatch.chdir(tmp_path_factory.mktemp("plain"))
    assert run(["diff", "--since", "HEAD"]) == 2
    assert "not a git repository" in capsys.readouterr().err


def test_a_gap_that_somebody_signed_for_does_not_fail_the_gate(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The status is what it is; an exception for a vague clause is none for one that is deleted."""
    (folder / "policylint.toml").write_text("select = ['retention', 'exceptions']\n", "utf-8")
    (folder / "a.md").write_text(OLD, "utf-8")
    signature = "<!-- policylint: accept-file retention:vague -- decision 12 -->\n"
    for text, code in ((VAGUE, 1), (signature + VAGUE, 0), (signature + DELETED, 1)):
        (folder / "b.md").write_text(text, "utf-8")
        found, records = compared(capsys, "a.md", "b.md")
        assert (found, directions(records[0])) == (code, {"retention": "worse"})


RETENTION = "Wij bewaren uw facturen zeven jaar, omdat de belastingwet dat van ons vraagt.\n"
COOKIES = "# Cookies\n\nWij plaatsen alleen functionele cookies, zodat uw winkelwagen blijft werken.\n"


@pytest.fixture
def notice(repository: Path) -> Path:
    """A repository whose privacy statement and cookie statement are one notice; a branch is checked out."""
    (repository / "policylint.toml").write_text(
        'select = ["retention", "outdated-law", "not-a-policy"]\n[[together]]\nname = "Winkel"\nfiles = "*.md"\n',
        "utf-8",
    )
    (repository / "cookies.md").write_text(COOKIES, "utf-8")
    git("add", ".")
    git("commit", "--quiet", "-m", "a notice of two layers")
    git("checkout", "--quiet", "-b", "edit")
    return repository


def test_a_clause_that_moves_to_another_layer_is_no_loss(notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notice / "privacy.md").write_text(DELETED, "utf-8")
    (notice / "cookies.md").write_text(COOKIES + "\n" + RETENTION, "utf-8")
    code, (record,) = compared(capsys, "--since", "main")
    assert (code, directions(record), record["sentences"]) == (0, {}, {"removed": [], "added": []})
    assert compared(capsys, "main:privacy.md", "privacy.md")[1][0]["old"] == "Winkel: main:privacy.md, main:cookies.md"


@pytest.mark.parametrize("paths", [[], ["cookies.md"]])
def test_a_clause_lost_from_any_layer_fails_the_gate(
    notice: Path, capsys: pytest.CaptureFixture[str], paths: list[str]
) -> None:
    (notice / "privacy.md").write_text(DELETED, "utf-8")
    (notice / "cookies.md").write_text(COOKIES + "\n" + RETENTION, "utf-8")
    git("commit", "--quiet", "-am", "moved")
    git("branch", "--quiet", "moved")
    (notice / "cookies.md").write_text(COOKIES, "utf-8")
    code, (record,) = compared(capsys, "--since", "moved", *paths)
    assert (code, record["new"], directions(record)) == (1, "Winkel: cookies.md, privacy.md", {"retention": "worse"})
    (new,) = record["findings"]["new"]  # type: ignore[index]
    assert (new["rule"], new["message"].split(":")[0]) == ("retention", "privacy.md")
    assert compared(capsys, "--since", "moved", *paths, "--exit-zero")[0] == 0


def test_a_layer_that_is_new_or_gone_changes_the_notice(notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notice / "terms.md").write_text("# Voorwaarden\n\nDe Wet bescherming persoonsgegevens geldt.\n", "utf-8")
    git("add", ".")
    code, (record,) = compared(capsys, "--since", "main")
    assert [each["rule"] for each in record["findings"]["new"]] == ["outdated-law"]  # type: ignore[index]
    assert (code, directions(record)) == (1, {})
    git("commit", "--quiet", "-m", "terms")
    git("rm", "--quiet", "privacy.md")
    code, (record,) = compared(capsys, "--since", "HEAD")
    assert (code, directions(record)) == (1, {"retention": "worse"})


def test_what_was_removed_may_be_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("rm", "--quiet", "-r", "legal")
    for path in ("legal", "legal/terms.md", "*.md"):
        assert compared(capsys, "--since", "HEAD", path)[1][0]["new"] == "legal/terms.md"
    assert repository


def test_a_comparison_in_the_language_that_is_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "old.md").write_text(OLD, "utf-8")
    (folder / "new.md").write_text(DELETED, "utf-8")
    assert run(["diff", "old.md", "new.md", "--report-lang", "en", "--exit-zero"]) == 0
    shown = capsys.readouterr().out
    assert "Says less than before" in shown
    assert "Retention period (retention): stated -> not found" in shown
    (folder / "new.md").write_bytes(b"")
    assert run(["diff", "old.md", "new.md", "--report-lang", "nl"]) == 2
    assert "Niet vergeleken: Dit bestand is leeg." in capsys.readouterr().out
