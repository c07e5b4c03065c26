from datetime import date
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.analysis.recognisers import (
    VALUE_NAMES,
    Duration,
    Money,
    PartialDate,
    is_third_country,
    recognise,
)


def found(text: str, name: str, language: str = "nl") -> list[object]:
    return [value.value for value in recognise(text, language) if value.name == name]


def words(text: str, name: str, language: str = "nl") -> list[str]:
    return [text[value.start : value.end] for value in recognise(text, language) if value.name == name]


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("Mail naar privacy@zonnehof.nl.", ["privacy@zonnehof.nl"]),
        ("Mail naar Info@Zonnehof.NL of fg@zonnehof.nl", ["info@zonnehof.nl", "fg@zonnehof.nl"]),
        ("Mail info@zonnehof.nl.Wij antwoorden snel.", ["info@zonnehof.nl"]),
        ("info [at] zonnehof [dot] nl", ["info@zonnehof.nl"]),
        ("info(at)zonnehof.nl", ["info@zonnehof.nl"]),
        ("Mail naar info.zonnehof.nl", []),
        ("info@zonnehof", []),
        ("fg@uni.example.ac.uk@uni.example.ac.uk", []),
        ("Mail naar naam@example.com", []),
        ("Mail [email protected]", []),
        ("Wij wonen (at home) in huis", []),
    ],
)
def test_email(text: str, emails: list[str]) -> None:
    assert found(text, "email") == emails


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Zie https://www.zonnehof.nl/privacy.", ["https://www.zonnehof.nl/privacy"]),
        ("Zie (www.zonnehof.nl).", ["www.zonnehof.nl"]),
        ("Op zonnehof.nl staat meer.", ["zonnehof.nl"]),
        ("Mail info@zonnehof.nl", []),
        ("Wij bewaren gegevens.De rest niet.", []),
        ("Dit is b.v. een voorbeeld van art. 6", []),
    ],
)
def test_url(text: str, urls: list[str]) -> None:
    assert found(text, "url") == urls


@pytest.mark.parametrize(
    ("text", "language", "phones"),
    [
        ("Bel 030-2345678.", "nl", ["+31302345678"]),
        ("Bel +31 (0)6 1234 5678", "nl", ["+31612345678"]),
        ("Bel 02 512 34 56 in Brussel", "nl", ["+3225123456"]),
        ("Call 020 7946 0018", "en", ["+442079460018"]),
        ("KvK-nummer 01234567", "nl", []),
        ("Ondernemingsnummer 0477.472.701", "nl", []),
        ("Ondernemingsnummer 0477 472 701", "nl", []),
        ("Van 01-02-2020 tot 01-03-2021", "nl", []),
        ("IBAN NL91 ABNA 0417 1643 00", "nl", []),
        ("Registered charity no. 0123456789", "en", []),
    ],
)
def test_phone(text: str, language: str, phones: list[str]) -> None:
    assert found(text, "phone", language) == phones


