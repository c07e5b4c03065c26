"""The whole way through the house, on texts of one paragraph or two."""

from __future__ import annotations

import io
from datetime import date

import pytest
from expected_answers import AS_OF, rules
from hypothesis import given, settings
from hypothesis import strategies as st

from policylint.lint import lint_bytes
from policylint.result import Applies, Judgement, Requirement, Result, Severity, Status

DUTCH = (
    "Stichting Zonnehof, Kade 12, 3011 AB Rotterdam (post@zonnehof.example), is de verwerkingsverantwoordelijke. "
    "Wij bewaren uw facturen zeven jaar, omdat de belastingwet dat van ons vraagt."
)
ENGLISH = (
    "You have the right to access the personal data that we hold about you and to have it corrected. "
    "You can also lodge a complaint with the Information Commissioner's Office."
)
GERMAN = (
    "Wir verarbeiten Ihre personenbezogenen Daten nur, soweit dies zur Bereitstellung einer funktionsfähigen Website "
    "erforderlich ist. Sie haben jederzeit das Recht auf Auskunft über die zu Ihrer Person gespeicherten Daten."
)


def judged(text: str, *, as_of: date = AS_OF, **options: str) -> Judgement:
    return lint_bytes("text.txt", text.encode(), rules(), as_of=as_of, **options)  # type: ignore[arg-type]


def requirement(judgement: Judgement, rule: str) -> Requirement:
    (found,) = (each for each in judgement.requirements if each.rule == rule)
    return found


def test_a_document_carries_what_was_read() -> None:
    judgement = judged(DUTCH)
    assert judgement.failure is None
    assert (judgement.path, judgement.kind, judgement.language, judgement.encoding) == (
        "text.txt",
        "policy",
        "nl",
        "utf-8",
    )
    assert judgement.jurisdiction is not None
    place = judgement.jurisdiction.location
    assert judgement.jurisdiction.code == "NL" and place is not None and place.line == 1
    assert judgement.characters == len(DUTCH)
    assert len(judgement.requirements) == len([rule for rule in rules().rules if rule.is_requirement])


def test_evidence_is_where_it_says() -> None:
    text = f"Privacyverklaring\n\n{DUTCH}"
    (evidence,) = requirement(judged(text), "retention").evidence
    line = text.splitlines()[(evidence.location.line or 0) - 1]
    assert line[(evidence.location.column or 0) - 1 :].startswith("Wij bewaren uw facturen zeven jaar")
    assert "zeven jaar" in evidence.quote[slice(*evidence.focus)]


def test_a_gap_is_a_finding_with_the_same_fingerprint_wherever_the_text_moves() -> None:
    first = judged(DUTCH).findings
    moved = judged("\n\n\n" + DUTCH).findings
    assert first
    assert {each.fingerprint for each in first} == {each.fingerprint for each in moved}


def test_losing_a_clause_is_a_new_finding() -> None:
    before = {each.fingerprint for each in judged(DUTCH).findings}
    after = {each.fingerprint for each in judged(DUTCH.replace("zeven jaar", "zolang als nodig")).findings}
    assert len(after - before) >= 1


def test_a_mixed_text_is_judged_block_by_block() -> None:
    judgement = judged("\n\n".join([DUTCH] * 3 + [ENGLISH] * 3))
    assert judgement.language in ("nl", "en")
    assert {language for language, _ in judgement.languages} == {"nl", "en"}
    assert requirement(judgement, "retention").status is Status.MET
    assert requirement(judgement, "right-access").status is Status.MET
    assert requirement(judgement, "complaint-authority").status is Status.MET


def test_a_paragraph_in_a_third_language_is_no_obstacle() -> None:
    dutch = "Wij bewaren uw gegevens niet langer dan nodig is voor het doel waarvoor wij ze van u hebben gekregen.\n\n"
    french = (
        "Nous traitons les données à caractère personnel de nos clients dans le respect des lois qui les protègent, "
        "et nous gardons ces données aussi longtemps que les clients restent chez nous, mais pas plus longtemps."
    )
    found = judged(f"# Privacyverklaring\n\n{dutch * 8}{french}\n\n{dutch}")
    assert found.failure is None
    assert [language for language, _ in found.languages] == ["nl", "fr"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GERMAN, "unsupported-language"),
        ("https://zonnehof.example/a https://zonnehof.example/b", "no-language"),
        ("Meng bloem en boter, bak dit een uur in de oven en serveer de taart met slagroom.", "not-a-policy"),
        ("  \n ", "empty"),
        ("%PDF-1.7 \x00\x01", "binary"),
    ],
)
def test_what_cannot_be_judged_says_so(text: str, code: str) -> None:
    judgement = judged(text)
    assert judgement.failure is not None
    assert judgement.failure.code == code
    assert judgement.failure.message
    assert judgement.failure.hint
    assert judgement.requirements == judgement.findings == ()


