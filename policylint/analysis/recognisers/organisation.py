"""Names of organisations: by legal form, by kind of body, by the phrase that names a controller."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylint.analysis.recognisers.value import Value, has_any, longest

# A legal form that closes a name. Short ones need exact case, or they are words.
_FORM = re.compile(
    r" (?:B\.V\.?|BV|N\.V\.?|NV|V\.O\.F\.?|VOF|v\.o\.f\.|C\.V\.|(?:b|n)v(?= )|(?:b|n)v$|bvba|BVBA|"
    r"cvba|CVBA|i?vzw|I?VZW|[Cc]omm\.?V|U\.A\.|Pty\.? Ltd\.?|Pvt\.? Ltd\.?|Co\.,? Ltd\.?|Ltd\.?|LTD\.?|"
    r"Limited|LIMITED|LLP|PLC|plc|Plc|CIC|Inc\.?|INC\.?|LLC|L\.L\.C\.|Corp\.?|Corporation|GmbH(?: & Co\. KG)?|AG|UG|KG|"
    r"e\.V\.|SARL|S\.A\.R\.L\.|S\.A\.S\.|SAS|SA|S\.A\.|S\.r\.l\.|S\.p\.A\.|SE|Oy|ApS|A/S|a\.s\.|"
    r"s\.r\.o\.|Sp\. z o\.o\.|DAC|CLG)(?![\w-])"
)
# A kind of body that closes a name in English.
_BODY = re.compile(
    r" (?:(?:Borough |County |City |Parish |Town |District )?Council|University|College|"
    r"(?:NHS )?(?:Foundation )?Trust|Association|Society|Foundation|Institute|Charity|School|Church|Club|Federation|"
    r"Partnership|Academy)\b(?! of)"
)
# A kind of body that opens a name.
_OPENING_NL = re.compile(
    r"\b(?:[A-Z][a-z]+e )?(?:[Ss]tichting|[Vv]ereniging|[A-Z][a-z]{2,20}vereniging|[Cc]oöperatie(?:ve)?|[Mm]aatschap|"
    r"[Gg]emeente|[Pp]rovincie|[Ww]aterschap|[Mm]inister(?:ie)? van|Universiteit(?: van)?|Hogeschool|FOD|Stad|OCMW|"
    r"VZW|vzw|[Hh]uisartsenpraktijk|[Tt]andartspraktijk)(?= [A-Z\"'])"
)
_OPENING_EN = re.compile(
    r"\b(?:Department|Ministry|Office|Bank|City|University|College|Institute|Church|Society|Royal \w+|Diocese|Borough)"
    r" (?:for|of)(?: the)?(?= [A-Z\"'])|\bStichting(?= [A-Z\"'])"
)
_NEEDLES_NL = ("tichting", "ereniging", "oöperatie", "aatschap", "emeente", "rovincie", "aterschap", "inister",
               "niversiteit", "ogeschool", "FOD", "Stad ", "OCMW", "VZW", "vzw", "praktijk")  # fmt: skip
_NEEDLES_EN = (" of ", " for ", "Stichting")
_NO_BODY = re.compile(r"Information Commissioner|Data Protection|Privacy Commission", re.IGNORECASE)

_CONTROLLER_NL = r"(?:(?:de|een|gezamenlijke?) )?(?:verwerkings-?verantwoordelijken?|verantwoordelijke?\b)"
# Phrases that a name stands before.
_AFTER_NAME = re.compile(
    rf" (?:is|zijn|treedt op als|geldt als|is aan te merken als) {_CONTROLLER_NL}(?! (?:of|om|niet|gehouden))|"
    r" (?:zijn wij|ben ik) (?:de )?(?:verwerkings)?verantwoordelijk|"
    r",? (?:statutair )?(?:gevestigd|kantoorhoudend|kantoor houdende?)(?:e)? (?:te|in|aan|op)\b|"
    r",? ingeschreven (?:bij|in) (?:de|het) (?:Kamer|KvK|handelsregister|Handelsregister)|"
    r",? (?:\(|- )?hierna(?:[: ,]| te noemen| ook| genoemd)|"
    r" \((?:hierna|\"?'?(?:wij|we|us|our|ons|onze)\b)|"
    r" (?:is|are|acts? as|will be|shall be) (?:(?:the|a|your|joint|our) )?(?:data )?controllers?\b|"
    r" is (?:the )?(?:data controller|responsible for (?:the )?(?:processing|your personal))|"
    r",? \(?(?:hereinafter|hereafter)\b|,? \(?(?:company|registered) (?:number|no|in|at|office|charity)\b|"
    r",? a company (?:registered|incorporated|established)"
)
_AFTER_NEEDLES = (
    *("verantwoordelijk", "gevestigd", "kantoor", "ingeschreven", "hierna", "ontroller", "responsible", "hereinafter"),
    *("hereafter", "company", "registered", "(wij", "(we", "(us", "(our", "(ons", "('", '("'),
)
# Phrases that a name stands behind.
_BEFORE_NAME = re.compile(
    r"\b(?:[Vv]erwerkings-?verantwoordelijke (?:is|:|voor deze (?:website|verwerking(?:en)?) is)|"
    r"[Vv]erwerkings-?verantwoordelijke:|[Vv]erantwoordelijke(?: voor de (?:gegevens)?verwerking)? is|"
    r"(?:data |Data )?[Cc]ontroller(?: (?:for|of) (?:this|the|your) [\w ]{3,30})? is|[Cc]ontroller:|"
    r"(?:owned|operated|provided|run|managed|controlled|published)(?: and (?:owned|operated|run|managed))? by|"
    r"(?:dienst|onderdeel|handelsnaam|winkelnaam|merknaam|initiatief|product|label|website|webshop) van|"
    r"trading name of|[Tt]rading as|handelend onder de naam|[Ee]igenaa?re?s? van|owner of|[Tt]he data controller is)"
    r"(?: the| de| het)? (?=[A-Z0-9\"'])"
)

_BEFORE_NEEDLES = (
    "erantwoordelijke",
    "ontroller",
    "ed by ",
    "run by ",
    "rading ",
    "onder de naam",
    "igenar",
    "igenaa",
    "owner of",
    "dienst van",
    "deel van",
    "naam van",
    "initiatief van",
    "product van",
    "label van",
    "site van",
    "shop van",
)
# A name as the subject of what a policy says of its author; a match opens with the last word of the name.
_LAST_WORD = r"(?<![\w.-])(?<!te |in )[A-Z0-9][\w&'-]{0,40}[\")]{0,2},?"
_SUBJECT_NL = re.compile(
    rf"{_LAST_WORD} (?=(?:respecteert|respecteren|hecht|hechten|acht|vindt|neemt|nemen|gaat|gaan|omgaat|omgaan|"
    r"verwerkt|verwerken|verzamelt|verzamelen|gebruikt|bewaart|bewaren|verstrekt|deelt|delen|verkoopt|draagt|"
    r"houdt|waarborgt|doet|beschermt|registreert|behandelt|streeft|garandeert|bepaalt|legt|spant|stelt|"
    r"(?:kan|zal|heeft|wil|moet|mag) (?:uw|jouw|enkele|bepaalde|persoonsgegevens|zich|de volgende))\b"
    r"(?! (?:wij|we|u|ik|zij|je|jij|men|het|er)\b))"
)
_SUBJECT_EN = re.compile(
    rf"{_LAST_WORD} (?=(?:respects?|values|takes|cares|collects|processes|uses|stores|shares|handles|understands|"
    r"recogni[sz]es|appreciates|promises|operates|maintains|protects|keeps|attaches|believes|complies|needs|"
    r"(?:is|are) (?:fully |strongly )?(?:committed|dedicated|known as the)|"
    r"(?:has|have) (?:adopted|created|developed|published)|(?:as|acting as) (?:(?:the|a|your) )?(?:data )?controller|"
    r"(?:may|will|does|shall) (?:not |never |only )?(?:sell|collect|use|share|process|change|disclose|update|keep))\b)"
)
# What follows a name with an apposition: "Acme, 1 High Street, York, is the controller".
_APPOSITION = re.compile(
    r",[^;:]{5,200}?,? (?:is (?:de )?(?:verwerkings-?)?verantwoordelijke?\b|is responsible for|"
    r"(?:is|are) (?:the|a|your) (?:data )?controllers?\b)",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:^|(?<=[.:!?] ))(?=[A-Z0-9])")
_ROLE_NEEDLES = ("erantwoordelijk", "ontroller", "esponsible")
# Phrases of a policy that its author's name stands behind; some only if "we" follow.
_AUTHOR = re.compile(
    r"\b(?:[Ww]elkom bij|[Ww]ij,? van|[Pp]rivacy-?(?: ?(?:verklaring|beleid|statement|policy|reglement)) van|"
    r"[Ww]elcome to|[Ww]e,? at|[Pp]rivacy (?:[Pp]olicy|[Nn]otice|[Ss]tatement) (?:of|for)|"
    r"(?P<we>[Bb]ij|[Aa]t|[Aa]ls)) (?=[A-Z0-9\"'])"
)
_WE = re.compile(r",?(?: \w+){0,2} (?:wij|we|ons|our|your)\b")
# A title: the name before or behind the words for the policy, and nothing else.
_POLICY_TITLE = re.compile(
    r"\bprivacy[ -]?(?:(?:policy|notice|statement|verklaring|beleid|reglement|and cookies? policy|"
    r"en cookie(?:beleid|verklaring))\b)(?: (?:van|of|for)\b)?",
    re.IGNORECASE,
)
_LONGEST_TITLE = 100
_TOKEN = re.compile(r"\S+")
_CONNECTORS = frozenset(
    _TOKEN.findall("van de der den het en of the and for voor in du des la le ter ten te aan bij on to von und & 't 's")
)
_PLACING = frozenset({"in", "te", "on", "to"})
_NO_START = frozenset(
    _TOKEN.findall(
        "De Het Een Wij We Ons Onze Bij Via Door Als In Deze Dit Die Dat Voor Van Met Naar Aan Op Uw Je Jouw Hoe "
        "Wie Wat Waarom Indien Wanneer Ook Naam Name Bedrijf Bedrijfsnaam Contact Adres Address Company Alle "
        "Elke En Of Maar The A An Our We By At This That These With For From To In On Of And Or If When Where "
        "How Who What Why Your You It Its As All Any Each Us Also Such Only Because Both However Please Not Is "
        "Zijn Ik Mijn Within Under Binnen Verantwoordelijke Verwerkingsverantwoordelijke Controller Copyright © "
        "Contactgegevens Websites Website Aanvragen Namens Here Welcome Welkom Privacyverklaring"
    )
)
_NO_NAME = frozenset(
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
_LONGEST = 9
"""Words of a name at the most."""
_REACH = 120


def find_organisations(text: str, language: str) -> Iterator[Value]:
    """Organisations with their names as values; the longest of overlapping ones."""
    if text.islower():
        return
    found: list[Value] = []
    for match in _FORM.finditer(text):
        start = _name_start(text, match.start(), form=True)
        if start is not None:
            found.append(_value(text, start, match.end()))
    for match in _BODY.finditer(text):
        start = _name_start(text, match.start())
        if start is not None:
            found.append(_value(text, start, match.end()))
    opening, needles = (_OPENING_EN, _NEEDLES_EN) if language == "en" else (_OPENING_NL, _NEEDLES_NL)
    for match in opening.finditer(text) if has_any(text, needles) else ():
        end = _name_end(text, match.end() + 1, match.group().lower().startswith("minister"))
        if end is not None:
            found.append(_value(text, match.start(), end))
    for match in _AFTER_NAME.finditer(text) if has_any(text, _AFTER_NEEDLES) else ():
        start = _name_start(text, match.start())
        if start is not None:
            found.append(_value(text, start, match.start()))
    for match in _BEFORE_NAME.finditer(text) if has_any(text, _BEFORE_NEEDLES) else ():
        end = _name_end(text, match.end(), False)
        if end is not None:
            found.append(_value(text, match.end(), end))
    found += _authors(text, language)
    for value in longest(found):
        if not _NO_BODY.search(str(value.value)):
            yield value


def _authors(text: str, language: str) -> Iterator[Value]:
    """Names without a legal form that a policy gives its author: as a subject, after set phrases, in the title."""
    for match in (_SUBJECT_EN if language == "en" else _SUBJECT_NL).finditer(text):
        end = match.end() - 1
        start = _name_start(text, end - (text[end - 1] == ","))
        if start is not None and not _is_domain(text[start:end]):
            yield _value(text, start, end)
    for match in _AUTHOR.finditer(text):
        stop = _name_end(text, match.end(), False)
        if stop is not None and (match["we"] is None or _WE.match(text, stop)):
            yield _value(text, match.end(), stop)
    for match in _SENTENCE_START.finditer(text) if has_any(text, _ROLE_NEEDLES) else ():
        stop = _name_end(text, match.end(), False)
        if stop is not None and _APPOSITION.match(text, stop):
            yield _value(text, match.end(), stop)
    title = _POLICY_TITLE.search(text) if len(text) <= _LONGEST_TITLE else None
    if title:
        for part in (text[: title.start()], text[title.end() :]):
            name = part.strip(" |:-\u2013\u2014#*")
            words = name.split()
            if not words or _is_domain(words[0]) or {words[0], words[-1]} & (_NO_START | _NO_NAME):
                continue
            if all(_is_name_word(word) or word.lower() in _CONNECTORS for word in words):
                start = text.index(name)
                yield _value(text, start, start + len(name))


def _value(text: str, start: int, end: int) -> Value:
    name = text[start:end].strip(" ,;:")
    if name.count('"') % 2:
        name = name.strip('"')
    start += text[start:end].index(name)
    return Value("organisation", start, start + len(name), name)


def _is_name_word(word: str) -> bool:
    """Capitalised, or a domain name; a bare number is part of a name only inside it."""
    bare = word.lstrip("\"'(")
    return bool(bare) and (bare[0].isupper() or (bare[0].isdigit() and any(map(str.isalpha, bare))) or _is_domain(bare))


def _is_domain(word: str) -> bool:
    stem, dot, ending = word.rstrip(",").rpartition(".")
    return bool(dot) and stem.replace("-", "").replace(".", "").isalnum() and ending in {"nl", "be", "com", "eu", "org"}


def _ends_sentence(word: str) -> bool:
    """Whether a word closes what stands before; initials, "Co." and legal forms do not."""
    if word[-1] in ":;!?" or (word[-1] == ")" and "(" not in word):
        return True
    return word[-1] == "." and len(word) > 2 and word.count(".") == 1 and word not in _ABBREVIATIONS


def _name_start(text: str, end: int, *, form: bool = False) -> int | None:
    """Where the name that ends at `end` begins: capitalised words and what links them, walking back.

    A comma may stand before a legal `form` that follows.
    """
    offset = max(0, end - _REACH)
    tokens = [(offset + m.start(), m.group()) for m in _TOKEN.finditer(text[offset:end])]
    if offset and tokens and not text[offset - 1].isspace():
        tokens = tokens[1:]
    words: list[tuple[int, str]] = []
    for start, word in reversed(tokens[-_LONGEST:]):
        if words and (_ends_sentence(word) or word[-1] == ","):
            break
        if not words and (_ends_sentence(word) or not _is_name_word(word) or (word[-1] == "," and not form)):
            return None
        if not _is_name_word(word) and word.lower() not in _CONNECTORS:
            break
        words.append((start, word))
        if (word[0] == "(" and ")" not in word) or word == "The":
            break
    words.reverse()
    while words and (words[0][1].strip("\"'(*") in _NO_START or not _is_name_word(words[0][1])):
        words.pop(0)
    if not words or (len(words) == 1 and words[0][1].strip("\"',") in _NO_NAME):
        return None
    return words[0][0] + len(words[0][1]) - len(words[0][1].lstrip("\"'(*"))


def _name_end(text: str, start: int, lists: bool) -> int | None:
    """Where the name that begins at `start` ends; `lists` allows "X, Y en Z" (ministries)."""
    end: int | None = None
    for match in list(_TOKEN.finditer(text[start : start + _REACH]))[:_LONGEST]:
        word = match.group()
        bare = word.rstrip(".,;:!?)\"'")
        if not bare or not (_is_name_word(word) or (end is not None and word.lower() in _CONNECTORS - _PLACING)):
            break
        if _is_name_word(word):
            if end is None and bare in _NO_START - {"De", "Het", "The"}:
                return None
            end = start + match.start() + len(bare)
            quoted = word[len(bare) :][:1] in {'"', "'"} and word.count(word[len(bare)]) % 2 == 1
            if quoted:
                end += 1
        if word[-1] in ".;:!?)" or (word[-1] == "," and not lists):
            break
    return end
