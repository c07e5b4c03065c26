"""Configuration: which file holds, what it may say, and how its settings join with the command line's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from policylint.cli import run
from policylint.config.discovery import nearest
from policylint.config.settings import load_configuration
from policylint.errors import UserError
from policylint.files import Source
from policylint.judging.rulefiles import load_rules
from policylint.judging.selection import chosen, names_of, severity_of
from policylint.run import Workshop

POLICY = "Privacyverklaring. Wij van Zonnehof bewaren uw persoonsgegevens zolang dat nodig is. U kunt bezwaar maken."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with two policies in it, one of them below."""
    (tmp_path / "site").mkdir()
    for name in ("a.txt", "site/b.txt"):
        (tmp_path / name).write_text(POLICY, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def refused(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        load_configuration(path, {})
    assert caught.value.code == "bad-configuration"
    return caught.value.message


def test_the_nearest_file_holds_and_a_project_file_only_with_its_table(folder: Path) -> None:
    write(folder / "pyproject.toml", "[project]\nname = 'site'\n")
    assert nearest(folder / "site") is None or nearest(folder / "site") != folder / "pyproject.toml"
    write(folder / "pyproject.toml", "[tool.policylint]\nlanguage = 'nl'\n")
    assert nearest(folder / "site") == folder / "pyproject.toml"
    write(folder / ".policylint.toml", "")
    write(folder / "policylint.toml", "")
    assert nearest(folder / "site") == folder / "policylint.toml"
    own = write(folder / "site" / ".policylint.toml", "")
    assert nearest(folder / "site") == own


def test_a_file_extends_another_and_options_win(folder: Path) -> None:
    write(folder / "base.toml", "select = 'requirements'\nignore = ['cookies']\nseverity = {retention = 'info'}\n")
    own = write(
        folder / "site" / "policylint.toml",
        "extend = '../base.toml'\nignore = ['minors']\nextend-select = ['unfair']\nseverity = {unfair = 'off'}\n"
        "as-of = 2020-01-01\nrules = ['own']\n",
    )
    settings = load_configuration(own, {"language": "nl", "as-of": date(2021, 1, 1)}).settings
    assert (settings.select, settings.extend_select, settings.ignore) == (("requirements",), ("unfair",), ("minors",))
    assert settings.severity == {"retention": "info", "unfair": "off"}
    assert (settings.language, settings.as_of) == ("nl", date(2021, 1, 1))
    assert settings.rules == (str(folder / "site" / "own"),)


def test_overrides_hold_for_the_files_that_fit_and_yield_to_options(folder: Path) -> None:
    own = write(
        folder / "policylint.toml",
        "language = 'nl'\n[[overrides]]\nfiles = ['site/*.txt']\nlanguage = 'en'\nfacts = {children = true}\n"
        "[[overrides]]\nfiles = 'site/b.txt'\nselect = 'retention'\n",
    )
    configuration = load_configuration(own, {})
    assert configuration.for_file("a.txt").language == "nl"
    below = configuration.for_file("site/b.txt")
    assert (below.language, below.facts, below.select) == ("en", {"children": True}, ("retention",))
    assert load_configuration(own, {"language": "nl"}).for_file("site/b.txt").language == "nl"
    assert configuration.origins_for("site/b.txt")["language"].origin == "policylint.toml:4"


def test_every_fault_is_shown_with_its_line_a_caret_and_the_nearest_name(folder: Path) -> None:
    own = write(
        folder / "policylint.toml",
        "selct = ['retention']\njurisdiction = 'XX'\n[facts]\nchilden = true\ndpo = 'yes'\n"
        "[[overrides]]\nlanguage = 'nl'\n",
    )
    assert refused(own).splitlines() == [
        "policylint.toml:1:1: unknown key 'selct'; did you mean 'select'?",
        "    selct = ['retention']",
        "    ^",
        "policylint.toml:2:1: 'jurisdiction' is one of NL, BE, UK, IE, EU, DE, FR",
        "    jurisdiction = 'XX'",
        "    ^",
        "policylint.toml:4:1: unknown name 'childen'; did you mean 'children'?",
        "    childen = true",
        "    ^",
        "policylint.toml:5:1: 'dpo' is true or false",
        "    dpo = 'yes'",
        "    ^",
        "policylint.toml:6:3: 'overrides' needs 'files'",
        "    [[overrides]]",
        "      ^",
    ]


def test_what_is_no_toml_is_shown_where_it_breaks(folder: Path) -> None:
    assert refused(write(folder / "policylint.toml", "language = 'nl'\nselect = [\n")).startswith("policylint.toml:")
    assert "this is no TOML" in refused(folder / "policylint.toml")


def test_files_that_extend_each_other_in_a_circle_are_refused(folder: Path) -> None:
    write(folder / "base.toml", "extend = 'policylint.toml'\n")
    message = refused(write(folder / "policylint.toml", "extend = 'base.toml'\n"))
    assert message == "policylint.toml: extends itself: policylint.toml -> base.toml -> policylint.toml"
    assert "policylint.toml:1: there is no file gone.toml to extend" in refused(
        write(folder / "policylint.toml", "extend = 'gone.toml'\n")
    )


def test_rules_are_chosen_by_the_narrowest_name() -> None:
    rules = {rule.id: rule for rule in load_rules(strict=False).rules}
    assert {"GDPR-13", "GDPR-13.2", "GDPR-13.2.a"} <= names_of(rules["retention"]).keys()
    some = [rules[name] for name in ("retention", "cookies", "hedged-rights")]

    def ids(select: list[str], ignore: list[str]) -> list[str]:
        return [rule.id for rule in chosen(some, select, [], ignore)]

    assert ids([], []) == ["retention", "cookies", "hedged-rights"]
    assert ids(["GDPR-13.2.a"], []) == ["retention"]
    assert ids(["tracking"], []) == ["cookies"]
    assert ids(["requirements"], ["cookies"]) == ["retention"]
    assert ids(["retention"], ["requirements"]) == ["retention"]
    assert ids([], ["unfair", "retention"]) == ["cookies"]
    assert severity_of(rules["retention"], {"requirements": "info", "retention": "error"}) == "error"
    assert severity_of(rules["hedged-rights"], {"requirements": "info"}) is None


@pytest.mark.parametrize(
    ("settings", "arguments", "code"),
    [
        ("", "", 1),
        ("fail-on = 'never'\n", "", 0),
        ("fail-on = 'retention'\n", "", 1),
        ("fail-on = ['id-copy']\n", "", 0),
        ("fail-on = 'never'\n", "--fail-on requirements", 1),
        ("fail-on = 'never'\n", "--isolated", 1),
        ("fail-on = ['never', 'never']\n", "", 0),
        ("fail-on = ['id-copy', 'never']\n", "", 2),
        ("fail-on = ['id-copy', 'never']\n", "--fail-on requirements", 1),
        ("", "--fail-on retention,never", 2),
        ("", "--fail-on never --fail-on error", 2),
        ("severity = {requirements = 'info', quality = 'info'}\n", "", 0),
        ("select = 'right-objection'\n", "", 0),
        ("select = 'nosuch'\n", "", 2),
        ("fail-on = 'nosuch'\n", "", 2),
        ("required-version = '>=99'\n", "", 2),
        ("required-version = 'newest'\n", "", 2),
        ("required-version = '>=0.1'\nfail-on = 'never'\n", "", 0),
        ("rule-set = '0.0.1'\n", "", 0),
        ("rule-set = 'yesterday'\n", "", 2),
        ("exclude = ['*.txt']\n", "", 2),
        ("exclude = ['*.txt']\nallow-empty = true\n", "", 0),
    ],
)
def test_what_makes_a_run_fail(
    folder: Path, capsys: pytest.CaptureFixture[str], settings: str, arguments: str, code: int
) -> None:
    write(folder / "policylint.toml", settings)
    assert run(["check", ".", "-q", *arguments.split()]) == code, capsys.readouterr()


def test_never_beside_another_name_says_where_and_what_to_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", ".", "--fail-on", "retention,never"]) == 2
    told = capsys.readouterr().err
    assert "--fail-on: 'never' excludes the others: retention" in told
    assert "Leave out 'never'" in told
    write(folder / "policylint.toml", "jobs = 1\nfail-on = ['never', 'unfair']\n")
    assert run(["check", "."]) == 2
    assert "policylint.toml:2: 'never' excludes the others: unfair" in capsys.readouterr().err


GERMAN = (
    "Wir verarbeiten Ihre personenbezogenen Daten, damit wir Ihnen die Zeitung zustellen und das Abonnement verwalten. "
    "Sie haben das Recht, der Verarbeitung zu widersprechen."
)
PIE = "Appeltaart bak je met vier appels, wat suiker en een beetje kaneel in een warme oven."


@pytest.mark.parametrize(("key", "text"), [("unsupported-language", GERMAN), ("not-a-policy", PIE)])
def test_mixed_folders_may_hold_what_is_passed_over(
    folder: Path, capsys: pytest.CaptureFixture[str], key: str, text: str
) -> None:
    write(folder / "c.txt", text)
    assert run(["check", ".", "--fail-on", "never"]) == 2
    write(folder / "policylint.toml", f"{key} = 'skip'\n")
    assert run(["check", ".", "--fail-on", "never"]) == 0
    assert run(["check", "c.txt"]) == 2, "nothing was checked"
    capsys.readouterr()


def test_config_show_says_where_a_value_comes_from(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "policylint.toml", "fail-on = 'never'\nfacts = {children = true}\n")
    assert run(["config", "show", "site/b.txt", "--origin"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        'facts = { "children" = true }  # policylint.toml:2',
        'fail-on = ["never"]  # policylint.toml:1',
    ]


def test_config_verify_checks_names_of_rules_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "policylint.toml", "ignore = ['retentoin']\n")
    assert run(["config", "verify"]) == 2
    assert "did you mean 'retention'?" in capsys.readouterr().err
    write(folder / "policylint.toml", "ignore = ['retention']\n")
    assert run(["config", "verify"]) == 0


@pytest.mark.parametrize(
    ("settings", "asked"),
    [
        ("", {"first", "later"}),
        ("rule-set = '0.1.0'\n", {"first"}),
        ("rule-set = '0.1.9'\npreview = true\n", {"first", "trial"}),
        ("preview = true\n", {"first", "later", "trial"}),
        ("preview = true\nrule-set = '0.2.0'\nignore = 'first'\n", {"later", "trial"}),
    ],
)
def test_an_upgrade_brings_no_rule_that_was_not_asked_for(folder: Path, settings: str, asked: set[str]) -> None:
    """A pinned set leaves out what came later, and preview rules are asked only on request, even when selected."""
    for name, since, preview in (("first", "0.1.0", False), ("later", "0.2.0", False), ("trial", "0.1.0", True)):
        assert run(["rules", "new", f"own/unfair/{name}"]) == 0
        path = folder / "own" / "unfair" / f"{name}.yaml"
        text = path.read_text("utf-8").replace("since: 0.1.0", f"since: {since}").replace("my-subject", f"{name}-words")
        write(path, text + ("preview: true\n" if preview else ""))
    write(folder / "policylint.toml", f"rules = 'own'\nselect = ['first', 'later', 'trial']\n{settings}")
    workshop = Workshop({})
    rules = workshop.rules(workshop.settings_for(Source("a.txt")))
    assert {rule.id for rule in rules.rules} == asked


def test_a_rule_that_is_not_there_is_told_with_where_it_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = "extend-select = [\n  'unfair',\n  'retentoin',\n]\n[severity]\nminors = 'info'\ncookis = 'off'\n"
    write(folder / "base.toml", base)
    own = "extend = 'base.toml'\nextend-select = ['outdated']\n[[overrides]]\nfiles = 'site/*'\nignore = ['nobody']\n"
    write(folder / "policylint.toml", own)

    def told(*arguments: str) -> str:
        assert run(["check", *arguments]) == 2
        return capsys.readouterr().err

    assert told("a.txt").startswith("policylint: base.toml:3: extend-select: no rule, family, article or tag is called")
    write(folder / "base.toml", base.replace("retentoin", "retention"))
    assert told("a.txt").startswith("policylint: base.toml:7: severity: no rule")
    write(folder / "base.toml", "language = 'nl'\n")
    assert told("site/b.txt").startswith("policylint: policylint.toml:5: ignore: no rule")
    assert told("a.txt", "--select", "nothing").startswith("policylint: --select: no rule")
