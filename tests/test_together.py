"""Layered notices: documents judged as one policy, by hand-made verdicts and from file to report."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hand_made_result import HEDGED, RETENTION, evidence, missing_right, requirement, run_of
from whole_reports import render_json, render_jsonl

from policylint.cli import run as command
from policylint.judging.together import joined
from policylint.report.page import Page
from policylint.report.terminal import report_lines
from policylint.result import Applies, Failure, Judgement, Severity, Status

ROOT = Path(__file__).parent.parent
ERASURE = missing_right("right-erasure", "wissing", 17)
NOT_A_POLICY = replace(HEDGED, rule="not-a-policy", fingerprint="f-kind")
MET = requirement("retention", "Bewaartermijn", Status.MET, evidence("Wij bewaren alles 30 dagen.", "30 dagen", 4))
VAGUE = requirement(
    "retention", "Bewaartermijn", Status.VAGUE, evidence(RETENTION.quote, "niet", 41), findings=(RETENTION.fingerprint,)
)
ABSENT = replace(RETENTION, status=Status.MISSING, quote="", fingerprint="f-retention-missing")
MISSING = requirement("retention", "Bewaartermijn", Status.MISSING, findings=(ABSENT.fingerprint,))


def document(path: str, kind: str, *stated: object, findings: tuple[object, ...] = ()) -> Judgement:
    return Judgement(
        path, kind=kind, language="nl", report_language="nl", words=900, requirements=stated, findings=findings
    )  # type: ignore[arg-type]


def test_the_best_statement_decides_and_says_where_it_stands() -> None:
    policy = document("p.md", "policy", VAGUE, findings=(RETENTION, HEDGED))
    cookies = document("c.md", "cookie-statement", MET, findings=(NOT_A_POLICY,))
    notice, (first, second) = joined("", [policy, cookies], {"not-a-policy"})
    assert [(each.rule, each.status) for each in notice.requirements] == [("retention", Status.MET)]
    assert [(each.path, each.quote) for each in notice.requirements[0].evidence] == [
        ("c.md", "Wij bewaren alles 30 dagen.")
    ]
    assert first.findings == (HEDGED,)
    assert first.requirements == ()
    assert (second.findings, second.requirements) == ((), (MET,))


@pytest.mark.parametrize("order", [1, -1])
def test_what_no_document_says_is_one_finding_in_the_policy(order: int) -> None:
    policy = document("p.md", "policy", MISSING, findings=(ABSENT,))
    terms = document("t.md", "terms", MISSING, findings=(ABSENT, HEDGED))
    notice, parts = joined("", [policy, terms][::order], ())
    by_path = {part.path: part for part in parts}
    assert [part.path for part in parts] == ["p.md", "t.md"][::order]
    assert by_path["p.md"].findings == (ABSENT,)
    assert by_path["t.md"].findings == (HEDGED,)
    assert (by_path["p.md"].requirements, by_path["t.md"].requirements) == ((MISSING,), ())
    assert notice.requirements == (MISSING,)


def test_vague_words_are_one_finding_and_all_of_them_evidence() -> None:
    policy = document("p.md", "policy", MISSING, findings=(ABSENT,))
    terms = document("t.md", "terms", VAGUE, findings=(RETENTION,))
    cookies = document("c.md", "cookie-statement", VAGUE, findings=(RETENTION,))
    notice, parts = joined("", [policy, terms, cookies], ())
    assert [part.findings for part in parts] == [(), (RETENTION,), ()]
    assert [each.path for each in notice.requirements[0].evidence] == ["t.md", "c.md"]
    assert notice.requirements[0].findings == (RETENTION.fingerprint,)


def test_whether_the_law_asks_it_may_show_in_another_document() -> None:
    unsure = replace(MISSING, applies=Applies.UNCLEAR, reason="de tekst zegt het niet")
    sure = replace(MISSING, reason='"profielen" (regel 7)')
    policy = document("p.md", "policy", unsure, findings=(replace(ABSENT, severity=Severity.WARNING),))
    cookies = document("c.md", "cookie-statement", sure, findings=(ABSENT,))
    notice, parts = joined("", [policy, cookies], ())
    assert [part.findings for part in parts] == [(ABSENT,), ()]
    whole = notice.requirements[0]
    assert (whole.applies, whole.reason) == (Applies.YES, 'c.md: "profielen" (regel 7)')


def test_no_occasion_in_one_document_is_none_in_the_notice_only_if_all_agree() -> None:
    idle = requirement("retention", "Bewaartermijn", Status.NOT_APPLICABLE, applies=Applies.NO, reason="geen")
    policy, terms = document("p.md", "policy", idle), document("t.md", "terms", MISSING, findings=(ABSENT,))
    notice, parts = joined("", [policy, terms], ())
    assert notice.requirements[0].status is Status.MISSING
    assert [part.findings for part in parts] == [(), (ABSENT,)]
    notice, parts = joined("", [policy, replace(terms, requirements=(idle,), findings=())], ())
    assert notice.requirements == (idle,)
    assert [part.requirements for part in parts] == [(idle,), ()]


def test_that_none_of_them_is_a_policy_stays_a_finding() -> None:
    terms = document("t.md", "terms", MISSING, findings=(ABSENT, NOT_A_POLICY))
    cookies = document("c.md", "cookie-statement", MET, findings=(NOT_A_POLICY,))
    _, parts = joined("", [terms, cookies], {"not-a-policy"})
    assert [part.findings for part in parts] == [(NOT_A_POLICY,), (NOT_A_POLICY,)]


def test_a_document_that_failed_keeps_its_failure() -> None:
    failed = Judgement("x.pdf", failure=Failure("no-text", "Geen tekst.", "Herken de tekst eerst."))
    notice, parts = joined("", [failed, document("p.md", "policy", MET)], ())
    assert parts[0] == failed
    assert (notice.paths, notice.language) == (("x.pdf", "p.md"), "nl")
    assert [each.path for each in notice.requirements[0].evidence] == ["p.md"]
    assert joined("", [failed, failed], ())[0].requirements == ()


def test_the_reports_name_the_document_and_tell_the_requirements_once() -> None:
    policy = document("p.md", "policy", MISSING, findings=(ABSENT, ERASURE))
    cookies = document("c\x1b[31m.md", "cookie-statement", MET)
    notice, parts = joined("Winkel", [policy, cookies], ())
    result = replace(run_of(*parts), together=(notice,))
    lines = ["".join(text for text, _ in line) for line in report_lines(result, Page())]
    assert lines[0] == "Winkel: 2 documenten als één beleid beoordeeld"
    assert lines[1].split(maxsplit=1) == ["Tekst", "p.md; c␛[31m.md"]
    told = " ".join(" ".join(lines).split())
    assert "vermeld Bewaartermijn c␛[31m.md, regel 4: “Wij bewaren alles «30 dagen».”" in told
    assert told.count("Bewaartermijn") == 1
    assert "\x1b" not in told
    report = json.loads(render_json(result))
    jsonschema.validate(report, json.loads((ROOT / "policylint/schema/output.schema.json").read_text("utf-8")))
    assert report["together"][0]["documents"] == ["p.md", "c\x1b[31m.md"]
    assert report["together"][0]["requirements"][0]["evidence"][0]["path"] == "c\x1b[31m.md"
    assert "together" not in json.loads(render_json(run_of(policy)))
    lines = [json.loads(line) for line in render_jsonl(result).splitlines()]
    assert [next(iter(line)) for line in lines] == ["path", "path", "together"]
    assert lines[2]["together"] == report["together"][0]


POLICY = """\
# Privacyverklaring

