"""Where a name begins and ends: capitalised words and what links them."""

from __future__ import annotations

import re
from itertools import islice

from policylint.analysis.recognisers.value import Value

_TOKEN = re.compile(r"\S+")
CONNECTORS = frozenset(
    _TOKEN.findall("van de der den het en of the and for voor in du des la le ter ten te aan bij on to von und & 't 's")
)
_INNER = CONNECTORS - {"in", "te", "on", "to"}
"""Words that lead on from one part of a name to the next, and not to a place."""
NO_START = frozenset(
    _TOKEN.findall(
        "De Het Een Wij We Ons Onze Bij Via Door Als In Deze Dit Die Dat Voor Van Met Naar Aan Op Uw Je Jouw Hoe "
        "Wie Wat Waarom Indien Wanneer Ook Naam Name Bedrijf Bedrijfsnaam Contact Adres Address Company Alle "
        "Elke En Of Maar The A An Our We By At This That These With For From To In On Of And Or If When Where "
        "How Who What Why Your You It Its As All Any Each Us Also Such Only Because Both However Please Not Is "
        "Zijn Ik Mijn Within Under Binnen Verantwoordelijke Verwerkingsverantwoordelijke Controller Copyright © "
        "Contactgegevens Websites Website Aanvragen Namens Here Welcome Welkom Privacyverklaring"
    )
)
_NO_START_AT_ALL = NO_START - {"De", "Het", "The"}
NO_NAME = frozenset(
    _TOKEN.findall(
        "Wij We Ik U Je Jij Zij They You It This Dit Deze Die Dat Who Wie He She Ze That Which Google's Degene "
        "Verwerkingsverantwoordelijke Verantwoordelijke Controller Verwerker Processor Opdrachtgever Klant Gebruiker "
        "Company Site Website Websites Service Services App Application Platform Policy Notice Party Parties Provider "
        "Providers User Users Client Customer Customers Data Information Nothing Everyone Everybody Someone Nobody "
        "Cookie Cookies Niemand Iedereen Iemand Organisatie Bedrijf Applicatie Dienst Diensten Gegevens "
        "Persoonsgegevens "
        "Homepage Home Policies Act Law Wet Pagina Page Webshop Webwinkel Shop Browser Browsers Law Third Derden Derde "
        "Daarnaast Daarbij Daarom Hierbij Verder Soms Privacy Personal Statement Verklaring Privacybeleid Bestuur Men "
        "Dan Er EU EER EEA AVG GDPR SSL TLS Title Legal Changes Gebruiksvoorwaarden Terms Disclaimer Wijzigingen "
        "Evenmin "
        "Contact Overview Introduction Inleiding Versie Version English Nederlands Hieronder Hiervoor Daarvoor Hiertoe "
        "Daartoe Hiernaast Daarmee Hiermee Daarna Hierna Features These Those Third-party Doel Doelstelling "
        "Privacyverklaring Nieuwsbrief Newsletter Members Member Leden Lid Medewerkers Employees Patient Student Team"
    )
)
_ABBREVIATIONS = frozenset({"Inc.", "Ltd.", "Corp.", "Co.", "St.", "Dr.", "Mr.", "dr.", "mr.", "ir.", "drs."})
_CLOSED = re.compile(r"(?:B\.V\.?|BV|N\.V\.?|NV|V\.O\.F\.?|VOF|Ltd\.?|Limited|LLP|LLC|PLC|plc|Inc\.?|GmbH)")
"""A legal form, which closes a name: no other name goes on behind it."""
_TITLES = frozenset({"Policy", "Statement", "Notice", "Privacybeleid", "Privacystatement", "Privacyreglement"})
"""Words of a document's title, which "of" links to a name and does not make part of it."""
_LONGEST = 9
"""Words of a name at the most."""
_REACH = 120


def organisation_value(text: str, start: int, end: int) -> Value:
    name = text[start:end].strip(" ,;:")
    if name.count('"') % 2:
        name = name.strip('"')
    if name.count("(") > name.count(")"):
        name = name.rpartition("(")[0].rstrip()
    start += text[start:end].index(name)
    return Value("organisation", start, start + len(name), name)


def is_name_word(word: str) -> bool:
    """Capitalised, or a domain name; a bare number is part of a name only inside it."""
    bare = word.lstrip("\"'(")
    return bool(bare) and (bare[0].isupper() or (bare[0].isdigit() and any(map(str.isalpha, bare))) or is_domain(bare))


def is_domain(word: str) -> bool:
    stem, dot, ending = word.rstrip(",").rpartition(".")
    return bool(dot) and stem.replace("-", "").replace(".", "").isalnum() and ending in {"nl", "be", "com", "eu", "org"}


def _ends_sentence(word: str) -> bool:
    """Whether a word closes what stands before; initials, "Co." and legal forms do not."""
    if word[-1] in ":;!?" or (word[-1] == ")" and "(" not in word):
        return True
    return word[-1] == "." and len(word) > 2 and word.count(".") == 1 and word not in _ABBREVIATIONS


def name_start(text: str, end: int, *, form: bool = False) -> int | None:
    """Where the name that ends at `end` begins: capitalised words and what links them, walking back.

    A comma may stand before a legal `form` that follows.
    """
    offset = max(0, end - _REACH)
    tokens = [(offset + m.start(), m.group()) for m in _TOKEN.finditer(text[offset:end])]
    if offset and tokens and not text[offset - 1].isspace():
        tokens = tokens[1:]
    words: list[tuple[int, str]] = []
    for start, word in reversed(tokens[-_LONGEST:]):
        if words and (_ends_sentence(word) or word[-1] == "," or _CLOSED.fullmatch(word)):
            break
        if words and word in _TITLES and words[-1][1] in CONNECTORS:
            break
        if not words and (_ends_sentence(word) or not is_name_word(word) or (word[-1] == "," and not form)):
            return None
        if not is_name_word(word) and word.lower() not in CONNECTORS:
            break
        words.append((start, word))
        if (word[0] == "(" and ")" not in word) or word == "The":
            break
    words.reverse()
    while words and (words[0][1].strip("\"'(*") in NO_START or not is_name_word(words[0][1])):
        words.pop(0)
    if not words or (len(words) == 1 and words[0][1].strip("\"',") in NO_NAME):
        return None
    return words[0][0] + len(words[0][1]) - len(words[0][1].lstrip("\"'(*"))


def name_end(text: str, start: int, lists: bool) -> int | None:
    """Where the name that begins at `start` ends; `lists` allows "X, Y en Z" (ministries)."""
    end: int | None = None
    for match in islice(_TOKEN.finditer(text[start : start + _REACH]), _LONGEST):
        word = match.group()
        bare = word.rstrip(".,;:!?)\"'")
        if not bare or not (is_name_word(word) or (end is not None and word.lower() in _INNER)):
            break
        if is_name_word(word):
            if end is None and bare in _NO_START_AT_ALL:
                return None
            end = start + match.start() + len(bare)
            quoted = word[len(bare) :][:1] in {'"', "'"} and word.count(word[len(bare)]) % 2 == 1
            if quoted:
                end += 1
        if (word[-1] == ")" or _ends_sentence(word)) or (word[-1] == "," and not lists):
            break
    return end
