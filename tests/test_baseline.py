"""Baselines: what is recorded is known again when text moves, and nothing new hides behind it."""

from __future__ import annotations

import json
import random
import re
import shlex
import shutil
import textwrap
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policylint.baseline import Baseline, Entry, Recorded, read_baseline, write_baseline
from policylint.cli import run
from policylint.errors import UserError
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet
from policylint.lint import lint_bytes

pytestmark = pytest.mark.usefixtures("folder")

RETENTION = "Wij bewaren uw persoonsgegevens zolang dat nodig is."
LAW = "Wij houden ons aan de Wet bescherming persoonsgegevens."
POLICY = f"# Privacyverklaring\n\nStichting Zonnehof verwerkt uw naam.\n\n{RETENTION}\n\n{LAW}\n"
FILE = "policylint-baseline.json"


@cache
def rules() -> RuleSet:
    return load_rules(strict=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder with one policy; the built-in rules are read once for all tests."""
    monkeypatch.setattr("policylint.run.load_rules", lambda *_, **__: rules())
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(POLICY, "utf-8")
    return tmp_path


Tool = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tool(capsys: pytest.CaptureFixture[str]) -> Tool:
    """Runs policylint and gives its exit code, standard output and standard error."""

    def tool(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return tool


def check(tool: Tool, *arguments: str) -> tuple[int, list[str], str]:
    """Exit code, the rules of open findings, and standard error of a check against the baseline."""
    code, out, err = tool("check", "--format", "json", "--fail-on", "info", "--baseline", FILE, *arguments)
    documents = json.loads(out)["documents"] if out else []
    return code, [each["rule"] for one in documents for each in one["findings"] if each["suppressed"] is None], err


def recorded(folder: Path) -> dict[str, Any]:
    documents: dict[str, Any] = json.loads((folder / FILE).read_text("utf-8"))["documents"]
    return documents


def test_what_is_recorded_does_not_fail_a_check_and_is_marked(tool: Tool, folder: Path) -> None:
    assert check(tool, "a.md")[0] == 2
    code, out, _ = tool("baseline", "update", "a.md")
    count = len(recorded(folder)["a.md"]["findings"])
    assert (code, out) == (0, f"{FILE}: {count} added, 0 taken out, {count} recorded\n")
    assert check(tool, "a.md") == (0, [], "")
    _, out, _ = tool("check", "--format", "json", "a.md", "--baseline", FILE)
    suppressed = [each["suppressed"] for each in json.loads(out)["documents"][0]["findings"]]
    assert suppressed == [{"kind": "baseline", "reason": FILE, "owner": None, "expires": None}] * count


def test_a_report_for_people_counts_what_is_recorded_and_lists_it_on_request(tool: Tool, folder: Path) -> None:
    (folder / "a.md").write_text(POLICY + "Wij verkopen fietsen en onderdelen aan iedereen. " * 40, "utf-8")
    tool("baseline", "update", "a.md")
    count = len(recorded(folder)["a.md"]["findings"])
    _, out, _ = tool("check", "a.md", "--baseline", FILE)
    assert f"{count} bevindingen staan in de baseline (--detail full noemt ze)" in out
    assert f": {FILE}" not in out
    _, out, _ = tool("check", "a.md", "--baseline", FILE, "-v")
    assert out.count(f": {FILE}") == count


def test_facts_decide_what_is_recorded_as_they_decide_what_is_found(tool: Tool, folder: Path) -> None:
    def found() -> set[str]:
        return {each["rule"] for each in recorded(folder)["a.md"]["findings"]}

    tool("baseline", "update", "a.md")
    assert "special-categories" not in found()
    tool("baseline", "update", "a.md", "--fact", "special-categories=yes")
    assert "special-categories" in found()
    tool("baseline", "prune")
    assert "special-categories" not in found()
    assert tool("baseline", "prune", "--fact", "dpo=perhaps")[0] == 2


def test_the_configured_baseline_holds_and_can_be_left_out(tool: Tool, folder: Path) -> None:
    (folder / "policylint.toml").write_text("baseline = 'known.json'\nfail-on = 'info'\n", "utf-8")
    assert tool("baseline", "update", "a.md")[0] == 0
    assert (folder / "known.json").exists()
    assert tool("check", "a.md", "-q")[0] == 0
    assert tool("check", "a.md", "-q", "--no-baseline")[0] == 1


def test_the_file_has_a_finding_on_each_line_with_its_words_and_no_line_numbers(tool: Tool, folder: Path) -> None:
    tool("baseline", "update", "a.md")
    lines = (folder / FILE).read_text("utf-8").splitlines()
    (line,) = (line for line in lines if '"rule": "retention"' in line)
    found = json.loads(line.strip().rstrip(","))
    assert set(found) == {"rule", "status", "fingerprint", "quote"}
    assert (found["status"], found["quote"]) == ("vague", RETENTION)
    first = (folder / FILE).read_bytes()
    tool("baseline", "update", "a.md")
    assert (folder / FILE).read_bytes() == first


def test_moved_text_and_white_space_are_nothing_new(tool: Tool, folder: Path) -> None:
    tool("baseline", "update", "a.md")
    moved = ["# Privacyverklaring\n", "Wij verkopen fietsen.", LAW, RETENTION.replace("bewaren uw", "bewaren\nuw")]
    (folder / "a.md").write_text("\n\n".join([*moved, "Stichting Zonnehof  verwerkt uw naam."]), "utf-8")
    assert check(tool, "a.md", "--baseline-strict") == (0, [], "")


def test_a_clause_that_is_deleted_is_new_and_its_gap_is_stale(tool: Tool, folder: Path) -> None:
    tool("baseline", "update", "a.md")
    (folder / "a.md").write_text(POLICY.replace(RETENTION, ""), "utf-8")
    code, found, err = check(tool, "a.md")
    assert (code, "retention" in found) == (1, True)
    assert f'a.md: retention (vague) "{RETENTION}"' in err


def test_one_more_of_the_same_is_new(tool: Tool, folder: Path) -> None:
    tool("baseline", "update", "a.md")
    (folder / "a.md").write_text(f"{POLICY}\n{LAW}\n", "utf-8")
    assert check(tool, "a.md")[:2] == (1, ["outdated-law"])


def test_what_is_gone_fails_in_ci_alone(tool: Tool, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool("baseline", "update", "a.md")
    before = (folder / FILE).read_bytes()
    (folder / "a.md").write_text(POLICY.replace(LAW, ""), "utf-8")
    code, found, err = check(tool, "a.md")
    assert (code, found) == (0, [])
    assert f"policylint baseline prune --baseline {FILE}" in err
    assert check(tool, "a.md", "--baseline-strict")[0] == 1
    monkeypatch.setenv("CI", "true")
    assert check(tool, "a.md")[0] == 1
    assert check(tool, "a.md", "--no-baseline-strict")[0] == 0
    assert check(tool, "a.md", "--exit-zero")[0] == 0
    monkeypatch.setenv("CI", "false")
    assert check(tool, "a.md")[0] == 0
    assert (folder / FILE).read_bytes() == before


def test_rules_that_were_not_asked_say_nothing_of_what_is_recorded(tool: Tool) -> None:
    tool("baseline", "update", "a.md")
    assert check(tool, "a.md", "--select", "cookies", "--baseline-strict") == (0, [], "")


def test_prune_takes_out_and_never_adds(tool: Tool, folder: Path) -> None:
    tool("baseline", "update", "a.md")
    count = len(recorded(folder)["a.md"]["findings"])
    (folder / "a.md").write_text(POLICY.replace(LAW, "") + "U moet 16 euro betalen voor inzage.", "utf-8")
    assert tool("baseline", "prune")[:2] == (0, f"{FILE}: 1 taken out, {count - 1} recorded\n")
    assert "outdated-law" not in (folder / FILE).read_text("utf-8")
    assert check(tool, "a.md", "--baseline-strict")[2] == ""
    assert tool("baseline", "prune")[1] == f"{FILE}: 0 taken out, {count - 1} recorded\n"


def test_an_exception_goes_before_the_baseline_and_what_it_accepts_is_not_recorded(tool: Tool, folder: Path) -> None:
    (folder / "a.md").write_text(POLICY.replace(LAW, f"{LAW} <!-- policylint: accept outdated-law -- x -->"), "utf-8")
    tool("baseline", "update", "a.md")
    assert "outdated-law" not in (folder / FILE).read_text("utf-8")
    assert check(tool, "a.md", "--baseline-strict")[0] == 0


def test_update_leaves_other_documents_alone_and_drops_those_that_are_gone(tool: Tool, folder: Path) -> None:
    for name in ("b.md", "c.md"):
        (folder / name).write_text(POLICY, "utf-8")
    tool("baseline", "update", "a.md", "b.md", "c.md")
    (folder / "b.md").unlink()
    tool("baseline", "update", "a.md")
    assert set(recorded(folder)) == {"a.md", "c.md"}


def test_a_document_that_is_gone_leaves_stale_entries(tool: Tool, folder: Path) -> None:
    (folder / "b.md").write_text(POLICY.replace("Zonnehof", "Maanhof"), "utf-8")
    tool("baseline", "update", "a.md", "b.md")
    assert check(tool, "a.md", "--baseline-strict")[0] == 0
    (folder / "b.md").unlink()
    assert check(tool, "a.md", "--baseline-strict")[0] == 1
    tool("baseline", "prune")
    assert set(recorded(folder)) == {"a.md"}


def test_a_renamed_document_keeps_its_entries(tool: Tool, folder: Path) -> None:
    tool("baseline", "update", "a.md")
    (folder / "site").mkdir()
    (folder / "a.md").rename(folder / "site" / "privacy.md")
    assert check(tool, "site", "--baseline-strict") == (0, [], "")
    before = recorded(folder)["a.md"]
    tool("baseline", "prune", "site")
    assert recorded(folder) == {"site/privacy.md": before}


def test_a_copy_of_a_recorded_document_is_not_recorded(tool: Tool, folder: Path) -> None:
    tool("baseline", "update", "a.md")
    (folder / "b.md").write_text(POLICY, "utf-8")
    assert check(tool, "b.md")[0] == 1


def test_paths_are_from_the_folder_of_the_baseline(tool: Tool, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "ci").mkdir()
    tool("baseline", "update", "a.md", "--baseline", "ci/known.json")
    assert set(json.loads((folder / "ci" / "known.json").read_text("utf-8"))["documents"]) == {"../a.md"}
    monkeypatch.chdir(folder / "ci")
    assert tool("check", "-q", "--fail-on", "info", "../a.md", "--baseline", "known.json")[0] == 0


@pytest.mark.parametrize(
    ("text", "fault", "hint"),
    [
        ("", ":1:1: is no JSON", "version control"),
        ('{\n  "baseline": 1,\n  "documents": {]', ":3:17: is no JSON", "version control"),
        ("[]", "is no baseline of policylint", "version control"),
        ('{"documents": {}}', "is no baseline of policylint", "version control"),
        ('{"baseline": 2, "documents": {}}', "is a baseline of version 2", "baseline update"),
        ('{"baseline": 1}', "is damaged", "version control"),
        ('{"baseline": 1, "documents": []}', "is damaged", "version control"),
        ('{"baseline": 1, "documents": {"a.md": {"sha256": "", "findings": [{"rule": "x"}]}}}', "damaged", "control"),
        ('{"baseline": 1, "documents": {"a.md": {"sha256": "", "findings": [7]}}}', "is damaged", "version control"),
    ],
)
def test_a_file_that_is_no_baseline_of_this_version_is_refused_and_stays_as_it_is(
    tool: Tool, folder: Path, text: str, fault: str, hint: str
) -> None:
    (folder / FILE).write_text(text, "utf-8")
    for command in (("check", "a.md", "--baseline", FILE), ("baseline", "update", "a.md"), ("baseline", "prune")):
        code, out, err = tool(*command)
        assert (code, out) == (2, "")
        assert fault in err
        assert hint in err
    assert (folder / FILE).read_text("utf-8") == text


def test_bytes_and_deep_nesting_are_refused_too(folder: Path) -> None:
    for data in (b"\xff\xfe\x00", b"[" * 200_000):
        (folder / FILE).write_bytes(data)
        with pytest.raises(UserError) as caught:
            read_baseline(folder / FILE)
        assert caught.value.code == "bad-baseline"


def test_nothing_is_written_if_a_document_cannot_be_judged(tool: Tool, folder: Path) -> None:
    code, _, err = tool("baseline", "update", "a.md", "nowhere.md")
    assert (code, (folder / FILE).exists()) == (2, False)
    assert "nowhere.md" in err


def test_a_baseline_that_cannot_be_written_leaves_nothing_behind(tool: Tool, folder: Path) -> None:
    code, _, err = tool("baseline", "update", "a.md", "--baseline", "nowhere/known.json")
    assert (code, "cannot be written" in err) == (2, True)
    assert sorted(path.name for path in folder.iterdir()) == ["a.md"]


def test_pruning_without_a_baseline_says_how_to_make_one(tool: Tool) -> None:
    code, _, err = tool("baseline", "prune")
    assert (code, "policylint baseline update" in err) == (2, True)


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8) | st.just("\udcff.md")
entries = st.builds(
    Entry, st.sampled_from(["retention", "outdated-law"]), st.sampled_from([None, "vague"]), names, st.text(max_size=9)
)
documents = st.dictionaries(
    names, st.builds(Recorded, st.text("0123456789abcdef"), st.lists(entries, min_size=1).map(tuple))
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents=documents)
def test_what_is_written_is_read_back(folder: Path, documents: dict[str, Recorded]) -> None:
    write_baseline(Baseline(folder / FILE, documents))
    read = read_baseline(folder / FILE).documents
    assert {name: (each.sha256, set(each.entries)) for name, each in read.items()} == {
        name: (each.sha256, set(each.entries)) for name, each in documents.items()
    }


# ---- the identity of findings

PARAGRAPHS = (
    "Stichting Zonnehof verwerkt uw naam en uw adres.",
    RETENTION,
    LAW,
    "Uw IP-adres is anoniem en geen persoonsgegeven.",
    "Door deze site te gebruiken stemt u in met deze privacyverklaring.",
    "Voor inzage vragen wij een kopie van uw paspoort.",
    "Stuur uw klacht aan het College bescherming persoonsgegevens.",
    "Wij verkopen fietsen in onze winkel in Utrecht.",
)


@cache
def identities(text: str) -> frozenset[str]:
    judgement = lint_bytes("a.md", text.encode(), rules(), as_of=date(2026, 11, 1))
    assert judgement.failure is None
    found = [finding.fingerprint for finding in judgement.findings]
    assert len(found) == len(set(found))
    return frozenset(found)


@settings(max_examples=25, deadline=None)
@given(st.permutations(PARAGRAPHS))
def test_moving_paragraphs_keeps_every_identity(paragraphs: list[str]) -> None:
    assert identities("\n\n".join(paragraphs)) == identities("\n\n".join(PARAGRAPHS))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(20, 100))
def test_white_space_keeps_every_identity(seed: int, width: int) -> None:
    spaces = random.Random(seed)  # noqa: S311 - the same at every run
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    spaced = re.sub(r"(?<=\w) (?=\w)", lambda _: spaces.choice([" ", "  ", "\u00a0", "\t"]), wrapped)
    blank = re.sub(r"\n\n", lambda _: "\n" * spaces.randint(2, 4), spaced)
    assert identities(f"# Privacy\n\n{blank}\n") == identities("# Privacy\n\n" + "\n\n".join(PARAGRAPHS))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, len(PARAGRAPHS)))
def test_a_paragraph_that_says_nothing_adds_no_identity(place: int) -> None:
    paragraphs = [*PARAGRAPHS[:place], "In het weekend is de winkel dicht.", *PARAGRAPHS[place:]]
    assert identities("\n\n".join(paragraphs)) == identities("\n\n".join(PARAGRAPHS))


def test_the_example_of_a_finding_about_the_whole_text_is_no_part_of_its_identity() -> None:
    forms = ["Wij verwerken uw gegevens.", "U kunt uw gegevens inzien.", "Wij mailen je gegevens.", "Zo weet je dat."]
    found = []
    for text in (forms, forms[::-1]):
        judgement = lint_bytes("a.md", "\n\n".join(text).encode(), rules(), as_of=date(2026, 11, 1))
        found += [finding for finding in judgement.findings if finding.rule == "mixed-address"]
    one, other = found
    assert one.quote != other.quote
    assert one.fingerprint == other.fingerprint


# ---- the documentation

ROOT = Path(__file__).parent.parent


@pytest.mark.system
def test_the_documented_commands_run_one_after_the_other(folder: Path, tool: Tool) -> None:
    part = (ROOT / "docs" / "ci.md").read_text("utf-8").partition("\n## Baselines\n")[2].partition("\n## ")[0]
    commands = re.findall(r"^policylint (.*)$", part.partition("```bash\n")[2].partition("```")[0], re.MULTILINE)
    assert len(commands) == 4
    shutil.copytree(ROOT / "samples", folder / "samples")
    for command in commands:
        code, out, err = tool(*shlex.split(command))
        assert (code, err) == (0, ""), command
        assert out
