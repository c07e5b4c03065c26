"""Reports that other programs read: valid by their schemas, read by their parsers, harmless whatever a policy says."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hand_made_result import ACCEPTED, FAILED, HEDGED, RETENTION, WEBSHOP, at, missing_right, requirement, run_of
from junitparser import Error, Failure, JUnitXml, Skipped
from lxml import etree
from markdown_it import MarkdownIt
from whole_reports import render_checkstyle, render_gitlab, render_jsonl, render_junit, render_rdjson, render_sarif

from policylint.document import Location
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import Rule
from policylint.report.github import render_github
from policylint.report.markdown import MARK, escaped, render_markdown
from policylint.report.matrix import render_csv
from policylint.result import Applies, Judgement, Law, Result, Severity, Status

SCHEMAS = Path(__file__).parent / "schemas"
OUTPUT_SCHEMA = json.loads(
    (Path(__file__).parent.parent / "policylint/schema/output.schema.json").read_text(encoding="utf-8")
)
NAMES = ("retention", "right-portability", "right-rectification", "hedged-rights", "complaint-authority")
RULES: tuple[Rule, ...] = tuple(rule for rule in load_rules(strict=False).rules if rule.id in NAMES)

ON_A_PAGE = replace(
    HEDGED, location=Location(4, 2, 4, 9, page=3, section="Rechten"), fingerprint="f-page", related=(), quote="Kosten."
)
IN_A_PARAGRAPH = replace(
    HEDGED, location=Location(None, 5, None, 12, paragraph=17), fingerprint="f-paragraph", related=(), quote="Kosten."
)
ABSENT_FROM_PDF = replace(
    missing_right("right-portability", "overdraagbaarheid", 20),
    location=Location(9, 1, 9, 11, page=2, section="Uw rechten"),
)
PDF = replace(WEBSHOP, path="beleid/winkel.pdf", requirements=(), findings=(ON_A_PAGE, ABSENT_FROM_PDF))
WORD = replace(WEBSHOP, path="beleid/winkel.docx", requirements=(), findings=(IN_A_PARAGRAPH,))
SKIPPED = replace(FAILED, path="beleid/de.txt", failure=replace(FAILED.failure, skipped=True))  # type: ignore[type-var]

EVIL = (
    "x\n::error file=a::hacked\r\n##[error]hacked ::warning::hacked <script>alert(1)</script> "
    "[klik](http://evil.example) [1](2) @admin #12 | a ]]> <!-- --> \x1b[31mred\x07 \u202eevil \ud800 \uffff "
    "${{ secrets }} `code` {0} www.evil.example"
)
HOSTILE = replace(
    WEBSHOP,
    path="=evil,:%\n::error::hacked.txt",
    requirements=(
        replace(
            WEBSHOP.requirements[1], title=EVIL, evidence=(replace(WEBSHOP.requirements[1].evidence[0], quote=EVIL),)
        ),
        requirement("minors", EVIL, Status.MISSING, applies=Applies.NO, reason=EVIL),
    ),
    findings=(
        replace(RETENTION, message=EVIL, advice=EVIL, quote=EVIL, focus=(0, 0)),
        replace(HEDGED, message=EVIL, quote=EVIL, focus=(3, 9), title=EVIL),
        replace(ACCEPTED, suppressed=replace(ACCEPTED.suppressed, reason=EVIL, owner=EVIL)),  # type: ignore[type-var]
    ),
)
ALL = run_of(WEBSHOP, PDF, WORD, FAILED, SKIPPED, HOSTILE)

Render = Callable[[Result], str]
RENDERERS: dict[str, Render] = {
    "jsonl": render_jsonl,
    "sarif": lambda result: render_sarif(result, RULES),
    "github": render_github,
    "gitlab": render_gitlab,
    "junit": render_junit,
    "checkstyle": render_checkstyle,
    "rdjson": render_rdjson,
    "markdown": render_markdown,
    "csv": render_csv,
}
every_format = pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)


def sarif(*documents: Judgement, show_suppressed: bool = False) -> dict[str, Any]:
    log = json.loads(render_sarif(run_of(*documents), RULES, show_suppressed))
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(log)
    return log["runs"][0]  # type: ignore[no-any-return]


# What holds for every format


@every_format
def test_reports_are_the_same_in_every_run(render: Render) -> None:
    assert render(ALL) == render(ALL)
    assert render(ALL).endswith("\n")


@every_format
def test_an_accepted_finding_never_looks_open(render: Render) -> None:
    accepted = run_of(replace(WEBSHOP, requirements=(), findings=(replace(ACCEPTED, severity=Severity.ERROR),)))
    report = render(accepted)
    if render in (RENDERERS["junit"], RENDERERS["markdown"], RENDERERS["jsonl"]):
        assert "citaat uit een brief van 2009" in report
        assert "failure type" not in report
    else:
        assert ACCEPTED.message not in report
        assert "outdated-term" not in report


@every_format
def test_a_document_that_was_not_checked_is_seen(render: Render) -> None:
    report = render(run_of(FAILED))
    assert "no-text" in report or "Geen leesbare tekst gevonden" in report
    assert "scan.pdf" in report


@every_format
def test_quoted_text_is_harmless(render: Render) -> None:
    report = render(run_of(HOSTILE))
    # JSON may hold U+FFFF; XML may not.
    for character in "\x1b\x07\u202e\ud800" + ("" if render is render_jsonl else "\uffff"):
        assert character not in report
    report.encode("utf-8")
    commands = [line for line in report.splitlines() if re.match(r"\s*::[A-Za-z-]+(?: |::)", line)]
    assert "##[" not in report
    if render is render_github:
        assert len(commands) == len(report.splitlines()) == 2
        assert all(re.match(r"::(error|warning) file=[^:]*::[^\n]*$", line) for line in commands)
    else:
        assert commands == []


# JSON Lines


def test_json_lines_are_documents_of_the_json_report() -> None:
    lines = [json.loads(line) for line in render_jsonl(run_of(WEBSHOP, FAILED)).splitlines()]
    schema = {**OUTPUT_SCHEMA, "$ref": "#/$defs/document"}
    for keyword in ("type", "required", "properties", "additionalProperties"):
        schema.pop(keyword)
    for line in lines:
        jsonschema.validate(line, schema)
    assert [line["path"] for line in lines] == ["beleid/zonnekorrel.txt", "beleid/scan.pdf"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**lines[0], "findings": None}, schema)


# SARIF


def test_sarif_is_valid_whatever_it_tells() -> None:
    run = sarif(*ALL.documents, show_suppressed=True)
    assert {result["ruleId"] for result in run["results"]} >= {"retention", "hedged-rights", "outdated-term"}


def test_sarif_has_what_code_scanning_shows() -> None:
    run = sarif(WEBSHOP)
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"], driver["language"]) == ("policylint", "1.2.3", "nl")
    assert run["automationDetails"]["id"] == "policylint/"
    assert run["columnKind"] == "unicodeCodePoints"
    assert set(NAMES) <= {rule["id"] for rule in driver["rules"]}
    for rule in driver["rules"]:
        for text in (rule["shortDescription"], rule["fullDescription"], rule["help"]):
            assert text["text"]
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["properties"]["precision"] in ("very-high", "high", "medium", "low")
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
        assert "security-severity" not in rule["properties"]
        assert 0 < len(rule["properties"]["tags"]) <= 20
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    retention = next(rule for rule in driver["rules"] if rule["id"] == "retention")
    assert "GDPR-13.2.a" in retention["properties"]["tags"]
    assert "Bewaartermijn" in retention["shortDescription"]["text"]
    assert "**Bepaling**: [art. 13 lid 2 onder a AVG](<https://" in retention["help"]["markdown"]


def test_sarif_results_point_at_the_words() -> None:
    first = sarif(WEBSHOP)["results"][0]
    assert first["level"] == "error"
    assert first["message"]["text"].startswith("De bewaartermijn blijft vaag. “Wij bewaren uw gegevens")
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "beleid/zonnekorrel.txt", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 41, "startColumn": 5, "endLine": 41, "endColumn": 105},
            }
        }
    ]
    hedged = next(result for result in sarif(WEBSHOP)["results"] if result["ruleId"] == "hedged-rights")
    assert hedged["level"] == "warning"
    assert hedged["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 88


def test_sarif_names_a_place_instead_of_false_lines() -> None:
    page, absent, paragraph = sarif(PDF, WORD)["results"]
    for result in (page, absent, paragraph):
        assert "region" not in result["locations"][0]["physicalLocation"]
    assert page["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "pagina 3, regel 4"
    assert "(pagina 3, regel 4)" in page["message"]["text"]
    assert "(hoort onder: Uw rechten)" in absent["message"]["text"]
    assert paragraph["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "alinea 17"


def test_sarif_fingerprints_hold_when_lines_move_and_differ_by_document() -> None:
    def prints(document: Judgement) -> list[str]:
        results = sarif(document)["results"]
        return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]

    moved = replace(WEBSHOP, findings=tuple(replace(finding, location=at(7, 3, 9)) for finding in WEBSHOP.findings))
    assert prints(moved) == prints(WEBSHOP)
    assert len(set(prints(WEBSHOP))) == 4
    twice = prints(replace(WEBSHOP, findings=(RETENTION, RETENTION)))
    assert [each.partition(":")[2] for each in twice] == ["1", "2"]
    assert not set(prints(WEBSHOP)) & set(prints(replace(WEBSHOP, path="ander.txt")))
    assert sarif(WEBSHOP)["results"][0]["partialFingerprints"]["policylint/v1"] == "f-retention"


def test_sarif_tells_what_could_not_be_checked() -> None:
    assert sarif(WEBSHOP)["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    invocation = sarif(WEBSHOP, FAILED)["invocations"][0]
    assert invocation["executionSuccessful"] is False
    note = invocation["toolExecutionNotifications"][0]
    assert (note["descriptor"]["id"], note["level"]) == ("no-text", "error")
    assert note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "beleid/scan.pdf"
    skipped = sarif(WEBSHOP, SKIPPED)["invocations"][0]
    assert skipped["executionSuccessful"] is True
    assert skipped["toolExecutionNotifications"][0]["level"] == "note"


def test_sarif_lists_accepted_findings_on_request() -> None:
    last = sarif(WEBSHOP, show_suppressed=True)["results"][-1]
    assert last["ruleId"] == "outdated-term"
    assert last["suppressions"][0]["justification"] == "citaat uit een brief van 2009; m.devries; 2026-06-30"
    assert len(sarif(WEBSHOP)["results"]) == 4


def test_sarif_messages_hold_no_links() -> None:
    for result in sarif(HOSTILE)["results"]:
        assert not re.search(r"(?<!\\)[\[\]]", result["message"]["text"])


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("a b/ü.txt", {"uri": "a%20b/%C3%BC.txt", "uriBaseId": "%SRCROOT%"}),
        ("/etc/x.txt", {"uri": "file:///etc/x.txt"}),
        ("C:\\x\\y.txt", {"uri": "file:///C:/x/y.txt"}),
        ("<stdin>", {"uri": "%3Cstdin%3E", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_sarif_addresses(path: str, location: dict[str, str]) -> None:
    assert sarif(replace(WEBSHOP, path=path))["artifacts"][0]["location"] == location


def test_sarif_is_read_by_its_tools(tmp_path: Path) -> None:
    from sarif.loader import load_sarif_file

    (tmp_path / "x.sarif").write_text(render_sarif(run_of(WEBSHOP, FAILED), RULES), encoding="utf-8")
    records = load_sarif_file(str(tmp_path / "x.sarif")).get_records()
    assert [(record["Severity"], record["Location"], record["Line"]) for record in records] == [
        ("error", "beleid/zonnekorrel.txt", 41),
        ("warning", "beleid/zonnekorrel.txt", 52),
        ("error", "beleid/zonnekorrel.txt", 52),
        ("warning", "beleid/zonnekorrel.txt", 54),
    ]


MULTITOOL = os.environ.get("SARIF_MULTITOOL") or shutil.which("sarif-multitool") or ""


@pytest.mark.system
@pytest.mark.skipif(not MULTITOOL, reason="needs the SARIF Multitool (npm: @microsoft/sarif-multitool)")
def test_sarif_follows_the_rules_of_code_scanning(tmp_path: Path) -> None:
    (tmp_path / "x.sarif").write_text(render_sarif(ALL, RULES), encoding="utf-8")
    run = subprocess.run(
        [MULTITOOL, "validate", str(tmp_path / "x.sarif"), "--rule-kind", "Sarif;GHAS"],
        capture_output=True,
        text=True,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        check=False,
    )
    told = re.findall(r": (?:error|warning) (\w+): .*", run.stdout)
    # It wants the address of a home page (SARIF2005), and lines where there are none (SARIF2017).
    assert set(told) == {"SARIF2005", "SARIF2017"}, run.stdout
    assert told.count("SARIF2017") == len((*PDF.findings, *WORD.findings))


# GitHub


def test_annotations_stand_at_the_words_and_sort_by_weight() -> None:
    lines = render_github(run_of(WEBSHOP)).splitlines()
    assert lines[0].startswith(
        "::error file=beleid/zonnekorrel.txt,line=41,endLine=41,col=5,endColumn=104,title=policylint retention::"
        "De bewaartermijn blijft vaag. “Wij bewaren"
    )
    assert [re.match("::([a-z]+) ", line)[1] for line in lines] == ["error", "error", "warning", "warning"]  # type: ignore[index]


def test_annotations_of_formats_without_lines_name_the_place() -> None:
    page, absent, paragraph = sorted(render_github(run_of(PDF, WORD)).splitlines(), key=lambda line: line[-30:])
    lines = render_github(run_of(PDF, WORD)).splitlines()
    assert all(",line=1,title=" in line for line in lines)
    assert {page, absent, paragraph} == set(lines)
    assert any("(pagina 3, regel 4)" in line for line in lines)
    assert any("(alinea 17)" in line for line in lines)
    assert any("(hoort onder: Uw rechten)" in line for line in lines)


def test_annotations_are_capped_and_the_rest_counted() -> None:
    many = tuple(replace(RETENTION, fingerprint=f"f-{number}") for number in range(14))
    lines = render_github(run_of(replace(WEBSHOP, findings=(*many, HEDGED)))).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 10 + ["::warning"]
    assert lines[9].startswith("::error title=policylint::nog 5 fouten;")
    ten = render_github(run_of(replace(WEBSHOP, findings=many[:10]))).splitlines()
    assert len(ten) == 10
    assert "nog " not in ten[9]


def test_annotations_escape_what_ends_a_property_or_a_message() -> None:
    document = replace(WEBSHOP, path="100%, a:b.txt", findings=(replace(RETENTION, message="50 % en\r\nmeer"),))
    line = render_github(run_of(document))
    assert line.startswith("::error file=100%25%2C a%3Ab.txt,line=41,")
    assert "::50 %25 en meer “" in line


# GitLab


def code_quality(*documents: Judgement) -> list[dict[str, Any]]:
    """Issues, checked by what GitLab's reference requires of them."""
    issues = json.loads(render_gitlab(run_of(*documents)))
    for issue in issues:
        assert all(isinstance(issue[key], str) and issue[key] for key in ("description", "check_name", "fingerprint"))
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        path = issue["location"]["path"]
        assert path and not path.startswith(("./", "/"))
        begin = issue["location"]["lines"]["begin"]
        assert isinstance(begin, int) and begin >= 1
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints)
    return issues  # type: ignore[no-any-return]


