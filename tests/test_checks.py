"""Checks by themselves: what they find in a text, and that long texts do not slow them down."""

from __future__ import annotations

from datetime import date

import pytest

from policylint.analysis.units import analyse
from policylint.builtin import rules_folder
from policylint.judging.checks import CHECKS, Case
from policylint.judging.checks.clarity import syllables_of
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet
from policylint.reading import read


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules(rules_folder())


def case(text: str, rules: RuleSet, language: str = "nl", path: str = "policy.md") -> Case:
    document = read(path, text.encode())
    languages = [language] * len(document.blocks)
    return Case(analyse(document, languages, rules.vocabulary), language, language, "NL", date(2026, 1, 1))


def found(check: str, text: str, rules: RuleSet, language: str = "nl", path: str = "policy.md") -> list[str]:
    """The words that a check finds."""
    looked_at = case(text, rules, language, path)
    return [looked_at.analysis.document.text[spot.start : spot.end] for spot in CHECKS[check].look(looked_at)]


class TestLeftovers:
    @pytest.mark.parametrize(
        "text",
        [
            "Wij noemen dat a[i] in de tabel.",
            "Uw naam en uw bedrijfsnaam bewaren wij.",
            "Bel 06-51239876 of 020-5557812.",
            "Wij gebruiken R&D; dat is onderzoek.",
        ],
    )
    def test_what_only_looks_like_one(self, text: str, rules: RuleSet) -> None:
        assert found("leftover-text", text, rules) == []

    def test_residue_touching_a_placeholder_is_one_spot(self, rules: RuleSet) -> None:
        assert found("leftover-text", "Mail [email protected].[a][b]", rules) == ["[email protected]", "[a][b]"]


class TestBrokenContact:
    @pytest.mark.parametrize(
        ("text", "broken"),
        [
            ("Zie http:/plumwerk.nl/a.", ["http:/plumwerk.nl/a"]),
            ("Zie https//plumwerk.nl.", ["https//plumwerk.nl"]),
            ("Zie https://https://plumwerk.nl.", ["https://https://plumwerk.nl"]),
            ("Mail info@@plumwerk.nl.", ["info@@plumwerk.nl"]),
            ("Mail info@.plumwerk.nl.", ["info@.plumwerk.nl"]),
            ("Mail info@plumwerk..nl.", ["info@plumwerk..nl"]),
            ("Lees alles op (de site plumwerk.nl) of bij plumwerk.be).", ["plumwerk.be)"]),
            ("Mail ons op .", ["op ."]),
            ("U kunt ons mailen naar of bel ons.", ["naar of bel"]),
            ("Stuur een e-mail naar privacyplumwerk.nl.", ["privacyplumwerk.nl"]),
            ("Mail naar info-plumwerk.nl of mail naar of bel.", ["info-plumwerk.nl", "naar of bel"]),
            ("[schrijf ons](mailto:info)", ["schrijf ons"]),
            ("[plumwerk.nl](Home)", ["plumwerk.nl"]),
        ],
    )
    def test_addresses(self, text: str, broken: list[str], rules: RuleSet) -> None:
        assert found("broken-contact", text, rules) == broken

    @pytest.mark.parametrize(
        "text",
        [
            "Mail info@plumwerk.nl of privacy@plumwerk.co.uk.",
            "[schrijf ons](mailto:info@plumwerk.nl?subject=Privacy)",
            "[schrijf ons](mailto:{{ site.email }})",
            "E-mail: [plumwerk.nl](mailto:info@plumwerk.nl)",
            "Zie https://web.archive.org/web/2020/https://plumwerk.nl voor de oude tekst.",
            "E-mail: zie www.plumwerk.nl/contact",
            "In dit privacybeleid:\n\nEen account is een unieke toegang die wij voor u aanmaken op onze site.",
            "For the purposes of this privacy policy:\n\nAccount means a unique account created to let you log in.",
        ],
    )
    def test_addresses_that_are_right(self, text: str, rules: RuleSet) -> None:
        assert found("broken-contact", text, rules) == []

    def test_an_address_that_breaks_off_at_a_name(self, rules: RuleSet) -> None:
        named = "Plumwerk verkoopt pruimen. Plumwerk bezorgt ze. Bij Plumwerk werken tien mensen.\n\n"
        assert found("broken-contact", named + "U kunt contact opnemen via plumwerk", rules) == ["plumwerk"]
        assert found("broken-contact", named + "U kunt contact opnemen via formulier", rules) == []


