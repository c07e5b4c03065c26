"""Whose national law counts for a document, by the marks that its text carries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from policylint.document import Document, matching_text
from policylint.errors import UserError
from policylint.language import Languages
from policylint.national_law import Country, Mark, Table, national_law
from policylint.needles import Ear, narrowed, places, windows
from policylint.result import Jurisdiction

_HEAD, _TAIL = 60_000, 20_000
"""A controller names itself at the beginning or at the end: of longer texts only these parts are read."""
_OPENING = 2_500
"""Characters at the beginning and at the end in which a controller most often names itself."""

_REACH, _NUMBER_REACH = 150, 60
"""Characters, more than any mark or number with its place is long: patterns are tried this far around what they need
only."""
_DIGITS_AS_ZEROS = bytes.maketrans(b"123456789", b"000000000")

_LEAST = 2.0
"""Weight below which the marks of a country say nothing."""

# Words around a mark that tell of somebody else than the controller.
_OTHERS = re.compile(
    r"\b(?:verwerkers?|processors?|bewerkers?|hosting|hosted|gehost|analytics|nieuwsbrief|newsletter|plug-?in|cookies?|"
    r"ontvangers?|recipients?|third part\w+|derden?|aanbieder|provider|supplier|betaal\w*|payment\w*|partners?|"
    r"google|facebook|representative|vertegenwoordiger)\b",
    re.IGNORECASE,
)
# Words around a mark that tell of the controller.
_OWN = re.compile(
    r"\b(?:verwerkingsverantwoordelijke|verantwoordelijk(?:e)? (?:voor de|is)|contactgegevens|wie (?:zijn )?wij|hierna|"
    r"controller|contact us|contact details|who we are|hereinafter|operated by|registered office|we are)\b|"
    r"\(\"?(?:wij|we)\b",
    re.IGNORECASE,
)
_OWN_FACTOR = 1.2
"""How much more a mark counts then, which is the most that it can."""
_SEATS = frozenset({"register", "seat", "law", "address", "phone", "domain", "form"})
"""Kinds that tell where a party sits."""
_SOMEBODYS = (_SEATS - {"domain"}) | {"country"}
"""Kinds that count less where the text speaks of somebody else than the controller."""

_DOT = re.compile(r"\.[a-z]")
_HOST = re.compile(r"(?P<mail>@)?\b(?P<host>(?:[A-Za-z0-9-]{1,63}\.){1,4}(?P<ending>[a-z]{2,8}))\b(?![@.][a-z])")
_SHARED_HOSTS = re.compile(
    r"(?:^|\.)(?:google|facebook|youronlinechoices|allaboutcookies|consuwijzer|rijksoverheid|overheid|privacyshield|"
    r"veiliginternetten|europa|aboutads|networkadvertising|cookierecht|cookiesenzo)\."
)
_MAIL_WEIGHT, _SITE_WEIGHT, _STRAY_WEIGHT = 4.0, 3.0, 0.75


@dataclass(frozen=True, slots=True)
class _Sign:
    """One mark in the text: for which country, of which kind, how heavy, and where."""

    country: str
    kind: str
    weight: float
    start: int
    end: int


def find_jurisdiction(
    document: Document, languages: Languages, forced: str | None = None, spoken: str | None = None
) -> Jurisdiction:
    """The jurisdiction of a document's controller, with the reason in the language that is `spoken`.

    Nothing `spoken` is the document's language. `forced` is a code of the table. Without any mark: NL for Dutch text,
    EU for English. A controller
    elsewhere is judged by the row that the table names for it. Raises UserError `unknown-jurisdiction`.
    """
    table = national_law()
    spoken = spoken or languages.main
    if forced is not None:
        code = forced.upper()
        if code not in table.laws:
            known = ", ".join(table.laws)
            raise UserError("unknown-jurisdiction", f"jurisdiction {forced!r} is not known", f"Use one of {known}.")
        return Jurisdiction(code, _GIVEN[spoken], None)
    strongest: dict[tuple[str, str], _Sign] = {}
    for sign in _signs(document, table):
        key = (sign.country, sign.kind)
        if key not in strongest or sign.weight > strongest[key].weight:
            strongest[key] = sign
    scores: defaultdict[str, float] = defaultdict(float)
    for sign in strongest.values():
        scores[sign.country] += sign.weight
    for country in table.countries:
        # A mention of another country is no seat there: somebody has to be established in it.
        if country.judged_as != country.code and not any(
            sign.kind in _SEATS and sign.weight >= _LEAST for sign in strongest.values() if sign.country == country.code
        ):
            scores.pop(country.code, None)
    best = max(scores, key=lambda country: (scores[country], country), default=None)
    if best is None or scores[best] < _LEAST:
        return Jurisdiction("NL" if languages.main == "nl" else "EU", _NO_MARK[languages.main][spoken], None)
    sign = max((sign for sign in strongest.values() if sign.country == best), key=lambda sign: sign.weight)
    return Jurisdiction(
        next(country.judged_as for country in table.countries if country.code == best),
        _reason(document, table, sign, spoken),
        document.source_map.locate(sign.start, sign.start + 1),
    )


_GIVEN = {"nl": "opgegeven door de gebruiker", "en": "given by the user"}
_NO_MARK = {
    "nl": {
        "nl": "niets in de tekst wijst op een land; een tekst in het Nederlands geldt dan als bedoeld voor Nederland",
        "en": "nothing in the text points to a country; a text in Dutch is then taken to be for the Netherlands",
    },
    "en": {
        "nl": "niets in de tekst wijst op een land; een tekst in het Engels geldt dan als bedoeld voor de hele EU",
        "en": "nothing in the text points to a country; a text in English is then taken to be for the whole EU",
    },
}
"""What the lack of any mark comes to, by the language of the text, then by the one that is spoken."""
_POINTS_TO = {"nl": '{kind} "{quote}" wijst op {country}', "en": '{kind} "{quote}" points to {country}'}
_JUDGED_AS = {"nl": "; het recht van dat land telt hier niet mee", "en": "; only the GDPR itself counts"}


def _reason(document: Document, table: Table, sign: _Sign, language: str) -> str:
    country = next(country for country in table.countries if country.code == sign.country)
    quote = " ".join(_whole_words(document.text, sign.start, sign.end).split())
    if len(quote) > 60:
        quote = f"{quote[:57]}..."
    reason = _POINTS_TO[language].format(
        kind=table.kinds[sign.kind][language], quote=quote, country=country.name[language]
    )
    return reason if country.judged_as == country.code else reason + _JUDGED_AS[language]


def _whole_words(text: str, start: int, end: int) -> str:
    """Text from `start` to `end` with the words completed that it begins and ends in."""
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


@cache
def _ear() -> Ear[str]:
    """What hears the strings that marks need."""
    return Ear((need, need) for country in national_law().countries for mark in country.marks for need in mark.needs)


def _signs(document: Document, table: Table) -> Iterator[_Sign]:
    text = matching_text(document.text)
    last = max(_HEAD, len(text) - _TAIL)
    starts = [block.start for block in document.blocks]
    for offset, part in ((0, text[:_HEAD]), (last, text[last:])):
        if not part:
            continue
        narrow = narrowed(part)
        there = {need: places(narrow, (narrowed(need),)) for need in _ear().heard(part)}
        around_digits = windows(places(narrow.translate(_DIGITS_AS_ZEROS), (b"0",)), _NUMBER_REACH)
        for country in table.countries:
            for mark in country.marks:
                stretches = around_digits
                if mark.needs:
                    if there.keys().isdisjoint(mark.needs):
                        continue
                    stretches = windows(sorted(chain(*(there.get(need, ()) for need in mark.needs))), _REACH)
                yield from _marked(document, text, starts, country, mark, part, stretches, offset)
        yield from _domains(table, part, offset)


def _marked(
    document: Document,
    text: str,
    starts: list[int],
    country: Country,
    mark: Mark,
    part: str,
    stretches: Iterable[tuple[int, int]],
    offset: int,
) -> Iterator[_Sign]:
    for match in (match for stretch in stretches for match in mark.pattern.finditer(part, *stretch)):
        start, end = match.start() + offset, match.end() + offset
        weight, heaviest = mark.weight, mark.weight
        if mark.kind in _SOMEBODYS:
            heaviest *= _OWN_FACTOR
            block = document.blocks[max(0, bisect_right(starts, start) - 1)]
            first, last = _sentence(text, max(block.start, start - 200), start, end, min(block.end, end + 120))
            weight *= _nearness(text, first, last, start)
        yield _Sign(country.code, mark.kind, weight, start, end)
        if weight == heaviest:
            # No later match counts more.
            return


def _sentence(text: str, first: int, start: int, end: int, last: int) -> tuple[int, int]:
    """The sentence around [start, end), as far as it lies in [first, last)."""
    before, after = text.rfind(". ", first, start), text.find(". ", end, last)
    return (before + 2 if before >= 0 else first, after if after >= 0 else last)


def _nearness(text: str, first: int, last: int, start: int) -> float:
    """How likely a mark is the controller's own: by the words around it and by its place in the text."""
    around = text[first:last]
    if _OWN.search(around):
        return _OWN_FACTOR
    at_edge = start < _OPENING or start > len(text) - _OPENING
    if _OTHERS.search(around):
        return 0.35
    return 1.0 if at_edge else 0.75


