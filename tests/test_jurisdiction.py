import re

import pytest

from policylint.errors import UserError
from policylint.jurisdiction import find_jurisdiction
from policylint.language import detect
from policylint.national_law import national_law
from policylint.reading import read
from policylint.result import Jurisdiction

NL = "Wij bewaren uw gegevens niet langer dan nodig is voor de doelen waarvoor wij ze hebben gekregen.\n\n"
EN = "We keep your information for no longer than is necessary for the purposes for which we received it.\n\n"


def jurisdiction(text: str, forced: str | None = None) -> Jurisdiction:
    document = read("policy.txt", text.encode())
    return find_jurisdiction(document, detect(document), forced)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # No mark at all.
        (NL, "NL"),
        (EN, "EU"),
        # Dutch.
        (NL + "Lampenhuis, KvK-nummer 12345678", "NL"),
        (NL + "Lampenhuis, Lindelaan 12, 3511 AB Utrecht", "NL"),
        (NL + "Mail info@lampenhuis.nl", "NL"),
        (NL + "U kunt klagen bij de Autoriteit Persoonsgegevens.", "NL"),
        (NL + "Wij volgen de Uitvoeringswet AVG (UAVG).", "NL"),
        (EN + "Lamp House B.V., Lindelaan 12, 3511 AB Utrecht, the Netherlands", "NL"),
        (EN + "These terms are governed by the laws of the Netherlands. Call +31 30 234 5678.", "NL"),
        # Belgian.
        (NL + "Jeugdhuis De Wip vzw, ondernemingsnummer 0477.472.701", "BE"),
        (NL + "Lampenhuis, Kerkstraat 12, 9000 Gent, tel. +32 9 123 45 67", "BE"),
        (NL + "U kunt klagen bij de Gegevensbeschermingsautoriteit, Drukpersstraat 35, 1000 Brussel.", "BE"),
        (NL + "Wij volgen de wet van 8 december 1992. Klachten: de Privacycommissie.", "BE"),
        (NL + "Mail info@lampenhuis.be. Klachten: België, de Gegevensbeschermingsautoriteit; "
              "Nederland, de Autoriteit Persoonsgegevens.", "BE"),
        (EN + "Lamp House bv, Kerkstraat 12, B-9000 Gent. Mail hello@lamphouse.be", "BE"),
        # British.
        (EN + "Lamp House Ltd is registered in England and Wales, company number 01234567.", "UK"),
        (EN + "You can complain to the Information Commissioner's Office (ico.org.uk).", "UK"),
        (EN + "We comply with the UK GDPR and the Data Protection Act 2018.", "UK"),
        (EN + "Write to 14 Elm Road, Leeds LS1 4AP.", "UK"),
        (EN + "Mail hello@lamphouse.co.uk", "UK"),
        # Irish.
        (EN + "Lamp House DAC, 1 Quay Street, Galway, Ireland. Mail hello@lamphouse.ie", "IE"),
        (EN + "You can complain to the Data Protection Commission. Call +353 91 123 456.", "IE"),
        # The controller's own seat against the mention of others.
        (NL + "Lampenhuis, KvK 12345678. Google Ireland Limited, Gordon House, Dublin, Ireland levert statistieken.",
         "NL"),
        (NL + "Wij gebruiken Google Analytics. Google slaat de informatie op in de Verenigde Staten.", "NL"),
        (NL + "Klanten in België kunnen ook bestellen. Mail info@lampenhuis.nl", "NL"),
        # Elsewhere: judged by the GDPR alone.
        (EN + "Lamp House, Inc., 12 Main Street, Austin, TX 78701", "EU"),
        (EN + "This policy is governed by the laws of the State of California.", "EU"),
        (NL + "Lampenhuis LLC, 12 Main Street, Austin, TX 78701", "EU"),
        (EN + "Lampenhaus GmbH, Lindenstraße 12, 10115 Berlin, Germany", "EU"),
    ],
)  # fmt: skip
def test_jurisdiction_of_the_controller(text: str, code: str) -> None:
    assert jurisdiction(text).code == code


def test_the_reason_quotes_the_mark_and_names_its_line() -> None:
    found = jurisdiction(NL + "Lampenhuis, KvK-nummer 12345678")
    assert found.reason == 'inschrijving in een register "KvK-nummer 12345678" wijst op Nederland'
    assert found.location is not None and found.location.line == 3


def test_the_reason_is_in_the_language_of_the_document() -> None:
    found = jurisdiction(EN + "Write to 14 Elm Road, Leeds LS1 4AP.")
    assert (found.code, found.reason) == ("UK", 'address "LS1 4AP" points to the United Kingdom')
    assert found.location is not None and found.location.line == 3


def test_a_reason_without_marks_says_so() -> None:
    assert "niets in de tekst wijst op een land" in jurisdiction(NL).reason
    assert jurisdiction(NL).location is None


def test_a_controller_elsewhere_is_named_in_the_reason() -> None:
    assert jurisdiction(EN + "Lamp House, Inc., 12 Main Street, Austin, TX 78701").reason.endswith(
        "points to a country outside the EEA; only the GDPR itself counts"
    )


def test_a_forced_jurisdiction_wins() -> None:
    assert jurisdiction(NL, "be") == Jurisdiction("BE", "opgegeven door de gebruiker", None)
    with pytest.raises(UserError) as caught:
        jurisdiction(NL, "XX")
    assert caught.value.code == "unknown-jurisdiction"


def test_the_table_holds_the_ages_of_consent() -> None:
    ages = {code: law.age for code, law in national_law().laws.items()}
    assert ages == {"NL": 16, "BE": 13, "UK": 13, "IE": 16, "EU": 16, "DE": 16, "FR": 15}


def test_every_row_is_complete() -> None:
    table = national_law()
    for law in table.laws.values():
        for texts in (law.name, law.authority.name, law.act, law.cookie_law):
            assert set(texts) == {"nl", "en"} and all(texts.values())
        assert re.match(r"https://", law.act_url) and re.match(r"https://", law.cookie_url)
    for country in table.countries:
        assert country.judged_as in table.laws
        assert set(country.name) == {"nl", "en"}
        assert all(mark.kind in table.kinds and mark.weight > 0 for mark in country.marks)
        assert all(isinstance(ending, str) for ending in country.domains)