def test_code_quality() -> None:
    issues = code_quality(WEBSHOP, PDF, WORD, FAILED, SKIPPED)
    assert [(issue["check_name"], issue["severity"], issue["location"]["lines"]["begin"]) for issue in issues] == [
        ("no-text", "blocker", 1),
        ("retention", "major", 41),
        ("right-portability", "minor", 52),
        ("right-rectification", "critical", 52),
        ("hedged-rights", "minor", 54),
        ("hedged-rights", "minor", 1),
        ("right-portability", "critical", 1),
        ("hedged-rights", "minor", 1),
    ]
    assert issues[1]["description"] == "retention: De bewaartermijn blijft vaag."
    assert issues[5]["description"].endswith("(pagina 3, regel 4)")


def test_code_quality_keeps_equal_findings_apart() -> None:
    twice = replace(WEBSHOP, findings=(RETENTION, replace(RETENTION, location=at(90, 1, 5))))
    assert len(code_quality(twice)) == 2


# JUnit


def junit(*documents: Judgement) -> JUnitXml:
    text = render_junit(run_of(*documents)).encode()
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    schema.assertValid(etree.fromstring(text))
    return JUnitXml.fromstring(text)


def outcomes(report: JUnitXml) -> Iterator[tuple[str, str, str]]:
    kinds = {Failure: "failed", Error: "error", Skipped: "skipped"}
    for suite in report:
        for case in suite:
            result = case.result[0] if case.result else None
            yield case.classname, case.name, kinds[type(result)] if result else "passed"