Molenaar Fietsen B.V., Kade 4, 9711 AA Groningen, is verantwoordelijk voor de verwerking van uw persoonsgegevens.
U bereikt ons via privacy@molenaarfietsen.example.

## Uw rechten

U heeft recht op inzage, rectificatie en verwijdering van uw gegevens. Wij bewaren uw gegevens zolang dat nodig is.
"""
COOKIES = """\
# Cookieverklaring

Molenaar Fietsen gebruikt functionele en analytische cookies. Functionele cookies bewaren wij 30 dagen.
U kunt uw toestemming voor cookies altijd intrekken.
"""
TERMS = """\
# Algemene voorwaarden

Artikel 1. Op alle bestellingen zijn deze voorwaarden van toepassing. Koper betaalt binnen veertien dagen.
Artikel 2. U kunt over ons een klacht indienen bij de Autoriteit Persoonsgegevens.
Artikel 3. De Wet bescherming persoonsgegevens is van toepassing.
"""
Check = Callable[..., tuple[int, dict[str, object]]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with a policy, a cookie statement and terms, as the current folder."""
    for name, text in (("privacy", POLICY), ("cookies", COOKIES), ("terms", TERMS)):
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Runs `policylint check` in the folder and gives its exit code and its report."""
    assert folder

    def check(*arguments: str) -> tuple[int, dict[str, object]]:
        code = command(["check", "--format", "json", *arguments])
        return code, json.loads(capsys.readouterr().out)

    return check


def rules_in(report: dict[str, object]) -> dict[str, set[str]]:
    documents = report["documents"]
    assert isinstance(documents, list)
    return {each["path"]: {finding["rule"] for finding in each["findings"]} for each in documents}


def test_a_run_together_judges_one_policy(check: Check) -> None:
    code, report = check("privacy.md", "cookies.md", "terms.md", "--together")
    found = rules_in(report)
    assert code == 1
    assert {"right-portability", "policy-date"} <= found["privacy.md"]
    assert found["privacy.md"].isdisjoint({"complaint-authority", "retention", "cookies"})
    assert "outdated-law" in found["terms.md"]
    assert found["terms.md"].isdisjoint({"not-a-policy", "right-portability"})
    assert found["cookies.md"].isdisjoint({"not-a-policy", "right-portability"})
    stated = {each["rule"]: each for each in report["together"][0]["requirements"]}  # type: ignore[index]
    assert (stated["complaint-authority"]["status"], stated["complaint-authority"]["evidence"][0]["path"]) == (
        "met",
        "terms.md",
    )
    assert stated["right-portability"]["status"] == "missing"


def test_a_gate_passes_when_another_document_says_it(check: Check) -> None:
    only = ["--select", "complaint-authority", "--fail-on", "info"]
    assert check("privacy.md", *only)[0] == 1
    assert check("privacy.md", "terms.md", "--together", *only)[0] == 0
    assert check("privacy.md", "cookies.md", "--together", *only)[0] == 1


def test_a_notice_of_the_configuration_is_checked_whole(check: Check, folder: Path) -> None:
    (folder / "other.md").write_text(POLICY, "utf-8")
    files = '["privacy.md", "cookies.md", "t*.md"]'
    (folder / "policylint.toml").write_text(f'[[together]]\nname = "Winkel"\nfiles = {files}\n', "utf-8")
    _, report = check("privacy.md")
    assert list(rules_in(report)) == ["privacy.md", "cookies.md", "terms.md"]
    assert report["together"][0]["name"] == "Winkel"  # type: ignore[index]
    _, report = check("other.md", "terms.md")
    assert list(rules_in(report)) == ["other.md", "terms.md", "privacy.md", "cookies.md"]
    assert "complaint-authority" in rules_in(report)["other.md"]
    (folder / "terms.md").unlink()
    (folder / "cookies.md").unlink()
    _, report = check("privacy.md")
    assert "together" not in report


def test_what_is_excluded_is_no_part(check: Check, folder: Path) -> None:
    (folder / "policylint.toml").write_text(
        'exclude = "terms.md"\n[[together]]\nfiles = ["*.md"]\n[[together]]\nfiles = "privacy.md"\n', "utf-8"
    )
    _, report = check("privacy.md")
    assert list(rules_in(report)) == ["privacy.md", "cookies.md"]


def test_one_document_is_no_notice(check: Check) -> None:
    _, report = check("cookies.md", "--together")
    assert rules_in(report) == {"cookies.md": {"not-a-policy"}}
    assert "together" not in report


def test_what_failed_fails_the_run(check: Check, folder: Path) -> None:
    (folder / "empty.md").write_bytes(b"")
    code, report = check("privacy.md", "terms.md", "empty.md", "gone.md", "--together")
    assert code == 2
    assert report["together"][0]["documents"] == ["privacy.md", "terms.md", "empty.md"]  # type: ignore[index]


def test_parts_and_wholes_have_verdicts_of_their_own_in_the_cache(check: Check) -> None:
    alone = check("cookies.md", "--cache", "kept")
    whole = check("privacy.md", "cookies.md", "--together", "--cache", "kept")
    assert check("cookies.md", "--cache", "kept") == alone
    assert check("privacy.md", "cookies.md", "--together", "--cache", "kept") == whole
    assert check("privacy.md", "cookies.md", "--together") == whole