@pytest.mark.parametrize(
    ("text", "language", "addresses"),
    [
        ("Lindelaan 12a, 3511 AB Utrecht", "nl", ["Lindelaan 12a", "3511 AB Utrecht"]),
        ("Postbus 123, 2500 AA Den Haag", "nl", ["Postbus 123", "2500 AA Den Haag"]),
        ("Korte Nieuwstraat 5 bus 3, 2000 Antwerpen", "nl", ["Korte Nieuwstraat 5 bus 3, 2000 Antwerpen"]),
        ("Steenweg 45, B-1000 Brussel", "nl", ["Steenweg 45, B-1000 Brussel"]),
        ("14 Elm Road, Leeds LS1 4AP", "en", ["14 Elm Road", "LS1 4AP"]),
        ("PO Box 99, Dublin, D02 XY45", "en", ["PO Box 99", "D02 XY45"]),
        ("In Amersfoort 2018 is de AVG ingevoerd", "nl", []),
        ("De verordening 2016 EU Parlement", "nl", []),
        ("Wij bewaren dit 7 jaar en 2 Maanden", "nl", []),
    ],
)
def test_postal_address(text: str, language: str, addresses: list[str]) -> None:
    assert found(text, "postal-address", language) == addresses


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Deze website is van Zonnehof Webwinkels B.V. in Utrecht.", "nl", ["Zonnehof Webwinkels B.V."]),
        ("Via Zonnehof BV bestellen", "nl", ["Zonnehof BV"]),
        ("Tuincentrum Van der Berg vof verkoopt planten, Bloem & Blad V.O.F. ook.", "nl", ["Bloem & Blad V.O.F."]),
        ("Stichting Vrienden van het Bos verwerkt gegevens.", "nl", ["Stichting Vrienden van het Bos"]),
        ("De stichting verwerkt gegevens van leden.", "nl", []),
        ("Sportvereniging De Ooievaar is verantwoordelijk.", "nl", ["Sportvereniging De Ooievaar"]),
        ("De gemeente Boskant is verwerkingsverantwoordelijke.", "nl", ["gemeente Boskant"]),
        ("Een gemeente verwerkt gegevens.", "nl", []),
        ("Jeugdhuis De Wip vzw staat in Lier.", "nl", ["Jeugdhuis De Wip vzw"]),
        ("Het Ministerie van Water, Weer en Wind doet dit.", "nl", ["Ministerie van Water, Weer en Wind"]),
        ("Zonnehof is verantwoordelijk voor de verwerking van gegevens.", "nl", ["Zonnehof"]),
        ("Zonnehof, gevestigd te Utrecht, verkoopt lampen.", "nl", ["Zonnehof"]),
        ("Fietsen Jansen (hierna: Jansen) verkoopt fietsen.", "nl", ["Fietsen Jansen"]),
        ("De verwerkingsverantwoordelijke is Fietsen Jansen, Dorpsweg 1.", "nl", ["Fietsen Jansen"]),
        ("Wij zijn verantwoordelijk voor de verwerking.", "nl", []),
        ("Het bestuur is verantwoordelijk voor de verwerking.", "nl", []),
        ("Gegevens (bv. uw naam) bewaren wij.", "nl", []),
        ("Acme Lamps Ltd sells lamps.", "en", ["Acme Lamps Ltd"]),
        ("including, but not limited to, names", "en", []),
        ("Brightside Trading Limited ('we', 'us')", "en", ["Brightside Trading Limited"]),
        ("Brightside is the data controller of your data.", "en", ["Brightside"]),
        ("We are the data controller.", "en", []),
        ("The data controller is Brightside Energy, Leeds.", "en", ["Brightside Energy"]),
        ("Northmoor Borough Council and the University of Westhaven", "en",
         ["Northmoor Borough Council", "University of Westhaven"]),
        ("The University of Westhaven processes data.", "en", ["University of Westhaven"]),
        ("Complain to the Information Commissioner's Office.", "en", []),
        ("This site is operated by Brightside, Inc. in Ohio.", "en", ["Brightside, Inc."]),
        ("Our site is operated by volunteers.", "en", []),
        ("Zonnehof respecteert de privacy van haar klanten.", "nl", ["Zonnehof"]),
        ("Lees hoe Zonnehof Wonen omgaat met gegevens.", "nl", ["Zonnehof Wonen"]),
        ("Bij Zonnehof Wonen nemen we privacy serieus.", "nl", ["Zonnehof Wonen"]),
        ("Bij Zonnehof kun je lampen kopen.", "nl", []),
        ("Welkom bij Zonnehof.", "nl", ["Zonnehof"]),
        ("Welkom bij zonnehof.nl.", "nl", []),
        ("Dan verwerken wij uw gegevens.", "nl", []),
        ("Privacyverklaring Zonnehof Wonen", "nl", ["Zonnehof Wonen"]),
        ("Privacyverklaring website", "nl", []),
        ("Lampje is de winkelnaam van Zonnehof Wonen in Utrecht.", "nl", ["Zonnehof Wonen"]),
        ("Zonnehof Wonen, Dorpsweg 1 te Boskant, is verantwoordelijk voor uw gegevens.", "nl", ["Zonnehof Wonen"]),
        ("Brightside is committed to protecting your privacy.", "en", ["Brightside"]),
        ("At Brightside Lamps, we value your privacy.", "en", ["Brightside Lamps"]),
        ("Welcome to Brightside Lamps!", "en", ["Brightside Lamps"]),
        ("Brightside Lamps Privacy Policy", "en", ["Brightside Lamps"]),
        ("Privacy Policy Changes", "en", []),
        ("This Website collects data.", "en", []),
        ("Brightside, 1 High Street, York, is the data controller.", "en", ["Brightside"]),
        ("Jane Doe trading as Doe Photography", "en", ["Doe Photography"]),
    ],
)  # fmt: skip
def test_organisation(text: str, language: str, names: list[str]) -> None:
    assert found(text, "organisation", language) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('Oakfield Joinery ("we", "us") makes furniture.', ["Oakfield Joinery"]),
        ("Delta B.V. (hierna: wij) is een winkel.", ["Delta B.V."]),
        ("I am Jo Carter, a florist.", ["Jo Carter"]),
        ("Wij zijn hardloopgroep De Snelle Veters.", ["De Snelle Veters"]),
        ("\u00a9 2019-2024 Weldon Rowing Club", ["Weldon Rowing Club"]),
        ("De site is van Kapsalon Knip, Deventer.", ["Kapsalon Knip"]),
        ("We are GDPR compliant.", []),
        ("We are based in Dublin.", []),
        ("I am from Cork.", []),
        ("Referrer URL (the page that brought you to us)", []),
        ("Acme (and not us) decides.", []),
    ],
)
def test_author_is_what_a_text_calls_itself(text: str, names: list[str]) -> None:
    assert found(text, "author", "en") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tomasz Nowak, ul. Dluga 5, Warsaw", ["Tomasz Nowak"]),
        ("Naam: Praktijk Licht\nAdres: Lindenlaan 4", ["Praktijk Licht"]),
        ("De heer J. Pietersen", ["J. Pietersen"]),
        ("Dat is Zorggroep Meander.", ["Zorggroep Meander"]),
        ("Data Protection Officer", []),
        ("Customer Support Team", []),
        ("Meadow Farm Shop sells cheese.", []),
    ],
)
def test_name_is_a_line_of_its_own(text: str, names: list[str]) -> None:
    assert found(text, "name") == names


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("zeven jaar", ["P7Y"]),
        ("twee (2) weken", ["P2W"]),
        ("7 (zeven) jaar", ["P7Y"]),
        ("a year after that", ["P1Y"]),
        ("a 12-month period", ["P12M"]),
        ("binnen 24 uur", ["PT24H"]),
        ("een half jaar", ["P6M"]),
        ("anderhalf jaar", ["P18M"]),
        ("1,5 jaar", ["P18M"]),
        ("elk kwartaal", []),
        ("één kwartaal", ["P3M"]),
        ("thirty (30) calendar days", ["P30D"]),
        ("90 days and six months", ["P90D", "P6M"]),
        ("per jaar", []),
        ("twice a year", []),
        ("24 hours a day", ["PT24H"]),
        ("het jaar 2018", []),
        ("kinderen jonger dan 16 jaar", []),
        ("verjaardag", []),
    ],
)
def test_duration(text: str, isos: list[str]) -> None:
    durations = [value for value in found(text, "duration") if isinstance(value, Duration)]
    assert [value.iso for value in durations] == isos


