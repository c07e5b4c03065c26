"""Ways to reach somebody: e-mail, web, phone, post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from policylint.analysis.recognisers.cues import DIGIT, Cue
from policylint.analysis.recognisers.value import Value, longest

_DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,5}(?:[a-z]{2,18}|[A-Z]{2,18})"
_EMAIL = re.compile(rf"(?<![\w.+%@-])[A-Za-z0-9][\w.+%'-]{{0,63}}@(?P<domain>{_DOMAIN})(?![\w@-]|\.[a-z0-9])", re.ASCII)
_SPELLED_EMAIL = re.compile(
    r"(?<![\w.+-])([A-Za-z0-9][\w.+-]{0,63})\s?[\[(]\s?(?:at|apenstaartje|@)\s?[\])]\s?"
    r"([A-Za-z0-9-]{1,63}(?:(?:\.|\s?[\[(]\s?(?:dot|punt)\s?[\])]\s?)[A-Za-z0-9-]{1,63}){1,4})",
    re.ASCII | re.IGNORECASE,
)
_SPELLED_DOT = re.compile(r"\s?[\[(]\s?(?:dot|punt)\s?[\])]\s?", re.IGNORECASE)
_PLACEHOLDER_DOMAIN = re.compile(
    r"(?:^|[@/.])(?:example|voorbeeld|(?:your|my|jouw|uw|mijn|je)-?(?:domain|domein|company|bedrijf|site|website|"
    r"organisation|organisatie|store|shop|webshop|email)\w*|bedrijfsnaam|companyname|domein(?:naam)?|domain|"
    r"website|company|bedrijf|organisatie|organisation)\.(?:com|org|net|nl|be|eu|tld|co\.uk|example)\b",
    re.IGNORECASE,
)
"""Addresses that a template was shipped with."""

_AT = Cue(("@",))
_SPELLED_AT = Cue(("(at", "[at", "( at", "[ at", "(@", "[@", "apenstaart", "(AT", "[AT"))
_DOTTED = re.compile(r"\.\w")
_SCHEME = Cue(("://", "www."))
_ENDINGS = (
    *(
        "nl",
        "be",
        "com",
        "org",
        "net",
        "eu",
        "uk",
        "ie",
        "de",
        "fr",
        "io",
        "app",
        "gov",
        "edu",
        "info",
        "online",
        "shop",
    ),
    *("amsterdam", "brussels", "vlaanderen"),
)
_ENDING = Cue(tuple(f".{ending}" for ending in _ENDINGS))
_URL = re.compile(r"(?:https?://|(?<![\w.@/-])www\.)[^\s<>\"()\[\]{}|\\^]{3,2000}", re.IGNORECASE)
_BARE_DOMAIN = re.compile(
    r"(?<![\w.@/:-])[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,3}"
    rf"\.(?:{'|'.join(_ENDINGS)})"
    r"(?![\w@-]|\.[a-z0-9])(?:/[^\s<>\"()\[\]{}|\\^,;]{0,500})?"
)

# Patterns around digits name their first character before they look back, so that Python searches for that alone.
_PHONE = re.compile(r"[+(0](?<![\w+/.,€$£-].)(?:(?<=\()[+0]|(?<=0)0|(?<=[+0]))[\d\s().\-/]{7,24}\d(?!\w|[.,-]\d)")
_NO_PHONE = re.compile(
    r"(?:kvk|k\.v\.k\.|koophandel|btw|vat|tva|kbo|bce|rpr|iban|onderneming\w*|company|charity|registration|register\w*|"
    r"rsin|dossier\w*|account|artikel|article|ico)\W{0,3}(?:\w+\W{1,3}){0,3}$",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"tel|phone|fax|bel|call|gsm|mobi", re.IGNORECASE)
_ENTERPRISE_NUMBER = re.compile(r"0\d{3}\.\d{3}\.\d{3}")
_REGIONS = {"nl": ("NL", "BE"), "en": ("GB", "IE", "NL")}

_STREETS_NL = ("straat", "laan", "plein", "gracht", "singel", "steenweg", "dreef", "plantsoen", "kade", "boulevard",
               "weg", "dijk", "baan", "hof", "lei", "steeg", "markt", "pad", "kaai", "Voorhout", "Gracht", "Singel",
               "Plein", "Weg", "Laan", "Straat", "Kade", "Dijk", "Markt", "Boulevard", "Park")  # fmt: skip
_STREETS_EN = ("Street", "St", "Road", "Rd", "Lane", "Avenue", "Ave", "Square", "Row", "Way", "Place", "Close", "Drive",
               "Court", "Gardens", "Terrace", "Quay", "Boulevard", "Blvd", "Highway", "Parkway", "Crescent", "Hill",
               "Walk", "Mews", "Wharf", "Green", "Parade")  # fmt: skip
_STREETS_DE = ("str.", "straße", "strasse")
_STREETS_FR = ("rue", "avenue", "boulevard", "place", "quai", "chaussée")
_BOXES = ("ostbus", "ox", "ntwoordnummer", "reepost", "FREEPOST", "BOX")
_STATES = "A[KLRZ]|C[AOT]|DC|DE|FL|GA|I[ADLN]|K[SY]|M[ADEINOST]|N[CEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"

_ADDRESSES: tuple[tuple[re.Pattern[str], Cue], ...] = (
    # Street and number as Dutch writes it; years are no house numbers. A Belgian postal code looks like a year, so
    # it counts only behind a house number.
    (
        re.compile(
            rf"\b(?:(?:[A-Z][a-zë'-]{{1,30}} |[Vv]an (?:de[rn]? )?)(?=[A-Z]))?"
            rf"[A-Z][\w'-]{{0,30}} ?(?:{'|'.join(_STREETS_NL)})"
            r" (?!(?:19|20)\d\d\b)\d{1,4}(?:[-/]\d{1,4}|[a-zA-Z]| [a-zA-Z])?\b(?: bus \d+)?"
            r"(?:(?:,| te| in| [-|I])? {1,2}(?:B-? ?)?[1-9]\d{3} [A-Z][a-zë-]{2,})?"
        ),
        Cue(_STREETS_NL),
    ),
    # Dutch postal code with its place; Belgian one with the letter of the country.
    (
        re.compile(
            r"[1-9](?<!\w.)\d{3} ?(?!EU|VS|UK|US|SA|SD|SS|BV|NV)[A-Z]{2},?\s{1,4}"
            r"(?:'[st]-|(?:Den|De|Het|Sint|Nieuwe?|Oude?|Hoek van) )?[A-Z][a-zA-Zë'-]{2,}"
            r"(?: (?:aan (?:den|de)|op) [A-Z][a-zA-Z'-]+)?"
        ),
        DIGIT,
    ),
    (re.compile(r"\bB-[1-9]\d{3} [A-Z][a-z]+"), Cue(("B-",))),
    # Street, number and Belgian postal code, whatever the street is called; years are no postal codes.
    (
        re.compile(
            r"[A-Z](?<!\w.)(?!(?<=A)rt)[\w'-]{2,30}(?: [A-Za-z'-]{2,20}){0,3} \d{1,4}[a-zA-Z]?(?: bus \d+)?, ?"
            r"(?:B-? ?)?(?!19|20)[1-9]\d{3} [A-Z][a-zë-]{3,}"
        ),
        DIGIT,
    ),
    # British and Irish postal codes.
    (re.compile(r"[A-PR-UWYZ](?<!\w.)[A-HK-Y]?\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}\b"), DIGIT),
    (re.compile(r"[AC-FHKNPRTV-Y](?<!\w.)\d[\dW] (?=[\dA-Z]{0,3}[A-Z])[\dAC-FHKNPRTV-Y]{4}\b"), DIGIT),
    # Number and street as English writes it.
    (
        re.compile(
            r"\b\d{1,5}[A-Za-z]?(?:-\d{1,4})?,? "
            rf"(?:[A-Z][\w'.-]{{1,30}} ){{1,4}}(?:{'|'.join(_STREETS_EN)})(?!\w)\.?"
        ),
        Cue(_STREETS_EN),
    ),
    # United States, Germany, France.
    (re.compile(rf"[A-Z](?<!\w.)[a-z]+,? (?:{_STATES}),? \d{{5}}\b"), DIGIT),
    (re.compile(r"\b[A-Z][\wäöüß.-]{1,40}(?:str\.|straße|strasse) \d{1,4}[a-z]?\b"), Cue(_STREETS_DE)),
    (re.compile(rf"\b\d{{1,4}},? (?:{'|'.join(_STREETS_FR)}) (?:[\w'-]{{1,30}} ?){{1,5}}"), Cue(_STREETS_FR)),
    (
        re.compile(
            r"\b(?:[Pp]ostbus|P\.? ?O\.? ?(?:[Bb]ox|BOX)|[Aa]ntwoordnummer|Freepost|FREEPOST)\s"
            r"(?:[A-Z]{1,4}\s?)?\d{1,6}\b"
        ),
        Cue(_BOXES),
    ),
)
CUES = frozenset({_AT, _SPELLED_AT, _SCHEME, _ENDING, *(cue for _, cue in _ADDRESSES)})


def find_contacts(text: str, language: str, heard: Set[Cue]) -> Iterator[Value]:
    """E-mail addresses, URLs, phone numbers (E.164) and postal addresses; a template's own are placeholders."""
    if _AT in heard:
        for match in _EMAIL.finditer(text):
            if _PLACEHOLDER_DOMAIN.search(match.group()):
                yield Value("placeholder", match.start(), match.end(), match.group())
            else:
                yield Value("email", match.start(), match.end(), match.group().lower())
    if _SPELLED_AT.given(text, heard):
        for match in _SPELLED_EMAIL.finditer(text):
            domain = _SPELLED_DOT.sub(".", match[2])
            yield Value("email", match.start(), match.end(), f"{match[1]}@{domain}".lower())
    if (_SCHEME in heard or _ENDING in heard) and _DOTTED.search(text):
        yield from _urls(text, heard)
    if DIGIT in heard:
        yield from _phones(text, language)
        yield from longest(_addresses(text, heard))