def _domains(table: Table, part: str, offset: int) -> Iterator[_Sign]:
    """Hosts of mail addresses and of sites; a site named once is more often somebody else's."""
    owners = {ending: country.code for country in table.countries for ending in country.domains}
    authorities = {site for law in table.laws.values() for site in law.authority.websites}
    found = [
        match
        for stretch in _dotted(part)
        for match in _HOST.finditer(part, *stretch)
        if match["ending"] in owners and not _SHARED_HOSTS.search(host := match["host"].lower())
        and not any(host.endswith(site) for site in authorities)
    ]  # fmt: skip
    uses = Counter(_site(match["host"]) for match in found)
    for match in found:
        code = owners[match["ending"]]
        weight = _STRAY_WEIGHT
        if match["mail"]:
            weight = _MAIL_WEIGHT
        elif uses[_site(match["host"])] > 1 or match.start() + offset < _OPENING // 4:
            weight = _SITE_WEIGHT
        if code == "EU" or (match["host"][0].isupper() and match["ending"] in {"is", "in", "it", "no"}):
            continue
        yield _Sign(code, "domain", weight, match.start() + offset, match.end() + offset)


def _dotted(part: str) -> Iterator[tuple[int, int]]:
    """Stretches without a space in which a dot stands before a letter, as hosts have it."""
    end = 0
    for dot in _DOT.finditer(part):
        if dot.start() >= end:
            start = max(end, part.rfind(" ", end, dot.start()) + 1)
            end = part.find(" ", dot.start())
            end = end if end >= 0 else len(part)
            yield start, end


def _site(host: str) -> str:
    return host.lower().removeprefix("www.")
