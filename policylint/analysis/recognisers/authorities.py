"""Supervisory authorities, in force and gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache

from policylint.analysis.recognisers.cues import Cue
from policylint.analysis.recognisers.value import Value, longest
from policylint.national_law import national_law

_NATIONALITIES = {
    "Austrian|Oostenrijkse": "AT", "Belgian|Belgische": "BE", "British": "UK", "Czech|Tsjechische": "CZ",
    "Danish|Deense": "DK", "Dutch|Nederlandse": "NL", "Finnish|Finse": "FI", "French|Franse": "FR",
    "German|Duitse": "DE", "Irish|Ierse": "IE", "Italian|Italiaanse": "IT", "Luxembourg|Luxemburgse": "LU",
    "Norwegian|Noorse": "NO", "Polish|Poolse": "PL", "Portuguese|Portugese": "PT", "Spanish|Spaanse": "ES",
    "Swedish|Zweedse": "SE", "UK|Britse": "UK",
}  # fmt: skip
_ADJECTIVE = Cue(tuple(adjective for both in _NATIONALITIES for adjective in both.split("|")))
_NATIONAL = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{code}_{index}>{names})' for index, (names, code) in enumerate(_NATIONALITIES.items()))})"
    r"(?:'s)? (?:(?:[Dd]ata [Pp]rotection|[Pp]rivacy|[Pp]ersonal [Dd]ata|[Ii]nformation) (?:[Pp]rotection )?"
    r"(?:[Aa]uthority|[Aa]gency|[Rr]egulator|[Ii]nspectorate)|DPA\b|(?:[Gg]egevensbeschermings|[Pp]rivacy)-?"
    r"(?:autoriteit|toezichthouder|waakhond)|[Tt]oezichthoud(?:er|ende autoriteit)\b)"
)
_YOUR_COUNTRY = re.compile(
    r"\b(?:toezichthoud\w*(?: autoriteit\w*)?|(?:gegevensbeschermings|privacy)(?:autoriteit|toezichthouder)\w*)"
    r"(?: voor gegevensbescherming)? (?:in|van) (?:(?:uw|je|jouw) (?:eigen )?(?:land|(?:eu-)?lidstaat|woonplaats)\w*|"
    r"(?:het|de) (?:eu-?)?(?:land|lidstaat) (?:waar|van uw|van je))|"
    r"\b(?:uw|je|jouw) (?:lokale|nationale|plaatselijke) "
    r"(?:toezichthoud\w*|gegevensbeschermingsautoriteit|privacytoezichthouder|autoriteit)(?: autoriteit)?|"
    r"\b(?:authorit(?:y|ies)|regulator)(?: for data protection)? (?:in|of|for|within) "
    r"(?:(?:your|their) (?:own |home |local )?(?:eu |eea )?"
    r"(?:country|member state|place of residence|habitual residence|residence)|"
    r"the (?:eu |eea |european )?(?:country|member state)(?: of your| of their| where| in which| you))|"
    r"\byour (?:local|national|country's) (?:\w+ )?(?:supervisory|data protection|privacy) (?:\w+ )?"
    r"(?:authority|regulator|agency)"
)

_DEFUNCT = {
    "NL": ("College bescherming persoonsgegevens", "Registratiekamer"),
    "BE": (
        "Privacycommissie", "Commissie voor de bescherming van de persoonlijke levenssfeer",
        "Commissie ter bescherming van de persoonlijke levenssfeer",
        "Belgian Privacy Commission", "Commission for the Protection of Privacy",
        "Commission de la protection de la vie privée",
    ),
    "IE": ("Irish Data Protection Commissioner", "Office of the Data Protection Commissioner",
           "Data Protection Commissioner"),
}  # fmt: skip
_DEFUNCT_ABBREVIATION = re.compile(r"\b(?:(?P<NL>CBP)|(?P<BE>CBPL))\b")
# Other countries and states have a body of that name today.
_ELSEWHERE = re.compile(
    r"\b(?:Malta|Maltese|Kenya|Jersey|Guernsey|Cyprus|Gibraltar|Mauritius|Federal|State|Berlin|Bavarian|Hamburg|Hess\w+)\b",
    re.IGNORECASE,
)
_OTHER_COMMISSIONER = re.compile(
    r"(?:Australian|Alberta|British Columbia|Ontario|Canad\w+|Queensland|Victorian|Protection and) $"
)
_ABOUT_COMPLAINTS = re.compile(
    r"klacht|toezicht|persoonsgegevens|gegevensbescherming|privacy|complain|data protection|supervis"
)
_NAMED = re.compile(r"(?:\b(?:de|het|the|bij|door|aan|van)\s|\(|\"|'|^)$", re.IGNORECASE)
_CAREFUL = frozenset({"AP", "GBA", "APD"})
"""Abbreviations with other meanings: they need an article or bracket, and talk of data protection around them."""
_AUTHORITY = Cue(
    (
        *("autorit", "authorit", "commission", "commissie", "toezichthoud", "waakhond", "regulator", "agency"),
        *("inspect", "dpa", "cbp", "college bescherming", "registratiekamer", "ico", "dpc", "gba", "apd", "cnil"),
        *("bfdi", " ap", "(ap", "beauftrag", "coimisi", "dataprotection", "protectiondonn", "ap "),
    )
)
CUES = frozenset({_ADJECTIVE, _AUTHORITY})


@dataclass(frozen=True, slots=True)
class _Name:
    """A name or website, in lower case; `is_word` if it is a common noun unless it has its capital."""

    lower: str
    name: str
    code: str
    is_word: bool


def find_authorities(text: str, heard: Set[Cue]) -> Iterator[Value]:
    """Supervisory authorities with the code of their jurisdiction; "" for the one of the reader's own country."""
    if _AUTHORITY not in heard:
        return
    lower = text.lower()
    if len(lower) == len(text) and _AUTHORITY.given(lower, heard):
        yield from longest(_candidates(text, lower, heard))


