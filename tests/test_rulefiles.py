"""Rule files are checked on load: every fault at once, with its place and what is allowed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from policylint.builtin import rules_folder
from policylint.errors import UserError
from policylint.judging.prebuilt import FILE, build
from policylint.judging.rulefiles import load_rules
from policylint.result import Severity, Status

CONCEPTS = """\
keep:
  predicate: true
  nl: [bewaar*, bewaren]
  en: [keep]
"""

RULE = """\
title: {nl: Bewaartermijn, en: Retention period}
law:
  - {reference: GDPR art. 13(2)(a), url: "https://example.org/gdpr", verified: true}
severity: {missing: error, vague: warning}
since: 0.1.0
met:
  - all: [keep, duration]
vague:
  - all: [keep]
message:
  missing: {nl: Niets gevonden., en: Nothing found.}
  vague: {nl: "Vaag: {quote}", en: "Vague: {quote}"}
why: {nl: Daarom., en: Because.}
advice: {nl: Schrijf het op., en: Write it down.}
model: {nl: "Wij bewaren [gegevens] [termijn].", en: "We keep [data] for [period]."}
examples:
  nl:
    met:
      - {text: Wij bewaren facturen zeven jaar., at: zeven jaar}
    vague: []
    missing: [Dit zegt niets.]
  en: {met: [], vague: [], missing: []}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the concepts that must be there, one more and one rule."""
    root = tmp_path / "rules"
    (root / "concepts").mkdir(parents=True)
    (root / "requirements").mkdir()
    for name in ("context", "basics", "kind", "controller"):
        shutil.copy(rules_folder() / "concepts" / f"{name}.yaml", root / "concepts")
    (root / "concepts" / "retention.yaml").write_text(CONCEPTS, "utf-8")
    (root / "requirements" / "retention.yaml").write_text(RULE, "utf-8")
    return root


def faults(folder: Path, rule: str) -> list[str]:
    (folder / "requirements" / "retention.yaml").write_text(rule, "utf-8")
    with pytest.raises(UserError) as caught:
        load_rules(folder)
    assert caught.value.code == "bad-rules"
    return caught.value.message.splitlines()


def test_reads_a_rule(folder: Path) -> None:
    (rule,) = load_rules(folder).rules
    assert (rule.id, rule.family, rule.name) == ("retention", "requirements", "retention")
    assert rule.severity == {Status.MISSING: Severity.ERROR, Status.VAGUE: Severity.WARNING}
    assert rule.title == {"nl": "Bewaartermijn", "en": "Retention period"}
    assert [term.names for term in rule.met[0].every] == [("keep",), ("duration",)]
    assert [(example.outcome, example.at) for example in rule.examples] == [("met", "zeven jaar"), ("missing", None)]


def test_the_version_follows_the_words_of_the_rules(folder: Path) -> None:
    before = load_rules(folder).version
    assert load_rules(folder).version == before
    (folder / "concepts" / "retention.yaml").write_text(CONCEPTS.replace("[keep]", "[keep, retain]"), "utf-8")
    assert load_rules(folder).version != before


@pytest.mark.parametrize(
    ("old", "new", "line", "fault"),
    [
        ("why:", "wy:", 13, "unknown key 'wy' (did you mean 'why'?); allowed are"),
        ("all: [keep, duration]", "all: [kep, duration]", 7, "'kep' is not allowed here (did you mean 'keep'?)"),
        ("since: 0.1.0\n", "since: 0.1.0\nsince: 0.2.0\n", 6, "the key 'since' stands here twice"),
        ("since: 0.1.0\n", "", 1, "the key 'since' is lacking"),
        ("missing: error", "missing: fatal", 4, "'fatal' is not allowed here; allowed are error, warning, info"),
        ("verified: true}", "verified: yes}", 3, "'yes' is not allowed here; allowed are true, false"),
        ("en: Nothing found.", "de: Nichts.", 11, "unknown key 'de'; allowed are nl, en"),
        ('en: "Vague: {quote}"', 'en: "Vague."', 12, "the languages use different placeholders"),
        ("Daarom.", "'{oops}'", 13, "unknown placeholder '{oops}' (nl)"),
        ("at: zeven jaar", "at: tien jaar", 19, "'tien jaar' does not stand in the example"),
        ("  - all: [keep]", "  - none: [keep]", 9, "a condition needs 'all' or 'any'"),
        ("title:", "title: [", 2, "this is no YAML"),
    ],
)
def test_a_fault_is_named_with_its_place(folder: Path, old: str, new: str, line: int, fault: str) -> None:
    assert old in RULE
    found = faults(folder, RULE.replace(old, new, 1))
    places = [text for text in found if fault in text]
    assert places, found
    assert places[0].startswith(f"rules/requirements/retention.yaml:{line}:")


def test_all_faults_of_all_files_are_named_at_once(folder: Path) -> None:
    (folder / "concepts" / "retention.yaml").write_text(CONCEPTS.replace("bewaar*", "b*"), "utf-8")
    found = faults(folder, RULE.replace("why:", "wy:").replace("0.1.0", "''"))
    assert [text.split(":")[0] for text in found] == [
        "rules/concepts/retention.yaml",
        "rules/requirements/retention.yaml",
        "rules/requirements/retention.yaml",
        "rules/requirements/retention.yaml",
        "rules/requirements/retention.yaml",
    ]


def test_a_concept_cannot_stand_in_two_files(folder: Path) -> None:
    (folder / "concepts" / "again.yaml").write_text(CONCEPTS, "utf-8")
    assert any("a concept 'keep' exists already" in fault for fault in faults(folder, RULE))


def test_a_reserved_concept_must_be_there(folder: Path) -> None:
    (folder / "concepts" / "context.yaml").unlink()
    assert any("the concept 'negation' is lacking" in fault for fault in faults(folder, RULE))


def test_what_tells_the_kind_of_a_text_must_be_there(folder: Path) -> None:
    (folder / "concepts" / "kind.yaml").unlink()
    assert any("the concept 'kind-policy' is lacking" in fault for fault in faults(folder, RULE))


def test_no_folder_is_a_clear_message(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no folder"):
        load_rules(tmp_path / "nowhere")


def test_every_builtin_file_reads_the_same_without_the_fast_yaml_library() -> None:
    """The pure-Python loader is stricter than libyaml: PyYAML falls back to it where it has no wheel."""
    for path in sorted(rules_folder().rglob("*.yaml")):
        text = path.read_text("utf-8").partition("\nexamples:")[0]
        assert yaml.safe_load(text) == yaml.load(text, Loader=yaml.CSafeLoader), path


def test_the_builtin_rules_load() -> None:
    assert load_rules().rules


def test_a_pack_that_contradicts_itself_is_refused_with_every_fault(folder: Path) -> None:
    (folder / "unfair").mkdir()
    twin = RULE.replace("met:\n", "found:\n").replace("vague:\n  - all: [keep]\n", "")
    (folder / "unfair" / "retention.yaml").write_text(twin, "utf-8")
    (folder / "concepts" / "retention.yaml").write_text(CONCEPTS.replace("[keep]", "[keep, '-', 'a|b|a']"), "utf-8")
    rule = RULE.replace("all: [keep, duration]", "all: [kept]").replace("0.1.0", "2018-13-45")
    rule = rule.replace("  - all: [keep]\n", "  - {all: [keep], none: [keep]}\n")
    found = faults(folder, rule)
    for place, fault in (
        ("rules/concepts/retention.yaml:4:14", "wording '-': '-' holds no word"),
        ("rules/concepts/retention.yaml:4:19", "'a' stands twice in 'a|b|a'"),
        ("rules/requirements/retention.yaml:5:8", "'2018-13-45' is no version such as 0.2.0"),
        ("rules/requirements/retention.yaml:7:11", "'kept' is not allowed here (did you mean 'keep'?)"),
        ("rules/requirements/retention.yaml:9:5", "this can never hold: keep is wanted and excluded"),
        ("rules/unfair/retention.yaml:1:1", "a rule 'retention' stands in rules/requirements/retention.yaml already"),
    ):
        assert any(text.startswith(f"{place}: ") and fault in text for text in found), (place, fault, found)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("0.1.0", "the rule came with 0.1.0, so 0.1.0 cannot have changed it"),
        ("soon", "'soon' is no version such as 0.2.0"),
    ],
)
def test_a_change_names_a_later_version(folder: Path, written: str, told: str) -> None:
    path = folder / "requirements" / "retention.yaml"
    path.write_text(f"changes: {{{written}: {{nl: Anders., en: Different.}}}}\n{RULE}", "utf-8")
    with pytest.raises(UserError, match=told):
        load_rules(folder)
    path.write_text("changes: {0.2.0: {nl: Anders., en: Different.}}\n" + RULE, "utf-8")
    assert [rule.changes for rule in load_rules(folder).rules] == [{"0.2.0": {"nl": "Anders.", "en": "Different."}}]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The built-in rules as a wheel holds them: YAML, and beside it all of it parsed."""
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    (folder / FILE).write_bytes(build(load_rules(strict=False)))
    monkeypatch.setattr("policylint.judging.rulefiles.rules_folder", lambda: folder)
    return folder


def test_rules_that_were_parsed_before_are_the_same(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from_yaml = load_rules(installed, strict=False)
    monkeypatch.setattr("policylint.judging.rulefiles.read_yaml", None)
    assert load_rules(strict=False) == from_yaml


def test_rules_that_changed_since_they_were_parsed_are_read_again(installed: Path) -> None:
    (installed / "requirements" / "security.yaml").unlink()
    assert "security" not in [rule.id for rule in load_rules(strict=False).rules]


@pytest.mark.parametrize("spoiled", [b"", b"\xc1", b"\x80"])
def test_rules_that_are_spoiled_are_read_again(installed: Path, spoiled: bytes) -> None:
    expected = load_rules(strict=False)
    (installed / FILE).write_bytes(spoiled)
    assert load_rules(strict=False) == expected