def test_language_and_jurisdiction_can_be_told() -> None:
    judgement = judged(DUTCH, language="nl", jurisdiction="BE")
    assert judgement.language == "nl"
    assert judgement.jurisdiction is not None
    assert judgement.jurisdiction.code == "BE"


@pytest.mark.parametrize(("day", "found"), [("2016-06-01", False), ("2018-05-25", True), ("2026-11-24", True)])
def test_an_act_is_outdated_from_its_day_on(day: str, found: bool) -> None:
    text = "Wij verwerken uw persoonsgegevens volgens de Wet bescherming persoonsgegevens."
    rules_found = {finding.rule for finding in judged(text, as_of=date.fromisoformat(day)).findings}
    assert ("outdated-law" in rules_found) is found


@pytest.mark.parametrize(
    ("text", "called", "model"),
    [
        ("Zonnekorrel bvba verwerkt uw persoonsgegevens.", '"bvba"', "[naam] bv"),
        ("Wij houden ons bij persoonsgegevens aan Richtlijn 95/46/EG.", "Richtlijn 95/46/EG", "[nationale"),
        ("Wij verwerken uw gegevens.\n\nDe betaling verloopt via een SSL-verbinding.", "SSL-verbinding", "TLS (https)"),
    ],
)
def test_each_outdated_reference_has_its_own_name_and_wording_to_use(text: str, called: str, model: str) -> None:
    (finding,) = (each for each in judged(text, language="nl").findings if each.family == "outdated")
    assert called in finding.message
    assert model in finding.model


@pytest.mark.parametrize(
    ("jurisdiction", "act"), [("NL", "Dutch Telecommunications Act"), ("BE", "Belgian Act"), ("UK", "PECR"), ("EU", "")]
)
def test_national_law_is_that_of_the_controller(jurisdiction: str, act: str) -> None:
    cited = [law.reference for law in requirement(judged(DUTCH, jurisdiction=jurisdiction), "cookies").law]
    national = [reference for reference in cited if not reference.startswith(("Directive", "CJEU"))]
    assert len(national) == bool(act)
    assert all(reference.startswith(act) for reference in national)


def test_quoted_words_stand_in_a_message_without_half_a_pair_of_marks() -> None:
    judgement = judged('We do not respond to "Do Not Track" signals. We keep your personal data.', language="en")
    (finding,) = (each for each in judgement.findings if each.rule == "outdated-name")
    assert finding.message.count('"') == 2


@pytest.mark.parametrize(("whose", "said"), [("jouw", "Je kunt"), ("uw", "U kunt")])
def test_wording_to_use_addresses_the_reader_as_the_policy_does(whose: str, said: str) -> None:
    findings = judged(f"Wij verwerken {whose} persoonsgegevens.", language="nl").findings
    (finding,) = (each for each in findings if each.rule == "right-restriction")
    assert finding.model.startswith(said)


@pytest.mark.parametrize(
    ("jurisdiction", "authority"),
    [("NL", "bij de Autoriteit Persoonsgegevens ("), ("BE", "bij de Gegevensbeschermingsautoriteit ("), ("EU", " / ")],
)
def test_wording_to_use_names_the_authority_of_the_jurisdiction(jurisdiction: str, authority: str) -> None:
    findings = judged(DUTCH, language="nl", jurisdiction=jurisdiction).findings
    (finding,) = (each for each in findings if each.rule == "complaint-authority")
    assert authority in finding.model


def test_what_the_text_gives_no_reason_for_weighs_nothing() -> None:
    judgement = judged(DUTCH)
    minors = requirement(judgement, "minors")
    assert (minors.status, minors.applies) == (Status.MISSING, Applies.NO)
    (finding,) = (each for each in judgement.findings if each.rule == "minors")
    assert finding.severity is Severity.INFO


def test_a_reference_that_nobody_verified_is_never_an_error() -> None:
    text = "Wij zijn voor de verwerking van persoonsgegevens aangemeld bij de Registratiekamer, die toezicht houdt."
    (finding,) = (each for each in judged(text).findings if each.rule == "outdated-authority")
    assert not finding.verified
    assert finding.severity is not Severity.ERROR


def test_the_same_text_gives_the_same_verdict() -> None:
    text = "\n\n".join([DUTCH, ENGLISH, DUTCH])
    assert judged(text) == judged(text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *DUTCH.split(),
                *ENGLISH.split(),
                "\n",
                "\n\n",
                "- ",
                "# ",
                "|",
                "niet",
                "geen",
                "\u200b",
                "é",
                "\x1b[31m",
                "<",
            ]
        ),
        max_size=80,
    )
)
def test_every_quote_is_in_the_text_at_its_place(words: list[str]) -> None:
    text = "Wij verwerken uw persoonsgegevens. " + " ".join(words)
    judgement = lint_bytes("text.md", text.encode(), rules(), language="nl", as_of=AS_OF)
    lines = text.split("\n")
    quoted = [evidence for each in judgement.requirements for evidence in each.evidence]
    for place in [*quoted, *(finding for finding in judgement.findings if finding.quote)]:
        line = lines[(place.location.line or 0) - 1]
        first = place.quote.split()[0]
        assert line[(place.location.column or 0) - 1 :].replace("\u200b", "").startswith(first[:1])