class TestWords:
    @pytest.mark.parametrize(
        ("text", "twice"),
        [
            ("Wij bewaren de de gegevens (of of niet).", ["de de", "of of"]),
            ("Dat blijft privé privé.", ["privé privé"]),
            ("Dat dat wordt wordt gewist, die-die en 5de de ook.", []),
        ],
    )
    def test_a_word_that_stands_twice(self, text: str, twice: list[str], rules: RuleSet) -> None:
        assert found("doubled-word", text, rules) == twice


class TestStructure:
    CONTENTS = "- Gegevens\n- Cookies\n- Beveiliging\n- {}\n- Contact\n\n"
    PARTS = "## Gegevens\n\nNaam.\n\n## Cookies\n\nGeen.\n\n## Beveiliging\n\nGoed.\n\n## Contact\n\nBel ons.\n"

    def test_an_entry_that_the_text_deals_with_is_there(self, rules: RuleSet) -> None:
        contents = self.CONTENTS.format("Kinderen")
        assert found("missing-section", contents + self.PARTS, rules) == ["Kinderen"]
        assert found("missing-section", contents + self.PARTS + "\nKinderen bedienen wij niet.", rules) == []

    def test_headings_that_are_what_a_sentence_announces(self, rules: RuleSet) -> None:
        text = "#### Cookies\n\nWij plaatsen de volgende soorten cookies:\n\n## {}\n\nTot een jaar."
        assert found("missing-section", text.format("Analytische cookies"), rules) == []
        assert found("missing-section", text.format("Uw rechten"), rules) == [
            "Wij plaatsen de volgende soorten cookies:"
        ]

    def test_a_list_that_is_no_table_of_contents(self, rules: RuleSet) -> None:
        text = "- naam\n- adres\n- leeftijd\n- woonplaats\n\n" + self.PARTS
        assert found("missing-section", text, rules) == []

    def test_a_part_without_heading_of_its_own_leaves_no_gap(self, rules: RuleSet) -> None:
        text = "## 1. Wie\n\nWij.\n\n## 2. Wat\n\nNaam.\n\n3.1 Wij bewaren niets.\n\n## 4. Waar\n\nHier."
        assert found("numbering-gap", text, rules) == []

    def test_a_reference_to_a_part_beyond_the_last(self, rules: RuleSet) -> None:
        parts = "".join(f"## {n}. Onderdeel\n\nTekst {{}}.\n\n" for n in range(1, 6))
        assert found("missing-section", parts.replace("{}", "van hoofdstuk 8", 1), rules) == ["hoofdstuk 8"]
        assert found("missing-section", parts.replace("{}", "van hoofdstuk 5", 1), rules) == []
        assert found("missing-section", parts.replace("{}", "van hoofdstuk 8 van de Grondwet", 1), rules) == []

    def test_contact_details_that_do_not_follow(self, rules: RuleSet) -> None:
        text = "{}Onze contactgegevens staan hieronder.\n\n{}"
        mail = "Mail info@plumwerk.nl.\n\n"
        assert found("missing-section", text.format(mail, "Dank u."), rules) == ["contactgegevens staan hieronder"]
        assert found("missing-section", text.format("", mail), rules) == []

    def test_a_link_that_a_generator_fills_in_is_not_broken(self, rules: RuleSet) -> None:
        assert found("broken-contact", "Zie [onze regels]({{ site.rules }}).", rules) == []
        assert found("broken-contact", "Zie [onze regels]().", rules) == ["onze regels"]

    def test_one_number_all_the_time_shows_in_plain_text_only(self, rules: RuleSet) -> None:
        text = "Wij delen:\n\n1. naam\n1. adres\n1. leeftijd\n1. foto\n"
        assert found("numbering-gap", text, rules, path="policy.txt") == ["adres"]
        assert found("numbering-gap", text, rules) == []

    def test_what_stands_there_three_times_is_the_build_of_the_text(self, rules: RuleSet) -> None:
        passage = (
            "Wij delen uw naam, uw adres en uw nummer met de vervoerder die uw pakket bezorgt, zodat hij weet waar "
            "hij moet zijn en hoe hij u kan bereiken.\n\n"
        )
        assert found("doubled-paragraph", passage * 2, rules) == [passage.strip()]
        assert found("doubled-paragraph", passage * 3, rules) == []