def test_junit_has_a_case_per_requirement_and_rule() -> None:
    report = junit(WEBSHOP)
    assert list(outcomes(report)) == [
        ("beleid/zonnekorrel.txt", name, outcome)
        for name, outcome in (
            ("controller-identity: Verwerkingsverantwoordelijke en contactgegevens", "passed"),
            ("retention: Bewaartermijn", "failed"),
            ("right-access: Recht op inzage", "passed"),
            ("right-rectification: Recht op rectificatie", "failed"),
            ("right-portability: Recht op overdraagbaarheid", "failed"),
            ("automated-decisions: Geautomatiseerde besluitvorming", "skipped"),
            ("legitimate-interest: Gerechtvaardigd belang", "skipped"),
            ("minors: Minderjarigen", "skipped"),
            (f"hedged-rights: {HEDGED.title}", "failed"),
            (f"outdated-term: {ACCEPTED.title}", "skipped"),
        )
    ]
    assert (report.tests, report.failures, report.errors) == (10, 4, 0)
    suite = next(iter(report))
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (10, 4, 0, 4)


def test_junit_says_why() -> None:
    cases = {case.name.split(":")[0]: case for case in next(iter(junit(WEBSHOP)))}
    failure = cases["retention"].result[0]
    assert failure.type == "error"
    assert failure.text.startswith("regel 41: De bewaartermijn blijft vaag. “Wij bewaren")
    assert cases["minors"].result[0].message == "de winkel richt zich tot bedrijven (regel 5)"
    assert "geldt mogelijk: de tekst spreekt van profielen" in cases["automated-decisions"].result[0].message
    assert "citaat uit een brief van 2009, door m.devries" in cases["outdated-term"].result[0].message
    assert "regel 3: “Bakkerij Zonnekorrel B.V." in cases["controller-identity"].system_out


