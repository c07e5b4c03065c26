"""Two versions of one policy: what differs is told with both quotes, and what does not is left alone."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from policylint.cli import run
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet

ROOT = Path(__file__).parent.parent
DUTCH = ROOT / "samples" / "two-languages" / "webshop-nl.md"
ENGLISH = ROOT / "samples" / "two-languages" / "webshop-en.md"
TEXTS = Path(__file__).parent / "parity_texts"
"""Pairs of versions that agree, each written as its language does; none of it is to be told as a difference."""


class Planted(NamedTuple):
    """A difference made in an English version, and how it is to be told."""

    old: str
    new: str
    kind: str
    dutch: str | None
    english: str | None
    sure: bool = True


PLANTED = {
    "shop": (
        Planted(" and portability of your data", " of your data", "right", "met", None),
        Planted("(Article 6(1)(c) GDPR)", "(Article 6(1)(e) GDPR)", "legal-basis", None, "Article 6(1)(e)"),
        Planted("for 8 weeks", "for nine weeks", "period", "acht weken", "nine weeks"),
        Planted("within one month", "within two months", "period", "een maand", "two months"),
        Planted("the age of 16", "the age of 13", "age", "jonger dan 16 jaar", "under the age of 13"),
        Planted("the carrier PostNL", "the carrier DHL", "recipient", "PostNL", "DHL"),
        Planted("with Mollie", "with Mollie and Snelvink Ltd for payments", "recipient", None, "Snelvink Ltd"),
        Planted("the United States", "India", "country", "Verenigde Staten", "India"),
        Planted("We do not take decisions", "We take decisions", "denial", "geautomatiseerd", None),
        Planted("Hoekstra, fg@", "Hoekstra, dpo@", "email", "fg@terwadden-glas.example", "dpo@terwadden-glas.example"),
        Planted("20 624 1111", "20 624 1112", "phone", "020 624 11 11", "+31 20 624 1112"),
        Planted("PO Box 212", "PO Box 221", "address", "Postbus 212", "PO Box 221"),
        Planted("glas.nl/en/contact", "wad.nl/en", "web", "www.terwadden-glas.nl/contact", "www.terwadden-wad.nl/en"),
        Planted("number 87654321", "number 87654312", "number", "87654321", "87654312"),
        Planted("1 March 2026", "1 May 2026", "date", "1 maart 2026", "1 May 2026"),
        Planted("Version 2.1", "Version 2.2", "version", "Versie 2.1", "Version 2.2"),
        Planted("6(1)(e) GDPR)", "6(1)(e) GDPR)", "law", "artikel 6 lid 1 onder c", "Article 6(1)(e)"),
        Planted("€5.00", "€7.50", "amount", "€ 5,00", "€7.50"),
        Planted("company Noordkabel", "company Zuidkabel", "recipient", "Noordkabel", "Zuidkabel", sure=False),
    ),
    "school": (
        Planted("have their use restricted, ", "", "right", "met", None),
        Planted("have a legal obligation", "have good reasons", "legal-basis", "wettelijke plicht", None),
        Planted("seven (7) years", "ten (10) years", "period", "zeven jaar", "ten (10) years"),
        Planted("Google Analytics", "Matomo", "recipient", "Google", "Matomo"),
        Planted("We never sell your data.", "We may sell your data.", "denial", "verkopen", None),
        Planted("to our accountant and,", "and,", "recipient", "accountant", None, sure=False),
        Planted("of Deventer,", "of Deventer and Vlinderbos Cloud,", "recipient", None, "Vlinderbos Cloud", sure=False),
    ),
}


@cache
def rules() -> RuleSet:
    """The built-in rules, read once for all tests."""
    return load_rules(strict=False)


def agreeing(english: str) -> str:
    """The English sample with its planted differences taken out."""
    for planted, meant in (
        ("for five years", "for seven years"),
        ("aged 13 or over", "aged 16 or over"),
        (
            "Lichtkreek Betalingen B.V. and to Snelvink Analytics Ltd in the United States.",
            "Lichtkreek Betalingen B.V. We do not pass your data on to countries outside the EEA.",
        ),
        ("within one month.", "within one month.\n\nYou can complain to the Dutch Data Protection Authority."),
    ):
        assert planted in english
        english = english.replace(planted, meant)
    return english


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the two versions and one that agrees."""
    monkeypatch.setattr("policylint.run.load_rules", lambda *_, **__: rules())
    (tmp_path / "nl.md").write_bytes(DUTCH.read_bytes())
    (tmp_path / "en.md").write_bytes(ENGLISH.read_bytes())
    (tmp_path / "same.md").write_text(agreeing(ENGLISH.read_text("utf-8")), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def compared(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    code = run(["parity", *arguments, "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def told(record: dict[str, object], *, all_of_them: bool = False) -> list[tuple[object, ...]]:
    differences = record["differences"]
    assert isinstance(differences, list)
    return [
        (each["kind"], each["title"], *((side or {}).get("text") for side in (each["first"], each["second"])))
        for each in differences
        if each["sure"] or all_of_them
    ]


@pytest.mark.parametrize("pair", PLANTED)
def test_versions_that_agree_have_no_difference_whatever_their_languages_write(
    pair: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, record = compared(capsys, str(TEXTS / f"{pair}-nl.md"), str(TEXTS / f"{pair}-en.md"))
    assert (code, record["differences"]) == (0, [])


@pytest.mark.parametrize("pair", PLANTED)
def test_every_planted_difference_is_told_by_weight_and_nothing_else(
    pair: str, capsys: pytest.CaptureFixture[str]
) -> None:
    english = (TEXTS / f"{pair}-en.md").read_text("utf-8")
    for planted in PLANTED[pair]:
        assert planted.old in english
        english = english.replace(planted.old, planted.new)
    Path("b.md").write_text(english, "utf-8")
    code, record = compared(capsys, str(TEXTS / f"{pair}-nl.md"), "b.md")
    assert code == 1
    expected = [
        (each.kind, each.dutch, each.english) for sure in (True, False) for each in PLANTED[pair] if each.sure is sure
    ]
    assert [(kind, *sides) for kind, _, *sides in told(record, all_of_them=True)] == expected


def test_the_difference_of_a_right_names_it_and_shows_where_the_other_version_lacks_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("en.md").write_text(ENGLISH.read_text("utf-8").replace("portability and ", ""), "utf-8")
    run(["parity", "nl.md", "en.md"])
    out = capsys.readouterr().out
    assert "Alleen in het Nederlands: Recht op overdraagbaarheid van gegevens" in out
    assert "EN  niet gevonden; vergelijk regel 21: “You have the right of access" in out


def test_the_versions_may_be_named_in_any_order(capsys: pytest.CaptureFixture[str]) -> None:
    _, one = compared(capsys, "nl.md", "en.md", "--report-lang", "en")
    _, other = compared(capsys, "en.md", "nl.md", "--report-lang", "en")
    assert [(kind, title, second, first) for kind, title, first, second in told(one)] == told(other)


def test_versions_that_say_the_same_agree(capsys: pytest.CaptureFixture[str]) -> None:
    code, record = compared(capsys, "nl.md", "same.md")
    assert (code, told(record)) == (0, [])
    assert run(["parity", "nl.md", "same.md", "--report-lang", "en"]) == 0


def test_a_text_agrees_with_itself_and_the_report_says_that_it_is_one_language(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["parity", "nl.md", str(DUTCH)]) == 0
    out = capsys.readouterr().out
    assert "Beide teksten zijn in dezelfde taal." in out
    assert "Ja, voor zover dat te vergelijken is." in out


@pytest.mark.parametrize(
    ("dutch", "english", "same"),
    [
        ("dertig dagen", "one month", True),
        ("twaalf maanden", "one year", True),
        ("20 dagen", "21 days", False),
        ("24 maanden", "25 months", False),
        ("een jaar", "365 days", True),
        ("negentig dagen", "three months", True),
        ("twee weken", "14 days", True),
        ("zeven jaar", "six years", False),
        ("1 mei 2026", "1 May 2026", True),
        ("1 mei 2026", "2 May 2026", False),
        ("mei 2026", "1 May 2026", True),
        ("€ 1.250,50", "EUR 1,250.50", True),
        ("+31 20 624 11 11", "020 624 1111", True),
    ],
)
def test_values_are_compared_across_languages(
    dutch: str, english: str, same: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.md").write_text(
        f"# Privacyverklaring\n\nWij verwerken uw persoonsgegevens hier in huis: {dutch}.\n", "utf-8"
    )
    Path("b.md").write_text(f"# Privacy policy\n\nWe process your personal data in our house: {english}.\n", "utf-8")
    _, record = compared(capsys, "a.md", "b.md")
    values = [each for each in told(record) if each[0] != "requirement"]
    assert (values == []) is same


def test_periods_that_changed_places_are_to_be_read_again(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(
        "# Privacy\n\nFacturen bewaren wij zeven jaar. Sollicitaties bewaren wij twee jaar. Wij verwerken gegevens.\n"
    )
    Path("b.md").write_text(
        "# Privacy\n\nInvoices are kept for two years. Applications are kept for seven years. We process your data.\n"
    )
    run(["parity", "a.md", "b.md", "--report-lang", "en"])
    out = capsys.readouterr().out
    assert "Perhaps: 1 place to read again." in out
    assert "NL  line 3: “Sollicitaties bewaren wij «twee jaar».”" in out
    assert "EN  line 3: “Invoices are kept for «two years».”" in out


def test_a_period_that_the_other_version_gives_to_something_else_is_to_be_read_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("a.md").write_text(
        "# Privacy\n\nFacturen bewaren wij zeven jaar. Vragen bewaren wij twee jaar. Klachten bewaren wij zeven jaar.\n"
    )
    Path("b.md").write_text(
        "# Privacy\n\nInvoices are kept for seven years. Questions are kept for two years. Complaints: two years.\n"
    )
    _, record = compared(capsys, "a.md", "b.md")
    assert ("order", None, "zeven jaar", "two years") in told(record, all_of_them=True)


def test_values_of_other_things_are_not_told_as_one_difference(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text("# Privacy\n\nWij verwerken gegevens. Facturen bewaren wij zeven jaar voor de fiscus.\n")
    Path("b.md").write_text("# Privacy\n\nWe process your data. You hear from us within 90 days of your request.\n")
    _, record = compared(capsys, "a.md", "b.md")
    assert ("period", None, "zeven jaar", None) in told(record)


def test_an_address_inside_another_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text("# Privacy\n\nVragen over privacy: jan@lindegaard.example.\n")
    Path("b.md").write_text("# Privacy\n\nQuestions on privacy: marjan@lindegaard.example.\n")
    _, record = compared(capsys, "a.md", "b.md")
    mails = [each for each in told(record) if each[0] == "email"]
    assert {side for each in mails for side in each[2:] if side} == {
        "jan@lindegaard.example",
        "marjan@lindegaard.example",
    }


def test_the_report_answers_first_and_quotes_both_versions_in_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.md").write_text(Path("same.md").read_text("utf-8").replace("for seven years", "for five years"), "utf-8")
    assert run(["parity", "nl.md", "b.md", "--report-lang", "en"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        """\
Do these versions say the same?
No: 1 difference.

NL  nl.md
EN  b.md

Periods
  - “zeven jaar” / “five years”
    NL  line 13: “Facturen bewaren wij «zeven jaar» vanwege de fiscale
        bewaarplicht.”
    EN  line 13: “We keep invoices for «five years» because tax law requires
        it.”

"""
    )
    assert max(map(len, out.splitlines())) <= 80


def test_quoted_words_steer_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    evil = "# Privacy\n\nWe keep your personal data for \x1b[31m `three years` <b>::error::x\n"
    Path("evil.md").write_text(evil, "utf-8")
    for form in ("text", "markdown"):
        run(["parity", "nl.md", "evil.md", "--format", form])
        out = capsys.readouterr().out
        assert "\x1b" not in out
        assert "::error::" not in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nl.md", "gone.md"], "gone.md: Er is geen bestand of map met deze naam."),
        ([".", "nl.md"], ". is more than one document"),
        (["nl.md", "empty.md"], "empty.md: "),
    ],
)
def test_what_cannot_be_compared(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.md").write_text("")
    assert run(["parity", *arguments]) == 2
    assert capsys.readouterr().err.startswith(f"policylint: {message}")
