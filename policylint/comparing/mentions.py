"""What a version of a policy names that compares as a value, whatever its language, and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policylint.analysis.recognisers import Duration, Money, PartialDate
from policylint.analysis.units import Analysis, Unit
from policylint.comparing.denials import denials
from policylint.comparing.laws import ARTICLE_BASES, BASES, Article, laws
from policylint.comparing.recipients import recipients, small_words


class Kind(StrEnum):
    """What is compared, by weight: what is said of requirements and rights, then values by what they are."""

    REQUIREMENT = "requirement"
    RIGHT = "right"
    BASIS = "legal-basis"
    PERIOD = "period"
    AGE = "age"
    RECIPIENT = "recipient"
    COUNTRY = "country"
    DENIAL = "denial"
    AUTHORITY = "authority"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    WEB = "web"
    NUMBER = "number"
    DATE = "date"
    VERSION = "version"
    LAW = "law"
    AMOUNT = "amount"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words at [start, end) of the visible text, in a unit, that name a value.

    The `key` is the same in every language; a value that is not `is_sure` may be worded otherwise in another language.
    """

    kind: Kind
    key: object
    unit: int
    start: int
    end: int
    is_sure: bool = True


def mentions(analysis: Analysis) -> list[Mention]:
    """All mentions of a version, in the order in which they stand."""
    found = [*_recognised(analysis), *_bases(analysis), *_written(analysis)]
    found.sort(key=lambda mention: (mention.start, mention.end))
    return found


_ISO = re.compile(r"PT?(?P<number>[\d.]+)(?P<unit>[DWMYH])")


def _period(value: object) -> object:
    """A period as (unit, number): months, or days where it is given in days, weeks or hours."""
    match = _ISO.fullmatch(value.iso) if isinstance(value, Duration) else None
    if match is None:
        return None
    number, unit = float(match["number"]), match["unit"]
    if unit in "MY":
        return "months", number * (12 if unit == "Y" else 1)
    return "days", number * {"D": 1, "W": 7, "H": 1 / 24}[unit]


def _day(value: object) -> object:
    if isinstance(value, PartialDate):
        return value.year, value.month
    return (value.year, value.month, value.day) if isinstance(value, date) else None


def _amount(value: object) -> object:
    return (value.amount, value.currency) if isinstance(value, Money) else None


def _itself(value: object) -> object:
    return value


_POST_CODE = re.compile(r"\b(\d{4}) ?([A-Z]{2})\b")
_BOX = re.compile(r"(?i)^(?:postbus|p\.? ?o\.? ?box|antwoordnummer|freepost)\s(?:[a-z]{1,4}\s?)?(\d+)$")
_STREET = re.compile(r"^\D+\d+(?: ?[a-zA-Z](?!\w))?")


def _address(value: object) -> object:
    """A postal address as what no translation changes: postal code, box, or street with its number."""
    address = str(value)
    if code := _POST_CODE.search(address):
        return code[1] + code[2].casefold()
    if box := _BOX.match(address):
        return f"box{box[1]}"
    street = _STREET.match(address)
    return compact(street.group() if street else address)


_LANGUAGE_SEGMENT = re.compile(r"(?i)^(?:nl|en)(?:[-_](?:nl|be|gb|us|en))?$")


def web_page(value: object) -> tuple[str, str]:
    """A web address as (site, page); the page is empty where the site keeps a tree of pages per language."""
    host, _, rest = re.sub(r"(?i)^https?://", "", str(value)).partition("/")
    host = re.sub(r"^(?:www\d?|nl|en)\.", "", host.casefold().partition(":")[0])
    segments = [segment for segment in re.split(r"[?#]", rest)[0].split("/") if segment]
    if any(_LANGUAGE_SEGMENT.match(segment) for segment in segments):
        segments = []
    return host, "/".join(segments).casefold()


_KEYS: Mapping[Kind, tuple[str, Callable[[object], object]]] = {
    Kind.PERIOD: ("duration", _period),
    Kind.AGE: ("age", _itself),
    Kind.COUNTRY: ("country", _itself),
    Kind.AUTHORITY: ("authority", _itself),
    Kind.EMAIL: ("email", _itself),
    Kind.PHONE: ("phone", _itself),
    Kind.ADDRESS: ("postal-address", _address),
    Kind.WEB: ("url", web_page),
    Kind.DATE: ("date", _day),
    Kind.VERSION: ("version", _itself),
    Kind.AMOUNT: ("money", _amount),
}
"""For each kind the recogniser that finds it, and what makes two of its values one."""


_OF_AN_AUTHORITY = (Kind.ADDRESS, Kind.WEB)
"""What need not be compared where an authority is named: it has a street and a site in each language of its country."""


def _recognised(analysis: Analysis) -> Iterator[Mention]:
    for kind, (name, key_of) in _KEYS.items():
        for number in analysis.by_name.get(name, ()):
            unit = analysis.units[number]
            if kind in _OF_AN_AUTHORITY and "authority" in unit.hits:
                continue
            for hit in unit.hits[name]:
                key = key_of(hit.value)
                if key is not None:
                    yield Mention(kind, key, number, *unit.span(hit))


def _bases(analysis: Analysis) -> Iterator[Mention]:
    for concept, basis in BASES.items():
        for number in analysis.by_name.get(concept, ()):
            unit = analysis.units[number]
            for hit in unit.hits[concept]:
                yield Mention(Kind.BASIS, basis, number, *unit.span(hit))


_NUMBER = re.compile(r"(?<![\w.,/+€$£(-])(?:[A-Z]{2} ?)?\d(?:[ .,]?\d){5,24}(?:B\d\d)?(?![\w%/-]|[.,]\d)")
"""The number of a register, for tax or of an account, whoever gives it out."""
_VALUES = ("phone", "email", "url", "link", "postal-address", "date", "money", "duration", "age")


def _written(analysis: Analysis) -> Iterator[Mention]:
    """What no recogniser finds: recipients, laws, and numbers of six digits and more."""
    small = small_words(analysis.document.text)
    for number, unit in enumerate(analysis.units):
        text = analysis.document.text[unit.start : unit.end]
        for each in recipients(analysis, unit, text, small):
            yield Mention(Kind.RECIPIENT, each.key, number, each.start, each.end, each.is_sure)
        for law in laws(text):
            start, end = unit.start + law.start, unit.start + law.end
            if not unit.is_heading:
                yield Mention(Kind.LAW, law.key, number, start, end, law.is_sure)
            if isinstance(law.key, Article) and (basis := _basis_of(law.key)):
                yield Mention(Kind.BASIS, basis, number, start, end)
        for denial in denials(text):
            start, end = unit.start + denial.start, unit.start + denial.end
            yield Mention(Kind.DENIAL, denial.key, number, start, end, denial.is_sure)
        taken: set[int] | None = None
        for match in _NUMBER.finditer(text):
            taken = _taken(unit) if taken is None else taken
            start, end = unit.start + match.start(), unit.start + match.end()
            if taken.isdisjoint((start, end - 1)):
                yield Mention(Kind.NUMBER, compact(match.group()), number, start, end)


def _basis_of(article: Article) -> str | None:
    return ARTICLE_BASES.get(article.letter) if article.number == 6 and article.paragraph in (None, 1) else None


def _taken(unit: Unit) -> set[int]:
    """The places that values stand at which a recogniser found."""
    return {place for name in _VALUES for hit in unit.hits.get(name, ()) for place in range(*unit.span(hit))}


def compact(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return "".join(filter(str.isalnum, text.casefold()))
