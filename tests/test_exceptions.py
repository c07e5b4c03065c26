"""Exceptions: how they are written, what they cover, and that what they accept never counts and never hides a gap."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import docx_bytes, p

from policylint.cli import run
from policylint.config.sidecar import read_sidecar
from policylint.document import Document, Location, Remark
from policylint.judging.exceptions.acceptance import Acceptance, Names, Selector
from policylint.judging.exceptions.comments import parse_remark
from policylint.judging.exceptions.signing import acceptable, read_remarks, sign
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet
from policylint.lint import lint_bytes
from policylint.reading import read
from policylint.result import Status

pytestmark = pytest.mark.usefixtures("folder")

VAGUE = "Wij bewaren uw persoonsgegevens zolang dat nodig is."
HEAD = "# Privacyverklaring\n\nStichting Zonnehof verwerkt uw naam en e-mailadres."


@cache
def rules() -> RuleSet:
    return load_rules(strict=False)


@cache
def names() -> Names:
    return acceptable(rules().rules)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, in which the built-in rules hold and are read once for all tests."""
    monkeypatch.setattr("policylint.run.load_rules", lambda *_, **__: rules())
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


Check = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Checks documents and gives the exit code and the JSON report (its text on a fault)."""

    def check(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = run(["check", "--format", "json", *arguments])
        captured = capsys.readouterr()
        return code, json.loads(captured.out) if captured.out else {"fault": captured.err}

    return check


def findings(report: dict[str, Any], rule: str, document: int = 0) -> list[dict[str, Any]]:
    return [each for each in report["documents"][document]["findings"] if each["rule"] == rule]


def write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


# ---- how a comment is written


def remark(text: str, block: tuple[int, int] | None = (0, 9), section: tuple[int, int] | None = (0, 20)) -> Remark:
    return Remark(text, Location(1, 1, 1, 9), block, section)


def accepted(text: str) -> Acceptance:
    read = parse_remark(remark(text), names())
    assert isinstance(read, Acceptance), read
    return read


def test_everything_that_an_exception_may_say() -> None:
    read = accepted(
        'accept retention:vague, GDPR-13.2.a unfair "zolang dat nodig is" -- besluit 12; zie ook de notulen; '
        "owner: m.devries; until: 2027-01-31; kind: false-positive"
    )
    assert read.selectors == (Selector("retention", Status.VAGUE), Selector("GDPR-13.2.a"), Selector("unfair"))
    assert (read.quote, read.reason) == ("zolang dat nodig is", "besluit 12; zie ook de notulen")
    assert (read.owner, read.until, read.kind) == ("m.devries", date(2027, 1, 31), "false-positive")
    assert read.area == (0, 9)
    assert accepted("accept-section retention — een reden").area == (0, 20)
    assert accepted("accept-file retention – een reden -- met streepjes").reason == "een reden -- met streepjes"
    assert accepted("accept-file retention -- x").area is None
    assert accepted("accept-file outdated-law “Wbp” -- x").quote == "Wbp"


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("", "geen opdracht", "no directive"),
        ("acept retention -- x", "bedoelt u 'accept'?", "did you mean 'accept'?"),
        ("-disable retention", "'-disable' is geen opdracht", "'-disable' is no directive"),
        ("accept -- x", "welke regel", "names no rule"),
        ("accept retentoin -- x", "bedoelt u 'retention'?", "did you mean 'retention'?"),
        ("accept retention:weak -- x", "noemt geen gebrek", "names no gap"),
        ("accept retention: -- x", "noemt geen gebrek", "names no gap"),
        ("accept unused-exception -- x", "geen regel", "no rule"),
        ("accept retention", "de reden ontbreekt", "lacks the reason"),
        ("accept retention -- ", "de reden ontbreekt", "lacks the reason"),
        ("accept retention -- ; owner: m", "de reden ontbreekt", "lacks the reason"),
        ("accept retention (zie brief)", "'(zie brief)' wordt hier niet begrepen", "is not understood"),
        ("accept retention -- x; utnil: 2027-01-01", "bedoelt u 'until'?", "did you mean 'until'?"),
        ("accept retention -- x; until: 2027-02-30", "geen datum", "no date"),
        ("accept retention -- x; until: 20270131", "geen datum", "no date"),
        ("accept retention -- x; until: morgen", "geen datum", "no date"),
        ("accept retention -- x; owner:", "staat niets", "nothing stands"),
        ("accept retention -- x; owner: a; owner: b", "twee keer", "twice"),
        ("accept retention -- x; owner: a; en nog wat", "niet begrepen", "not understood"),
        ("accept retention -- x; kind: risk", "geen soort", "no kind"),
    ],
)
def test_what_is_wrong_with_an_exception_is_said_in_both_languages(text: str, dutch: str, english: str) -> None:
    read = parse_remark(remark(text), names())
    assert not isinstance(read, Acceptance)
    assert dutch in read.text["nl"]
    assert english in read.text["en"]


def test_an_exception_that_covers_nothing_is_wrong() -> None:
    for text, place in (("accept", remark("accept retention -- x", None)),
                        ("accept-section", remark("accept-section retention -- x", section=None))):  # fmt: skip
        read = parse_remark(place, names())
        assert not isinstance(read, Acceptance), text
        assert "accept-file" in read.text["en"]


@given(st.text(alphabet=st.sampled_from('accept retention:vague"“”;--—ownruil 2027-01-31:,{}%'), max_size=80))
def test_any_comment_is_an_exception_or_is_told_why_not(text: str) -> None:
    for start in ("", "accept retention", "accept retention -- x; "):
        read = parse_remark(remark(start + text), names())
        assert isinstance(read, Acceptance) or set(read.text) == {"nl", "en"}


# ---- where a comment stands


def about(document: Document) -> list[tuple[str, str | None, str | None]]:
    """Of every comment: its text, the block and the section that it is about."""

    def words(span: tuple[int, int] | None) -> str | None:
        return None if span is None else document.text[span[0] : span[1]].replace("\n", "|")

    return [(each.text, words(each.block), words(each.section)) for each in document.remarks]


def test_comments_of_markdown_stand_before_behind_or_in_a_block() -> None:
    text = """<!-- policylint: a -->