def test_durations_compare_by_days() -> None:
    assert found("12 maanden", "duration") == [Duration("P12M", 365.28)]
    assert found("24 uur", "duration") == [Duration("PT24H", 1.0)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("25 mei 2018", [date(2018, 5, 25)]),
        ("May 25th, 2018", [date(2018, 5, 25)]),
        ("25 May 2018", [date(2018, 5, 25)]),
        ("25-05-2018", [date(2018, 5, 25)]),
        ("2018-05-25", [date(2018, 5, 25)]),
        ("05/25/2018", [date(2018, 5, 25)]),
        ("laatst gewijzigd: mei 2026", [PartialDate(2026, 5)]),
        ("May 2018", [PartialDate(2018, 5)]),
        ("Laatste aanpassing: 24/09/24", [date(2024, 9, 24)]),
        ("2026-06 nieuwe ontvangers", [PartialDate(2026, 6)]),
        ("tel. 020-12-34-56", []),
        ("versie 1.2.3", []),
        ("2 maart '24", [date(2024, 3, 2)]),
        ("13-Dec-22", [date(2022, 12, 13)]),
        ("1st day of May 2018", [date(2018, 5, 1)]),
        ("Jan-2021", [PartialDate(2021, 1)]),
        ("versie 03-2022", [PartialDate(2022, 3)]),
        ("Guidelines 07/2020 of the board, 13-2020", [PartialDate(2020, 7)]),
        ("2018-2020", []),
        ("we may 2018 times", []),
        ("31 februari 2018", []),
        ("Verordening 2016/679", []),
        ("richtlijn 95/46/EG", []),
    ],
)
def test_date(text: str, dates: list[object]) -> None:
    assert found(text, "date") == dates


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Ede, 3 mei 2024", ["3 mei 2024"]),
        ("Bel ons gerust.\nDen Haag, 3 mei 2024.\n", ["3 mei 2024"]),
        ("Amsterdam, the Netherlands, 25 May 2018", ["25 May 2018"]),
        ("3 mei 2024", []),
        ("In Ede, 3 mei 2024, ging onze winkel open", []),
        ("wij openden in Ede, 3 mei 2024", []),
    ],
)
def test_a_place_and_a_date_on_a_line_of_their_own(text: str, lines: list[str]) -> None:
    assert [text[value.start : value.end] for value in recognise(text, "nl") if value.name == "dateline"] == lines


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("Versie 2.1", ["2.1"]),
        ("version: 3", ["3"]),
        ("v1.4 - March 2022", ["1.4"]),
        ("Rev. 4", ["4"]),
        ("versie 20240312", ["20240312"]),
        ("versie 2018", []),
        ("versie 03-2022", []),
        ("conversie 2", []),
        ("5 v 3%", []),
    ],
)
def test_version(text: str, versions: list[str]) -> None:
    assert found(text, "version") == versions


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("jonger dan 16 jaar", [16]),
        ("ben je jonger dan zestien", [16]),
        ("kinderen onder de 16", [16]),
        ("16 jaar of ouder", [16]),
        ("wie nog geen 16 jaar is", [16]),
        ("de leeftijd van 13 jaar", [13]),
        ("minimaal 18 jaar oud zijn", [18]),
        ("een 16-jarige", [16]),
        ("children under 13", [13]),
        ("under the age of 13", [13]),
        ("aged 13 or over", [13]),
        ("you must be over 18", [18]),
        ("at least 16 years old", [16]),
        ("16+", [16]),
        ("kinderen onder 13 mogen niet", [13]),
        ("personen vanaf 18 jaar", [18]),
        ("the minimum age to use this is 16", [16]),
        ("not for under 18s", [18]),
        ("under 16%", []),
        ("Users must be 16 or over.", [16]),
        ("under 18 months", []),
        ("over 12 months", []),
        ("gegevens ouder dan 2 jaar", []),
        ("binnen 14 dagen", []),
        ("artikel 13 van de AVG", []),
        ("over 10 years of experience", []),
    ],
)
def test_age(text: str, ages: list[int]) -> None:
    assert found(text, "age") == ages