def test_junit_names_are_unique() -> None:
    document = replace(WEBSHOP, findings=(RETENTION, HEDGED, replace(HEDGED, fingerprint="other")))
    names = [(classname, name) for classname, name, _ in outcomes(junit(document, replace(document, path="b.txt")))]
    assert len(set(names)) == len(names)


def test_junit_of_what_was_not_checked() -> None:
    assert list(outcomes(junit(FAILED, SKIPPED))) == [
        ("beleid/scan.pdf", "document", "error"),
        ("beleid/de.txt", "document", "skipped"),
    ]


def test_junit_of_hostile_text() -> None:
    assert [outcome for *_, outcome in outcomes(junit(HOSTILE))] == ["failed", "skipped", "failed", "skipped"]


# Checkstyle


def test_checkstyle() -> None:
    root = etree.fromstring(render_checkstyle(ALL).encode())
    assert (root.tag, root.get("version")) == ("checkstyle", "4.3")
    assert [file.get("name") for file in root][:5] == [
        "beleid/zonnekorrel.txt",
        "beleid/winkel.pdf",
        "beleid/winkel.docx",
        "beleid/scan.pdf",
        "beleid/de.txt",
    ]
    for error in root.iter("error"):
        assert set(error.keys()) == {"line", "column", "severity", "message", "source"}
        assert error.get("severity") in ("error", "warning", "info")
        assert int(error.get("line") or 0) >= 1
        assert int(error.get("column") or 0) >= 1
    first = root[0][0]
    assert (first.get("line"), first.get("column"), first.get("source")) == ("41", "5", "policylint.retention")
    assert (root[1][0].get("line"), "(pagina 3, regel 4)" in (root[1][0].get("message") or "")) == ("1", True)
    assert root[3][0].get("source") == "policylint.no-text"
    assert len(root[4]) == 0


