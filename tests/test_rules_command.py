"""`policylint rules`: what it prints, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policylint.cli import run
from policylint.judging.rulefiles import load_rules
from policylint.judging.sheets import MEMO, sheets


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["rules", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_sheets_say_what_the_rules_say() -> None:
    rules = {rule.id: rule for rule in load_rules().rules}
    found = {sheet.id: sheet for sheet in sheets(MEMO)}
    assert found.keys() == rules.keys()
    for name, sheet in found.items():
        rule = rules[name]
        assert (sheet.title, sheet.why, sheet.model, sheet.since) == (rule.title, rule.why, rule.model, rule.since)
        assert {key or None: value for key, value in sheet.severity.items()} == rule.severity
        assert [law["reference"] for law in sheet.law] == [law.reference for law in rule.law]
        shown = [text for outcomes in sheet.examples.values() for texts in outcomes.values() for text in texts]
        assert sorted(shown) == sorted(example.text for example in rule.examples)


def test_rules_are_listed_by_article_tag_family_or_name(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = output(capsys, "list", "GDPR-13.2.a", "hedged-rights", "--lang", "nl")
    assert code == 0
    lines = out.splitlines()
    assert any(line.startswith("retention ") and line.endswith("Bewaartermijn") for line in lines)
    assert any(line.startswith("hedged-rights ") for line in lines)
    assert not any(line.startswith("cookies ") for line in lines)
    rows = json.loads(output(capsys, "list", "--format", "json")[1])
    assert {row["rule"] for row in rows} == {rule.id for rule in load_rules(strict=False).rules}
    assert output(capsys, "list", "retentoin")[0] == 2


@pytest.mark.parametrize(("language", "words"), [("nl", "Zo blijft het vaag"), ("en", "This is vague")])
def test_a_rule_is_explained_in_both_languages(capsys: pytest.CaptureFixture[str], language: str, words: str) -> None:
    rule = next(rule for rule in load_rules().rules if rule.id == "retention")
    code, out, _ = output(capsys, "explain", "retention", "--lang", language)
    assert code == 0
    plain = " ".join(out.split())
    assert words in plain
    for text in (rule.title[language], rule.why[language], " ".join(rule.model[language].split())):
        assert text in plain
    markdown = output(capsys, "explain", "retention", "--lang", language, "--format", "markdown")[1]
    assert markdown.startswith(f"# {rule.title[language]} (`retention`)\n")
    assert json.loads(output(capsys, "explain", "retention", "--format", "json")[1])["model"] == rule.model


def test_an_unknown_rule_is_refused_with_the_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert output(capsys, "explain", "retentoin") == (
        2,
        "",
        "policylint: no rule is called 'retentoin'\ndid you mean 'retention'?\n",
    )
    assert output(capsys, "explain", "../concepts/context")[0] == 2


@pytest.mark.system
@pytest.mark.parametrize("family", ["requirements", "unfair"])
def test_a_new_rule_loads_and_its_examples_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], family: str
) -> None:
    own = tmp_path / "own"
    assert output(capsys, "new", f"{own}/{family}/my-rule")[0] == 0
    assert output(capsys, "new", f"{own}/{family}/my-rule")[0] == 2, "nothing is overwritten"
    assert output(capsys, "verify", str(own)) == (0, f"{own}: 1 rules, no faults\n", "")
    code, out, err = output(capsys, "test", "my-rule", "--own", str(own))
    assert (code, out) == (0, "")
    assert err.startswith("1 rules, ")
    path = own / family / "my-rule.yaml"
    path.write_text(path.read_text("utf-8").replace("This is about something else", "The subject"), "utf-8")
    code, out, _ = output(capsys, "test", "my-rule", "--own", str(own))
    assert code == 1
    assert "'The subject.'" in out


def test_the_release_note_says_what_each_version_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new rule, one in preview, and a change in a rule of an earlier version; the newest version first."""
    for name, since, more in (
        ("old-rule", "0.1.0", 'changes: {0.10.0: {nl: "Strenger.", en: "Stricter."}}\n'),
        ("new-rule", "0.2.0", ""),
        ("trial", "0.10.0", "preview: true\n"),
    ):
        assert output(capsys, "new", f"{tmp_path}/unfair/{name}")[0] == 0
        path = tmp_path / "unfair" / f"{name}.yaml"
        text = path.read_text("utf-8").replace("since: 0.1.0", f"since: {since}").replace("my-subject", f"{name}-words")
        path.write_text(more + text, "utf-8")
    assert output(capsys, "verify", str(tmp_path))[0] == 0
    code, note, _ = output(capsys, "changes", "--rules", str(tmp_path))
    assert code == 0
    assert [line for line in note.splitlines() if line.startswith(("#", "-"))] == [
        "# Rules by version",
        "## 0.10.0",
        "### New, in preview (asked only with `preview`) (1)",
        "- `trial` (unfair; warning): [title]",
        "### Changed (1)",
        "- `old-rule`: Stricter.",
        "## 0.2.0",
        "### New (1)",
        "- `new-rule` (unfair; warning): [title]",
        "## 0.1.0",
        "### New (1)",
        "- `old-rule` (unfair; warning): [title]",
    ]
    dutch = output(capsys, "changes", "--rules", str(tmp_path), "--since", "0.2.0", "--lang", "nl")[1]
    assert ("Strenger." in dutch, "new-rule" in dutch) == (True, False)
    assert output(capsys, "changes", "--rules", str(tmp_path), "--since", "0.10.0")[1].endswith("No change.\n")
    assert output(capsys, "changes", "--since", "latest")[0] == 2


def test_a_faulty_folder_is_refused_with_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own" / "unfair").mkdir(parents=True)
    (tmp_path / "own" / "unfair" / "a.yaml").write_text("titel: {nl: A, en: A}\n", "utf-8")
    code, _, err = output(capsys, "verify", str(tmp_path / "own"))
    assert code == 2
    assert "own/unfair/a.yaml:1:1: unknown key 'titel' (did you mean 'title'?)" in err
    assert output(capsys, "new", f"{tmp_path}/nofamily/a")[0] == 2


def test_a_memo_names_the_gap_of_each_message_and_tells_in_words_what_a_document_fills_in(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert (
        "\n  If missing: The text does not say how long personal data is kept.\n  If vague: "
        in output(capsys, "explain", "retention")[1]
    )
    outdated = output(capsys, "explain", "outdated-name")[1]
    assert '\n  "[words of the text]" has been out of date since [date].\n' in outdated and "{" not in outdated