def _urls(text: str, heard: Set[Cue]) -> Iterator[Value]:
    if _SCHEME in heard:
        for match in _URL.finditer(text):
            url = match.group().rstrip(".,;:!?'*_")
            if "." in url:
                name = "placeholder" if _PLACEHOLDER_DOMAIN.search(url) else "url"
                yield Value(name, match.start(), match.start() + len(url), url)
    for match in _BARE_DOMAIN.finditer(text) if _ENDING in heard else ():
        url = match.group().rstrip(".,;:!?'*_")
        if not _inside_url(text, match.start()):
            yield Value("url", match.start(), match.start() + len(url), url)


def _inside_url(text: str, start: int) -> bool:
    """Whether the run of characters that a domain stands in began as a URL or an e-mail address."""
    before = text[max(0, start - 200) : start].rpartition(" ")[2].lower()
    return "://" in before or "www." in before or "@" in before or text[start : start + 4].lower() == "www."


def _phones(text: str, language: str) -> Iterator[Value]:
    for match in _PHONE.finditer(text):
        digits = sum(map(str.isdigit, match.group()))
        before = text[max(0, match.start() - 40) : match.start()]
        if not 9 <= digits <= 15 or _ENTERPRISE_NUMBER.fullmatch(match.group()):
            continue
        if (found := _NO_PHONE.search(before)) and not _TELEPHONE.search(before, found.start()):
            continue
        number = _phone_number(match.group(), language)
        if number:
            yield Value("phone", match.start(), match.end(), number)


def _phone_number(candidate: str, language: str) -> str | None:
    """The number in E.164 if it is valid in a region where the language is spoken, or carries its country."""
    import phonenumbers

    # "+31 (0)6" writes the trunk zero next to the country code.
    plain = candidate.replace("(0)", "").lstrip("(")
    for region in _REGIONS.get(language, ("NL", "GB")):
        try:
            number = phonenumbers.parse(plain, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            e164: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            return e164
    return None


def _addresses(text: str, heard: Set[Cue]) -> Iterator[Value]:
    for pattern, cue in _ADDRESSES:
        for match in pattern.finditer(text) if cue in heard else ():
            address = match.group().strip(" ,|-")
            start = match.start() + match.group().index(address)
            yield Value("postal-address", start, start + len(address), address)