class TestTerms:
    @pytest.mark.parametrize(
        ("text", "clash"),
        [
            ("Facturen bewaren wij zeven jaar.\n\nOnze facturen worden na 5 jaar gewist.", ["5 jaar"]),
            ("Logbestanden bewaren wij een maand.\n\nLogbestanden worden na 30 dagen gewist.", []),
            ("Facturen bewaren wij zeven jaar.\n\nCamerabeelden bewaren wij vier weken.", []),
            ("Facturen en logbestanden bewaren wij een jaar.\n\nFacturen bewaren wij zeven jaar.", []),
            ("Facturen bewaren wij vijf of zeven jaar.\n\nFacturen bewaren wij acht jaar.", []),
        ],
    )
    def test_two_periods_for_the_same_data(self, text: str, clash: list[str], rules: RuleSet) -> None:
        assert found("retention-clash", text, rules) == clash

    def test_shows_the_period_named_first(self, rules: RuleSet) -> None:
        looked_at = case("Facturen bewaren wij zeven jaar.\n\nFacturen worden na 5 jaar gewist.", rules)
        (spot,) = CHECKS["retention-clash"].look(looked_at)
        text = looked_at.analysis.document.text
        assert spot.value == "zeven jaar"
        assert [text[start:end] for start, end in spot.related] == ["zeven jaar"]


class TestNames:
    @pytest.mark.parametrize(
        ("text", "second"),
        [
            ("Tuinhuis Bakema B.V. is de verwerkingsverantwoordelijke.", "Kapsalon Vlinder B.V."),
            ("Kapsalon Vlinder B.V. is de verwerkingsverantwoordelijke.", None),
            ("Vlinder B.V. is de verwerkingsverantwoordelijke.", None),
        ],
    )
    def test_a_second_controller(self, text: str, second: str | None, rules: RuleSet) -> None:
        text += "\n\nKapsalon Vlinder B.V. is verantwoordelijk voor de verwerking."
        assert found("two-controllers", text, rules) == ([second] if second else [])


class TestClarity:
    @pytest.mark.parametrize(
        ("word", "language", "count"),
        [
            ("gegevens", "nl", 3),
            ("privacyverklaring", "nl", 6),
            ("beëindigen", "nl", 4),
            ("theater", "nl", 3),
            ("organisatie", "nl", 5),
            ("nieuwe", "nl", 2),
            ("bedrijf", "nl", 2),
            ("data", "en", 2),
            ("purposes", "en", 3),
            ("share", "en", 1),
            ("collected", "en", 3),
            ("used", "en", 1),
            ("information", "en", 4),
            ("table", "en", 2),
        ],
    )
    def test_syllables(self, word: str, language: str, count: int) -> None:
        assert syllables_of(word, language) == count

    def test_what_readers_may_do_is_no_hedge(self, rules: RuleSet) -> None:
        assert found("hedging-density", "You may share your data. " * 5, rules, "en") == []
        assert found("hedging-density", "We may share your data. " * 5, rules, "en") == ["We may share your data."]

    def test_one_polite_word_among_informal_ones(self, rules: RuleSet) -> None:
        assert found("mixed-address", "Je mag ons bellen. Bel je ons? Wij wissen uw gegevens.", rules) == [
            "uw gegevens"
        ]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 300_000,
        "x@" * 150_000,
        "http" * 75_000,
        "(foo.nl) bar.nl) " * 5_000,
        'zie onder "Een titel die er niet is" ' * 2_000,
        "Mail ons via plumwerk\n\n" * 2_000,
        "- kort\n" * 5_000,
        "## 1. Kop\n\nWij kunnen gegevens delen (zie 1) en bewaren:\n\n" * 1_000,
    ],
    ids=["letters", "ats", "https", "brackets", "titles", "stubs", "items", "headings"],
)
def test_hostile_texts_end_with_spots_that_lie_in_them(text: str, rules: RuleSet) -> None:
    looked_at = case(text, rules, path="policy.txt")
    size = len(looked_at.analysis.document.text)
    for name, check in CHECKS.items():
        assert all(0 <= spot.start < spot.end <= size for spot in check.look(looked_at)), name