def test_an_age_is_no_duration() -> None:
    assert found("Wie jonger dan 16 jaar is: wij bewaren 2 jaar", "duration") == [Duration("P2Y", 730.5)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("servers in de Verenigde Staten", ["US"]),
        ("naar de VS", ["US"]),
        ("in the US and the UK", ["US", "GB"]),
        ("India en China", ["IN", "CN"]),
        ("Northern Ireland", ["GB"]),
        ("CONTACT US", []),
        ("Nederlandse servers", []),
        ("contact us", []),
        ("Lamp Ireland Limited", []),
        ("1234 VS.", ["US"]),
    ],
)
def test_country(text: str, codes: list[str]) -> None:
    assert found(text, "country") == codes


def test_third_countries_lie_outside_the_eea() -> None:
    assert [code for code in ("US", "GB", "CH", "NL", "NO", "IS") if is_third_country(code)] == ["US", "GB", "CH"]


@pytest.mark.parametrize(
    ("text", "name", "codes"),
    [
        ("een klacht bij de Autoriteit Persoonsgegevens", "authority", ["NL"]),
        ("Klacht? Ga naar de AP.", "authority", ["NL"]),
        ("Klacht (AP)", "authority", ["NL"]),
        ("Klacht over AP-nieuws of MAP", "authority", []),
        ("Klachten: de GBA", "authority", ["BE"]),
        ("gegevens uit de GBA", "authority", []),
        ("www.gegevensbeschermingsautoriteit.be", "authority", ["BE"]),
        ("een gegevensbeschermingsautoriteit", "authority", []),
        ("complain to the ICO", "authority", ["UK"]),
        ("the Information Commissioner's Office", "authority", ["UK"]),
        ("the Australian Information Commissioner", "authority", []),
        ("the Data Protection Commission", "authority", ["IE"]),
        ("the Belgian Data Protection Authority", "authority", ["BE"]),
        ("the Spanish data protection authority", "authority", ["ES"]),
        ("de CNIL", "authority", ["FR"]),
        ("medical icon", "authority", []),
        ("the supervisory authority", "authority", []),
        ("het College bescherming persoonsgegevens", "authority-defunct", ["NL"]),
        ("klacht bij het CBP", "authority-defunct", ["NL"]),
        ("het CBP meet cijfers", "authority-defunct", []),
        ("de Privacycommissie", "authority-defunct", ["BE"]),
        ("onze privacycommissie vergadert", "authority-defunct", []),
        ("the Data Protection Commissioner", "authority-defunct", ["IE"]),
        ("the Data Protection Commissioner of Malta", "authority-defunct", []),
        ("de toezichthouder in uw land", "authority-of-your-country", [""]),
        ("the supervisory authority of your Member State", "authority-of-your-country", [""]),
        ("your local data protection authority", "authority-of-your-country", [""]),
        ("the supervisory authority", "authority-of-your-country", []),
    ],
)
def test_authority(text: str, name: str, codes: list[str]) -> None:
    assert found(text, name) == codes


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("€ 4,50", [Money(Decimal("4.50"), "EUR")]),
        ("1.250,50 euro", [Money(Decimal("1250.50"), "EUR")]),
        ("a fee of £10", [Money(Decimal(10), "GBP")]),
        ("$1,000", [Money(Decimal(1000), "USD")]),
        ("10 keer", []),
    ],
)
def test_money(text: str, money: list[Money]) -> None:
    assert found(text, "money") == money