# Titel

<!-- policylint: b -->
<!-- policylint: c -->
Eerste alinea. <!-- een ander --> <!-- policylint: d -->

Tweede **alinea**. <!-- policylint: e --> Vervolg van de tweede.

## Rechten
- een <!-- policylint: f -->
- twee

<!-- policylint:
     g
     h -->
"""
    whole = "Titel|Eerste alinea.|Tweede alinea. Vervolg van de tweede.|Rechten|een|twee"
    assert about(read("a.md", text.encode())) == [
        ("a", "Titel", None),
        ("b", "Eerste alinea.", whole),
        ("c", "Eerste alinea.", whole),
        ("d", "Eerste alinea.", whole),
        ("e", "Tweede alinea. Vervolg van de tweede.", whole),
        ("f", "een", "Rechten|een|twee"),
        ("g h", None, "Rechten|een|twee"),
    ]


def test_comments_of_a_web_page_are_about_the_element_that_they_stand_in() -> None:
    text = (
        "<!doctype html><body><main><h1>Titel</h1><!-- policylint: a --><p>Eerste <b>alinea</b>\n"
        "<!-- policylint: b -->\n</p><ul><li>een<!-- policylint: c --></li><!-- policylint: d --><li>twee</li></ul>"
    )
    found = [(name, block) for name, block, _ in about(read("a.html", text.encode()))]
    assert found == [("a", "Eerste alinea"), ("b", "Eerste alinea"), ("c", "een"), ("d", "twee")]


def test_the_place_of_a_comment_is_its_line_and_column() -> None:
    document = read("a.md", b"# T\r\n\r\nEen zin. <!-- policylint: a\r\n b -->\r\n")
    (found,) = document.remarks
    assert (found.location.line, found.location.column) == (3, 10)
    assert (found.location.end_line, found.location.end_column) == (4, 7)


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- policylint is goed -->",
        "<!-- policylint.org: accept -->",
        "<!-- over policylint: niets -->",
        "<!-- policylint: a",
    ],
)
def test_a_comment_that_only_speaks_of_policylint_is_none(comment: str) -> None:
    assert read("a.md", f"# T\n\nEen zin.\n\n{comment}\n\nNog een zin.".encode()).remarks == ()


def test_plain_text_has_no_comments() -> None:
    assert read("a.txt", b"Een zin. <!-- policylint: accept retention -- x -->").remarks == ()


def test_a_heap_of_comments_is_read_in_linear_time() -> None:
    text = "Een zin. " + "<!-- policylint: accept retention -- x --> " * 20_000
    assert len(read("a.md", text.encode()).remarks) == 20_000


def test_of_thousands_of_comments_the_first_are_read_and_the_next_is_told() -> None:
    acceptances, misspelt = read_remarks([remark("accept retention -- x")] * 20_000, names())
    assert len(acceptances) == 500
    assert [fault.text["en"] for _, fault in misspelt] == ["it stands behind 500 others; no more are read"]


# ---- what it does


def test_an_accepted_finding_does_not_count_and_keeps_the_status_of_the_requirement(check: Check, folder: Path) -> None:
    write(folder / "a.md", f"{HEAD}\n\n{VAGUE}")
    _, plain = check("a.md", "--select", "retention")
    comment = "<!-- policylint: accept retention -- besluit 12; owner: m.devries; until: 2099-01-31 -->"
    write(folder / "a.md", f"{HEAD}\n\n{comment}\n{VAGUE}")
    code, report = check("a.md", "--select", "retention,exceptions", "--fail-on", "info")
    assert (code, report["summary"]["errors"] + report["summary"]["warnings"]) == (0, 0)
    (finding,) = findings(report, "retention")
    assert finding["suppressed"] == {
        "kind": "accepted", "reason": "besluit 12", "owner": "m.devries", "expires": "2099-01-31"
    }  # fmt: skip
    statuses = [
        [(each["rule"], each["status"]) for each in one["documents"][0]["requirements"]] for one in (plain, report)
    ]
    assert statuses[0] == statuses[1] == [("retention", "vague")]
    assert check("a.md", "--select", "retention", "--fail-on", "info", "--no-exceptions")[0] == 1


def test_what_is_absent_is_accepted_for_the_document_alone(check: Check, folder: Path) -> None:
    """A comment beside a clause must not hide that the clause was deleted."""
    for scope, code in (("accept", 1), ("accept-section", 1), ("accept-file", 0)):
        write(
            folder / "a.md",
            f"{HEAD}\n\n## Bewaren\n\n<!-- policylint: {scope} retention -- x -->\nEen zin over fietsen.",
        )
        assert check("a.md", "--select", "retention", "--fail-on", "info")[0] == code, scope
    write(folder / "a.md", f"{HEAD}\n\n<!-- policylint: accept-file retention:vague -- x -->\n\nEen zin over fietsen.")
    code, report = check("a.md", "--select", "retention,exceptions", "--fail-on", "info")
    assert (code, findings(report, "unused-exception") != []) == (1, True)


def test_an_expired_exception_accepts_nothing_and_is_reported(check: Check, folder: Path) -> None:
    write(folder / "a.md", f"{HEAD}\n\n<!-- policylint: accept retention -- x; until: 2030-06-30 -->\n{VAGUE}")
    arguments = ("a.md", "--select", "retention,exceptions", "--fail-on", "info")
    assert check(*arguments, "--as-of", "2030-06-30")[0] == 0
    code, report = check(*arguments, "--as-of", "2030-07-01")
    assert code == 1
    assert findings(report, "retention")[0]["suppressed"] is None
    (expired,) = findings(report, "expired-exception")
    assert (expired["line"], expired["severity"]) == (5, "warning")
    assert "30 juni 2030" in expired["message"]
    assert findings(report, "unused-exception") == []


def test_an_earlier_day_of_the_law_revives_no_exception(check: Check, folder: Path) -> None:
    write(folder / "a.md", f"{HEAD}\n\n<!-- policylint: accept retention -- x; until: 2020-06-30 -->\n{VAGUE}")
    assert check("a.md", "--select", "retention", "--fail-on", "info", "--as-of", "2020-01-01")[0] == 1


def test_a_selector_that_accepts_nothing_is_reported_if_its_rule_was_asked(check: Check, folder: Path) -> None:
    write(folder / "a.md", f"{HEAD}\n\n<!-- policylint: accept retention, outdated-law -- x -->\n{VAGUE}")
    _, report = check("a.md", "--select", "retention,outdated-law,exceptions")
    (unused,) = findings(report, "unused-exception")
    assert "outdated-law" in unused["message"]
    assert "retention" not in unused["message"]
    _, report = check("a.md", "--select", "retention,exceptions")
    assert findings(report, "unused-exception") == []


def test_a_misspelt_exception_is_a_finding_with_its_place(check: Check, folder: Path) -> None:
    write(folder / "a.md", f"{HEAD}\n\n{VAGUE} <!-- policylint: accept retentoin -- x -->")
    code, report = check("a.md", "--select", "retention,exceptions", "--fail-on", "invalid-exception")
    (invalid,) = findings(report, "invalid-exception")
    assert (code, invalid["line"], invalid["column"]) == (1, 5, len(VAGUE) + 2)
    assert "bedoelt u 'retention'?" in invalid["message"]
    assert invalid["quote"] == "accept retentoin -- x"


def test_the_quote_narrows_an_exception(check: Check, folder: Path) -> None:
    for words, code in (("ZOLANG  dat", 0), ("zeven jaar", 1)):
        write(folder / "a.md", f'{HEAD}\n\n<!-- policylint: accept-file retention "{words}" -- x -->\n\n{VAGUE}')
        assert check("a.md", "--select", "retention", "--fail-on", "info")[0] == code, words


def test_a_report_for_people_names_who_accepted_what(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    comment = "<!-- policylint: accept retention -- besluit \x1b[31m12; owner: m.devries -->"
    write(folder / "a.md", f"{HEAD}\n\n{comment}\n{VAGUE}")
    run(["check", "a.md", "-v", "--select", "retention"])
    shown = capsys.readouterr().out
    assert "Bewust aanvaard" in shown
    assert "door m.devries" in shown
    assert "\x1b" not in shown
    run(["check", "a.md", "-q", "--select", "retention"])
    assert capsys.readouterr().out == ""


# ---- files of exceptions

ENTRY = '[[exception]]\nrules = "retention"\nreason = "besluit 12"\nowner = "m.devries"\nuntil = 2099-01-31\n'


def test_a_file_beside_a_document_holds_for_it_alone(check: Check, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write(folder / name, f"Privacyverklaring. {VAGUE}")
    write(folder / "a.txt.exceptions.toml", ENTRY)
    code, report = check("a.txt", "b.txt", "--select", "retention", "--fail-on", "info")
    assert code == 1
    assert findings(report, "retention", 0)[0]["suppressed"]["owner"] == "m.devries"
    assert findings(report, "retention", 1)[0]["suppressed"] is None


def test_the_configured_file_holds_for_what_its_patterns_fit(check: Check, folder: Path) -> None:
    (folder / "site").mkdir()
    for name in ("site/a.txt", "site/b.txt"):
        write(folder / name, f"Privacyverklaring. {VAGUE}")
    write(folder / "policylint.toml", 'exceptions = "legal/signed.toml"\n')
    (folder / "legal").mkdir()
    write(folder / "legal" / "signed.toml", ENTRY + 'files = "../site/a*"\n')
    _, report = check("site", "--select", "retention,exceptions")
    assert [findings(report, "retention", n)[0]["suppressed"] is None for n in (0, 1)] == [False, True]
    assert [findings(report, "unused-exception", n) for n in (0, 1)] == [[], []]


def test_an_entry_is_of_use_if_any_of_its_documents_needs_it(check: Check, folder: Path) -> None:
    write(folder / "a.txt", "Privacyverklaring. Wij bewaren uw persoonsgegevens zeven jaar.")
    write(folder / "b.txt", f"Privacyverklaring. {VAGUE}")
    write(folder / "signed.toml", ENTRY + 'files = "*.txt"\n')
    write(folder / "policylint.toml", 'exceptions = "signed.toml"\n')
    _, report = check("a.txt", "b.txt", "--select", "retention,exceptions")
    assert [findings(report, "unused-exception", n) for n in (0, 1)] == [[], []]
    _, report = check("a.txt", "--select", "retention,exceptions")
    (unused,) = findings(report, "unused-exception")
    assert "retention (signed.toml:2)" in unused["message"]
    assert unused["line"] == 1


def test_text_from_an_editor_has_the_exceptions_of_its_file(
    check: Check, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "a.txt.exceptions.toml", ENTRY)
    for name, accepted in (("a.txt", True), ("b.txt", False), ("x" * 300 + ".txt", False)):
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(f"Privacyverklaring. {VAGUE}".encode())))
        _, report = check("-", "--stdin-filename", name, "--select", "retention")
        assert (findings(report, "retention")[0]["suppressed"] is not None) is accepted


def test_an_entry_may_name_one_finding(check: Check, folder: Path) -> None:
    write(folder / "a.txt", f"Privacyverklaring. {VAGUE}")
    _, report = check("a.txt", "--select", "retention")
    fingerprint = findings(report, "retention")[0]["fingerprint"]
    for name, code in ((fingerprint, 0), ("0" * 16, 1)):
        write(folder / "a.txt.exceptions.toml", ENTRY + f'fingerprint = "{name}"\n')
        assert check("a.txt", "--select", "retention", "--fail-on", "info")[0] == code


def test_an_expired_entry_accepts_nothing_and_is_reported(check: Check, folder: Path) -> None:
    write(folder / "a.txt", f"Privacyverklaring. {VAGUE}")
    write(folder / "a.txt.exceptions.toml", ENTRY.replace("2099", "2020"))
    code, report = check("a.txt", "--select", "retention,exceptions", "--fail-on", "info")
    (expired,) = findings(report, "expired-exception")
    assert code == 1
    assert "31 januari 2020 (a.txt.exceptions.toml:2)" in expired["message"]


def test_a_word_document_has_a_file_of_exceptions_and_its_places_are_paragraphs(check: Check, folder: Path) -> None:
    (folder / "a.docx").write_bytes(docx_bytes(p("Privacyverklaring") + p(VAGUE)))
    write(folder / "a.docx.exceptions.toml", ENTRY + ENTRY.replace("retention", "cookies").replace("2099", "2020"))
    _, report = check("a.docx", "--select", "retention,cookies,exceptions")
    assert findings(report, "retention")[0]["suppressed"]["reason"] == "besluit 12"
    (expired,) = findings(report, "expired-exception")
    assert (expired["paragraph"], expired["line"]) == (1, None)
    assert "(a.docx.exceptions.toml:7)" in expired["message"]


COMMENTS = (
    "<!-- policylint: accept requirements, unfair, leftovers, quality, clarity -- x -->",
    "<!-- policylint: accept-section retention:vague -- x; until: 2020-01-01 -->",
    "<!-- policylint: accept-file requirements outdated -- x; kind: not-applicable -->",
    "<!-- policylint: accept nothing -->",
)
PARTS = ("## Bewaren", VAGUE, "Wij houden ons aan de Wet bescherming persoonsgegevens.", "Wij verkopen fietsen.")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PARTS)), st.sampled_from(COMMENTS), st.booleans()), max_size=4))
def test_no_exception_changes_what_is_read_or_a_status(placed: list[tuple[int, str, bool]]) -> None:
    """Nor a finding: it stays the same one, accepted or not."""
    parts = [HEAD, *PARTS]
    for place, comment, behind in placed:
        parts[place] = f"{parts[place]} {comment}" if behind else f"{comment}\n\n{parts[place]}"
    plain, signed = (
        lint_bytes("a.md", "\n\n".join(text).encode(), rules(), as_of=date(2026, 11, 1))
        for text in ((HEAD, *PARTS), parts)
    )
    assert [each.status for each in plain.requirements] == [each.status for each in signed.requirements]
    assert plain.words == signed.words
    acceptances, _ = read_remarks(signed.remarks, names())
    applied = sign(signed.findings, acceptances, names(), date(2026, 11, 1)).findings
    assert [each.fingerprint for each in applied] == [each.fingerprint for each in plain.findings]


@pytest.mark.parametrize(
    ("entry", "fault", "line"),
    [
        ('rules = "retention"', "'exception' needs 'reason'", 1),
        ('reason = "x"', "'exception' needs 'rules'", 1),
        ('rules = "retention"\nreason = ""', "'reason' is a text", 3),
        ('rules = "retention"\nreason = "  "', "'reason' is empty", 3),
        ('rules = "retentoin"\nreason = "x"', "did you mean 'retention'?", 2),
        ('rules = ["cookies", "retention:weak"]\nreason = "x"', "names no gap", 2),
        ('rules = "retention"\nreason = "x"\nuntil = "2027-01-31"', "a date such as 2026-01-31, without quotes", 4),
        ('rules = "retention"\nreason = "x"\nuntil = 2027-02-30', "this is no TOML", 4),
        ('rules = "retention"\nreason = "x"\nutnil = 2027-01-31', "did you mean 'until'?", 4),
        ('rules = "retention"\nreason = "x"\nkind = "risk"', "one of accepted, false-positive", 4),
        ('rules = "retention"\nreason = "x"\nfiles = "*.txt"', "unknown key 'files'", 4),
    ],
)
def test_a_faulty_file_of_exceptions_is_refused_with_line_and_caret(
    check: Check, folder: Path, entry: str, fault: str, line: int
) -> None:
    write(folder / "a.txt", f"Privacyverklaring. {VAGUE}")
    write(folder / "a.txt.exceptions.toml", f"[[exception]]\n{entry}\n")
    code, report = check("a.txt")
    assert code == 2
    assert fault in report["fault"]
    assert f"a.txt.exceptions.toml:{line}:" in report["fault"]
    assert "^" in report["fault"]


def test_a_configured_file_must_be_there_and_is_verified(
    check: Check, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.txt", f"Privacyverklaring. {VAGUE}")
    write(folder / "policylint.toml", 'exceptions = "signed.toml"\n')
    code, report = check("a.txt")
    assert (code, "there is no such file of exceptions" in report["fault"]) == (2, True)
    write(folder / "signed.toml", ENTRY.replace("retention", "retentoin") + 'files = "*.txt"\n')
    assert run(["config", "verify"]) == 2
    assert "did you mean 'retention'?" in capsys.readouterr().err


# ---- the documentation


def documented(language: str) -> str:
    guide = Path(__file__).parent.parent / "docs" / "ci.md"
    part = guide.read_text("utf-8").partition("\n## Exceptions\n")[2].partition("\n## ")[0]
    return part.partition(f"```{language}\n")[2].partition("```")[0]


def test_the_documented_comments_are_exceptions() -> None:
    text = "# Privacy\n\n" + documented("html").replace("-->", "-->\n\nA sentence.\n")
    remarks = read("a.md", text.encode()).remarks
    assert len(remarks) == 4
    assert all(isinstance(parse_remark(each, names()), Acceptance) for each in remarks)


def test_the_documented_file_is_one_of_exceptions(folder: Path) -> None:
    write(folder / "signed.toml", documented("toml"))
    sidecar = read_sidecar(folder / "signed.toml", is_beside=False)
    sidecar.check(names())
    (found,) = sidecar.for_file("contracts/a.docx")
    assert (found.owner, found.until, found.kind) == ("j.smith", date(2027, 1, 31), "accepted")
    assert sidecar.for_file("contracts/a.pdf") == []