def _candidates(text: str, lower: str, heard: Set[Cue]) -> Iterator[Value]:
    """Authorities by every way of naming them; a longer way may hold a shorter one."""
    for match in _YOUR_COUNTRY.finditer(lower):
        yield Value("authority-of-your-country", match.start(), match.end(), "")
    for match in _NATIONAL.finditer(text) if _ADJECTIVE.given(text, heard) else ():
        yield Value("authority", match.start(), match.end(), _group(match))
    names, abbreviations = _names()
    for name in names:
        start = lower.find(name.lower)
        while start >= 0:
            end = start + len(name.lower)
            if _stands_alone(lower, start, end) and not (name.is_word and text[start].islower()):
                before, after = text[max(0, start - 20) : start], text[end : end + 24]
                elsewhere = name.code == "IE" and (_ELSEWHERE.search(before) or _ELSEWHERE.search(after))
                if not elsewhere and not _OTHER_COMMISSIONER.search(before):
                    yield Value(name.name, start, end, name.code)
            start = lower.find(name.lower, end)
    complaints = _ABOUT_COMPLAINTS.search(lower) is not None
    for match in abbreviations.finditer(text):
        named = _NAMED.search(text[max(0, match.start() - 6) : match.start()])
        if match.group() not in _CAREFUL or (complaints and named):
            yield Value("authority", match.start(), match.end(), _group(match))
    if complaints:
        for match in _DEFUNCT_ABBREVIATION.finditer(text):
            yield Value("authority-defunct", match.start(), match.end(), _group(match))


def _stands_alone(lower: str, start: int, end: int) -> bool:
    before, after = lower[start - 1 : start], lower[end : end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after in ("_", "@"))


def _group(match: re.Match[str]) -> str:
    """The jurisdiction code that the matching group is named after."""
    return str(match.lastgroup).partition("_")[0]


@cache
def _names() -> tuple[tuple[_Name, ...], re.Pattern[str]]:
    """Names and websites (any case), longest first, and abbreviations (exact case), a group per jurisdiction."""
    names = [
        _Name(written.lower(), "authority-defunct", code, " " not in written)
        for code, gone in _DEFUNCT.items()
        for written in gone
    ]
    abbreviations = []
    for code, law in national_law().laws.items():
        if code == "EU":
            continue
        names += [_Name(name.lower(), "authority", code, " " not in name) for name in law.authority.names]
        names += [_Name(site, "authority", code, False) for site in law.authority.websites]
        abbreviations.append(f"(?P<{code}>{'|'.join(law.authority.abbreviations)})")
    names.sort(key=lambda name: -len(name.lower))
    return tuple(names), re.compile(rf"\b(?:{'|'.join(abbreviations)})(?![\w@/-]|\.[a-z])")