@pytest.mark.parametrize(
    ("text", "placeholders"),
    [
        ("Mail [email protected] voor vragen", ["[email protected]"]),
        ("[bedrijfsnaam] verwerkt", ["[bedrijfsnaam]"]),
        ("<naam> verwerkt", ["<naam>"]),
        ("{{ company }}", ["{{ company }}"]),
        ("Lorem ipsum dolor", ["Lorem ipsum"]),
        ("XXX jaar", ["XXX"]),
        ("adres INVULLEN", ["INVULLEN"]),
        ("info@example.com", ["info@example.com"]),
        ("Insert company name here", ["Insert company name"]),
        ("[1] Zie hieronder", []),
        ("De naam van het bedrijf", []),
        ("[AVG](https://zonnehof.nl)", []),
        ("[website](https://zonnehof.nl)", []),
        ("taxfree", []),
        ("info@myexample.org.uk", []),
    ],
)
def test_placeholder(text: str, placeholders: list[str]) -> None:
    assert words(text, "placeholder") == placeholders


PIECES = [
    *("De", "Zonnehof", "B.V.", "BV", ",", ".", "(", ")", "is", "verantwoordelijk", "voor", "de", "16", "jaar"),
    *("jonger", "dan", "under", "7", "(zeven)", "2018", "mei", "-", "/", "@", "info@zonnehof.nl", "+31", "06"),
    *("12345678", "AP", "Stichting", '"', "'", "İ", "ß", "€", "[", "]", "<", ">", "{{", "}}", "Postbus", "van"),
]


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map(" ".join) | st.text(),
    st.sampled_from(["nl", "en", "de"]),
)
def test_values_lie_in_the_text(text: str, language: str) -> None:
    values = recognise(text, language)
    assert all(0 <= value.start < value.end <= len(text) for value in values)
    assert [value.start for value in values] == sorted(value.start for value in values)
    assert {value.name for value in values} <= VALUE_NAMES