# rdjson


def rdjson(*documents: Judgement) -> dict[str, Any]:
    report = json.loads(render_rdjson(run_of(*documents)))
    schema = json.loads((SCHEMAS / "rdjson.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(report)
    return report  # type: ignore[no-any-return]


def test_rdjson() -> None:
    report = rdjson(*ALL.documents)
    assert report["source"]["name"] == "policylint"
    failed, first, *_ = report["diagnostics"]
    assert failed["location"] == {"path": "beleid/scan.pdf"}
    assert first["severity"] == "ERROR"
    assert first["code"]["value"] == "retention"
    assert first["code"]["url"] == RETENTION.law[0].url
    assert first["location"] == {
        "path": "beleid/zonnekorrel.txt",
        "range": {"start": {"line": 41}, "end": {"line": 41}},
    }
    page = next(each for each in report["diagnostics"] if each["location"]["path"] == "beleid/winkel.pdf")
    assert page["location"]["range"]["start"] == {"line": 1}
    assert "(pagina 3, regel 4)" in page["message"]


# Markdown


def test_markdown_shows_what_is_missing_first() -> None:
    report = render_markdown(run_of(WEBSHOP))
    assert report.startswith(f"{MARK}\n## policylint: 2 fouten, 2 waarschuwingen\n")
    rows = [line for line in report.splitlines() if line.startswith("| **")]
    assert [re.match(r"\| \*\*(.+?)\*\* \| (\S+) (.+?) \|", row).groups() for row in rows] == [  # type: ignore[union-attr]
        ("Recht op rectificatie", "❌", "niet gevonden"),
        ("Recht op overdraagbaarheid", "⚠️", "niet gevonden"),
        (
            "Geautomatiseerde besluitvorming",
            "❌",
            "niet gevonden (geldt mogelijk: de tekst spreekt van profielen (regel 33))",
        ),
        ("Bewaartermijn", "❌", "vaag"),
    ]
    assert "hoort onder: Uw rechten (regel 52)" in rows[0]
    assert "regel 41: “Wij bewaren uw gegevens" in rows[3]
    assert "- ⚠️ <code>hedged-rights</code> regel 54: Een recht wordt onder een voorbehoud gegeven" in report
    assert "<details><summary>2 vermeld, 2 niet van toepassing</summary>" in report
    assert "- <code>outdated-term</code> regel 60: citaat uit een brief van 2009, door m.devries" in report


def test_markdown_tells_every_open_finding() -> None:
    # The law does not ask for this requirement, and yet there is a note about it.
    note = replace(missing_right("minors", "x", 8, Severity.INFO), message="Het mag erin staan.", location=at(1, 1, 1))
    report = render_markdown(run_of(replace(WEBSHOP, findings=(note,))))
    assert "- ℹ️ <code>minors</code> Het mag erin staan." in report


def test_markdown_of_a_document_that_was_not_checked() -> None:
    assert "❌ **document niet gecontroleerd**: Geen leesbare tekst gevonden." in render_markdown(
        run_of(WEBSHOP, FAILED)
    )


def test_markdown_fits_in_a_comment() -> None:
    many = tuple(replace(HEDGED, fingerprint=f"f-{number}") for number in range(2000))
    long = render_markdown(run_of(replace(WEBSHOP, findings=many)))
    assert 60_000 < len(long) <= 65_000
    assert "**Niet alles past hier; het volledige rapport noemt ook de rest.**" in long
    assert "Niet alles past hier" not in render_markdown(run_of(WEBSHOP))


def test_markdown_of_hostile_text_is_only_text() -> None:
    report = render_markdown(run_of(HOSTILE))
    parser = MarkdownIt("gfm-like")
    allowed = {MARK, "</details>", "<code>", "</code>", "<sub>", "</sub>"}
    for token in parser.parse(report):
        for each in (token, *(token.children or ())):
            assert each.type not in ("link_open", "image", "fence", "code_block", "hr", "lheading_open")
            if each.type == "html_inline":
                assert each.content in allowed
            if each.type == "html_block":
                assert re.fullmatch(
                    rf"{MARK}\n|<details><summary>[^<>]*</summary>\n|</details>\n|<sub>[^<>]*</sub>\n", each.content
                )
    # No name is called and no issue is named, even after entities have become letters.
    page = parser.render(report)
    assert not re.search(r"[@#]\w", re.sub(r"&#\d+;", "", page))


@pytest.mark.parametrize(
    "text", ["- item", "# kop", "1. een", "> citaat", "a | b", "**vet**", "--- ", "=== ", "www.a.example"]
)
def test_marks_of_markdown_are_letters(text: str) -> None:
    page = MarkdownIt("gfm-like").render(escaped(text))
    shown = page.removeprefix("<p>").removesuffix("</p>\n").replace("\u200b", "").replace("&gt;", ">")
    assert shown == text.strip()


# CSV


def test_the_matrix_has_a_row_per_document_and_a_column_per_requirement() -> None:
    other = replace(WEBSHOP, path="b.txt", requirements=(requirement("cookies", "Cookies", Status.MET),), findings=())
    rows = list(csv.DictReader(io.StringIO(render_csv(run_of(WEBSHOP, other, FAILED)))))
    assert [(row["document"], row["retention"], row["cookies"], row["errors"], row["failure"]) for row in rows] == [
        ("beleid/zonnekorrel.txt", "vague", "", "2", ""),
        ("b.txt", "", "met", "0", ""),
        ("beleid/scan.pdf", "", "", "", "no-text"),
    ]


@pytest.mark.parametrize("path", ["=1+1.txt", "+a.txt", "-a.txt", "@a.txt"])
def test_a_spreadsheet_takes_no_name_for_a_formula(path: str) -> None:
    rows = list(csv.reader(io.StringIO(render_csv(run_of(replace(WEBSHOP, path=path))))))
    assert rows[1][0] == f"'{path}"


def test_addresses_that_are_no_links_stay_out_of_reports() -> None:
    evil = replace(RETENTION, rule="own-rule", law=(Law("x", "javascript:alert(1)"),))
    document = replace(WEBSHOP, findings=(evil,))
    assert "javascript:" not in render_sarif(run_of(document), ())
    assert "javascript:" not in render_rdjson(run_of(document))