def test_what_the_user_states_goes_before_what_the_text_shows() -> None:
    silent = judged(DUTCH)
    told = lint_bytes("text.txt", DUTCH.encode(), rules(), as_of=AS_OF, facts={"children": True})
    assert requirement(silent, "minors").applies is Applies.NO
    assert requirement(told, "minors").applies is Applies.YES
    (finding,) = (each for each in told.findings if each.rule == "minors")
    assert finding.severity is Severity.WARNING
    (fact,) = (each for each in told.facts if each.name == "children")
    assert (fact.value, fact.reason, fact.location) == (True, "u gaf op: children=yes.", None)


@pytest.mark.parametrize(
    ("fact", "rule", "heavy", "light"),
    [
        ("children", "minors", Severity.WARNING, Severity.INFO),
        ("dpo", "dpo-contact", Severity.WARNING, Severity.INFO),
        ("transfers", "transfers", Severity.ERROR, Severity.INFO),
        ("special-categories", "special-categories", Severity.ERROR, None),
        ("outside-eea", "eu-representative", Severity.ERROR, None),
    ],
)
def test_a_stated_fact_is_the_weight_of_a_gap(fact: str, rule: str, heavy: Severity, light: Severity | None) -> None:
    for value, expected in ((True, heavy), (False, light)):
        judgement = lint_bytes("text.txt", DUTCH.encode(), rules(), as_of=AS_OF, facts={fact: value})
        assert requirement(judgement, rule).applies is (Applies.YES if value else Applies.NO)
        severities = [found.severity for found in judgement.findings if found.rule == rule]
        assert severities == ([expected] if expected else [])


def test_a_public_body_must_have_an_officer_but_others_may() -> None:
    officer = f"{DUTCH}\n\nWij hebben een functionaris voor gegevensbescherming."
    asked = {
        (text, value): requirement(
            lint_bytes("text.txt", text.encode(), rules(), as_of=AS_OF, facts={"public-body": value}), "dpo-contact"
        ).applies
        for text in (DUTCH, officer)
        for value in (True, False)
    }
    assert asked == {
        (DUTCH, True): Applies.YES,
        (DUTCH, False): Applies.NO,
        (officer, True): Applies.YES,
        (officer, False): Applies.YES,
    }


def test_what_the_text_shows_is_a_fact_with_its_line() -> None:
    text = f"{DUTCH}\n\nOnze lessen zijn voor kinderen."
    (fact,) = (each for each in judged(text).facts if each.name == "children")
    assert fact.value and fact.location is not None and fact.location.line == 3


def test_what_a_short_text_lacks_is_one_finding_to_its_reader() -> None:
    from policylint.report.entries import entries

    judgement = judged("Wij van Zonnehof gaan zorgvuldig om met uw gegevens.")
    missing = [finding for finding in judgement.findings if finding.status is Status.MISSING]
    assert len(missing) > 8
    assert len([entry for entry in entries(judgement.findings) if entry.first in missing]) == 1


def test_what_is_no_policy_never_passes_because_of_a_selection() -> None:
    terms = "# Algemene voorwaarden\n\nDoor te bestellen sluit u een overeenkomst. Uw gegevens gebruiken wij."
    selected = rules().only([rule for rule in rules().rules if rule.id == "retention"])
    judgement = lint_bytes("terms.md", terms.encode(), selected, language="nl", as_of=AS_OF)
    assert judgement.failure is not None
    assert judgement.failure.code == "not-a-policy"


@pytest.mark.parametrize(
    "text",
    [
        "Wij van Zonnehof gaan zorgvuldig om met uw gegevens en gebruiken ze alleen voor uw bestelling.",
        "Zonnehof Ltd respects your privacy. By using this site you agree to this policy. Your IP address is "
        "anonymous. We keep data as long as necessary under the Data Protection Act 1998 and the Privacy Shield. "
        "Lorem ipsum dolor. "
        "We may charge a fee for access and always need a copy of your passport. Mail [e-mail] or info@example.com. "
        "We never share your data. We share your data with Google and Meta for advertising. You waive all rights.",
    ],
)
def test_the_report_on_one_paragraph_has_at_most_25_lines(text: str) -> None:
    from policylint.report.page import Page
    from policylint.report.terminal import write_report

    judgement = judged(text)
    stream = io.StringIO()
    write_report(Result("1", "1", "2026-11-25", (judgement,)), stream, Page(width=80))
    assert len(stream.getvalue().splitlines()) <= 25
    shown = " ".join(stream.getvalue().split())
    for each in judgement.requirements:
        assert each.status is Status.NOT_APPLICABLE or each.applies is Applies.NO or each.title in shown