@pytest.mark.parametrize("piece", ["a", "A ", "1 ", "a.", "0", "(", "x@", "X", "van ", "A. ", "een ", "B.V. ", "[naam"])
def test_long_runs_take_linear_time(piece: str) -> None:
    started = process_time()
    recognise(piece * 20_000, "nl")
    assert process_time() - started < 10


def test_every_legal_form_closes_a_name() -> None:
    forms = (
        *(
            "B.V.",
            "BV",
            "N.V.",
            "NV",
            "V.O.F.",
            "VOF",
            "v.o.f.",
            "C.V.",
            "bv",
            "nv",
            "bvba",
            "cvba",
            "vzw",
            "ivzw",
            "VZW",
        ),
        *("Comm.V", "commV", "U.A.", "Pty Ltd", "Pvt. Ltd.", "Co., Ltd.", "Ltd", "LTD", "Limited", "LLP", "PLC", "plc"),
        *(
            "CIC",
            "Inc.",
            "INC",
            "LLC",
            "L.L.C.",
            "Corp.",
            "Corporation",
            "GmbH & Co. KG",
            "AG",
            "UG",
            "KG",
            "e.V.",
            "SARL",
        ),
        *("S.A.R.L.", "S.A.S.", "SAS", "SA", "S.A.", "S.r.l.", "S.p.A.", "SE", "Oy", "ApS", "A/S", "a.s.", "s.r.o."),
        *("Sp. z o.o.", "DAC", "CLG"),
    )
    texts = [f"Gegevens gaan naar Zonnehof {form} en anderen." for form in forms]
    assert [words(text, "organisation") for text in texts] == [[f"Zonnehof {form}"] for form in forms]


@pytest.mark.parametrize("text", ["x jaar", "? maanden", "Bewaard: ?? dagen", "after x years", "(x weken)"])
def test_a_period_without_its_number_is_a_placeholder(text: str) -> None:
    assert len(words(text, "placeholder")) == (text[0] != "?")


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("Versie 2.1", ["2.1"]), ("revision no. 3", ["3"]), ("rev. 12", ["12"]), ("2nd edition, edition 2", ["2"]),
        ("Uitgave: 4", ["4"]), ("(v1.2)", ["1.2"]), ("v. 3", ["3"]), ("V 4", ["4"]), ("artikel 4", []),
    ],
)  # fmt: skip
def test_version_by_every_word_for_it(text: str, versions: list[str]) -> None:
    assert found(text, "version") == versions
