"""Durations, dates and ages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from datetime import date

from policylint.analysis.recognisers.cues import DIGIT, Cue
from policylint.analysis.recognisers.value import Duration, PartialDate, Value, longest

_NUMBERS = {
    **dict.fromkeys(("een", "één", "eén", "a", "an", "one"), 1), **dict.fromkeys(("twee", "two"), 2),
    **dict.fromkeys(("drie", "three"), 3), **dict.fromkeys(("vier", "four"), 4),
    **dict.fromkeys(("vijf", "five"), 5), **dict.fromkeys(("zes", "six"), 6),
    **dict.fromkeys(("zeven", "seven"), 7), **dict.fromkeys(("acht", "eight"), 8),
    **dict.fromkeys(("negen", "nine"), 9), **dict.fromkeys(("tien", "ten"), 10),
    **dict.fromkeys(("elf", "eleven"), 11), **dict.fromkeys(("twaalf", "twelve"), 12),
    **dict.fromkeys(("dertien", "thirteen"), 13), **dict.fromkeys(("veertien", "fourteen"), 14),
    **dict.fromkeys(("vijftien", "fifteen"), 15), **dict.fromkeys(("zestien", "sixteen"), 16),
    **dict.fromkeys(("achttien", "eighteen"), 18), **dict.fromkeys(("twintig", "twenty"), 20),
    **dict.fromkeys(("vierentwintig", "twenty-four"), 24), "achtentwintig": 28,
    **dict.fromkeys(("dertig", "thirty"), 30), "zesendertig": 36, **dict.fromkeys(("veertig", "forty"), 40),
    "achtenveertig": 48, **dict.fromkeys(("vijftig", "fifty"), 50), **dict.fromkeys(("zestig", "sixty"), 60),
    "tweeënzeventig": 72, **dict.fromkeys(("negentig", "ninety"), 90), **dict.fromkeys(("honderd", "hundred"), 100),
}  # fmt: skip
_NUMBER_WORDS = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))

# Per unit: ISO designator, units of it, days of one.
_UNITS = {
    "uur": ("H", 1 / 24), "uren": ("H", 1 / 24), "hour": ("H", 1 / 24), "hours": ("H", 1 / 24),
    "dag": ("D", 1), "dagen": ("D", 1), "day": ("D", 1), "days": ("D", 1),
    "werkdag": ("D", 1), "werkdagen": ("D", 1), "kalenderdagen": ("D", 1),
    "week": ("W", 7), "weken": ("W", 7), "weeks": ("W", 7),
    "maand": ("M", 30.44), "maanden": ("M", 30.44), "month": ("M", 30.44), "months": ("M", 30.44),
    "kwartaal": ("Q", 91.31), "kwartalen": ("Q", 91.31), "quarter": ("Q", 91.31), "quarters": ("Q", 91.31),
    "jaar": ("Y", 365.25), "jaren": ("Y", 365.25), "year": ("Y", 365.25), "years": ("Y", 365.25),
}  # fmt: skip
_UNIT = re.compile(rf"(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?![^\W_])")
_QUANTITY = re.compile(
    r"(?:(?P<half>(?:een |één |half |a )?\b(?:half|halve|anderhal(?:f|ve))(?: an?)?)|"
    rf"(?P<number>(?<![\w.,/])\d{{1,4}}(?:[.,]\d)?|(?<!\w)(?:{_NUMBER_WORDS}))(?:\s?\(\s?(?P<again>[\w-]{{1,14}})\s?\))?)"
    r"(?:[ -]?(?:volle|hele|opeenvolgende|achtereenvolgende|aaneengesloten|kalender|full|whole|consecutive|further|"
    r"calendar|working|business|fiscale|volledige))?[ -]?(?:'s?)?$"
)
_RATE = re.compile(r"(?:once|twice|times|keer|hours|days|week|per|elke?|each|every|uur|24/7|dagen) $|\bhalf $")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb", "maart march mrt mar", "april apr", "mei may",
            "juni june jun", "juli july jul", "augustus august aug", "september sept sep", "oktober october okt oct",
            "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:e|ste|de|st|nd|rd|th)?(?: day)?(?: of)?[ -](?P<m>{_MONTH})\.?,?[ -]"
        rf"(?P<y>(?:19|20)\d\d|'\d\d)\b"
    ),
    re.compile(rf"\b(?P<m>{_MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>(?:19|20)\d\d)\b"),
    re.compile(r"(?<![\w.-])(?P<d>\d{1,2})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?!\w)"),
    re.compile(r"(?<![\w.-])(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\w)"),
    re.compile(rf"\b(?P<m>{_MONTH})\.?,?[ -](?P<y>(?:19|20)\d\d|'\d\d)\b"),
    # With two digits for the year, and a month of a year as in a list of versions.
    re.compile(r"(?<![\w.-])(?P<d>\d{1,2})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<y>\d\d)(?![\w./-])"),
    re.compile(r"(?<![\w.-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?![\w-])"),
    re.compile(rf"(?<![\w.-])(?P<d>\d{{1,2}})-(?P<m>{_MONTH})-(?P<y>\d\d)\b"),
    re.compile(r"(?<![\w./-])(?P<m>0[1-9]|1[0-2])[-/.](?P<y>20[1-4]\d)(?![\w/-])"),
)
_YEAR = re.compile(r"[12/.'-](?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=[-/.'])\d\d(?!\d))")
_CENTURY = 2000
# "Ede, 3 mei 2024" on a line of its own, as under a letter.
_PLACE = re.compile(r"(?:(?:the )?[A-Z][\w'-]*(?: [\w'-]+){0,3}, ?){1,2}(?:(?:de|den|the) )?")
_LINE_ENDS = " .)*_"

_VERSION = re.compile(
    r"(?<![\w-])(?:(?:versie|version|versienummer|revisie|revision|rev|edition|editie|uitgave)[.:]? ?"
    r"(?:(?:nr|no|nummer|number)[.:]? ?)?v?|v\.? ?)(?P<number>\d{1,2}(?:\.\d{1,2}){0,2}|\d{6,8})(?![\w%/-]|\.\d)"
)

_AGE = (
    r"(?P<age>\d{1,2}|twaalf|dertien|veertien|vijftien|zestien|achttien|"
    r"twelve|thirteen|fourteen|fifteen|sixteen|eighteen)"
)
_NO_AGE = (
    r"(?![\w%€$£,.]\w|\w|(?: ?%| ?(?:maand|dag|week|weken|uur|month|day|hour|minut|euro|werkdag|procent|percent)))"
)
_YEARS = r"(?: (?:jaar|jaren|years?))?"
_AGES = (
    # Nothing but a person is "younger" or "under" a bare number.
    re.compile(rf"\bjonger(?: bent| zijn| is)? dan (?:de leeftijd van )?{_AGE}{_NO_AGE}{_YEARS}"),
    re.compile(rf"\bonder de (?:leeftijd van )?{_AGE}{_NO_AGE}{_YEARS}"),
    re.compile(
        rf"\b(?:kinderen|jongeren|personen|iedereen|leden|minderjarigen|leerlingen|gebruikers|bezoekers|iemand|volwassenen|"
        rf"mensen|deelnemers|klanten) "
        rf"(?:onder|beneden|tot|boven|vanaf) (?:de )?{_AGE}{_NO_AGE}{_YEARS}"
    ),
    re.compile(rf"\b(?:ouder|boven)(?: bent| zijn| is)? (?:dan|de) (?:de leeftijd van )?{_AGE}{_NO_AGE}{_YEARS}"),
    re.compile(rf"\bleeftijd(?:sgrens)? van (?:ten minste |minimaal )?{_AGE}{_NO_AGE}{_YEARS}"),
    re.compile(rf"\bnog (?:geen|niet) {_AGE}{_NO_AGE}{_YEARS}"),
    re.compile(rf"\b(?:minimaal|minstens|ten minste|tenminste) {_AGE} jaar(?= (?:oud|zijn|of ouder|bent|is)\b)"),
    re.compile(rf"\b{_AGE} jaar (?:of|en) (?:ouder|jonger)\b"),
    re.compile(rf"\b{_AGE} ?(?:jaar oud\b|-?jarigen?\b)"),
    re.compile(rf"\b(?:tussen|vanaf) (?:de )?{_AGE} (?:jaar )?(?:en|tot) (?:de )?\d\d jaar(?: oud)?\b"),
    re.compile(rf"\bvanaf (?:de leeftijd van )?{_AGE} jaar\b(?! (?:na|geleden|terug)\b)"),
    re.compile(rf"\b(?:under|below|over|above|reached|attained|of) the (?:minimum )?age of {_AGE}{_NO_AGE}"),
    re.compile(rf"\bage of {_AGE}{_NO_AGE}"),
    re.compile(rf"\bminimum age (?:[a-z]+ ){{0,6}}is {_AGE}{_NO_AGE}{_YEARS}"),
    re.compile(rf"\bunder[- ]{_AGE}'?s\b"),
    re.compile(rf"\b(?:younger|older) than {_AGE}{_NO_AGE}{_YEARS}"),
    re.compile(rf"\b(?:under|below) {_AGE}{_NO_AGE}(?: years?(?: old| of age)?)?"),
    re.compile(rf"\bover {_AGE}(?! years?(?! (?:old|of age)))(?! ?-)(?:{_NO_AGE})(?: years? (?:old|of age))?"),
    re.compile(rf"\baged? (?:over |under |at least |between )?{_AGE}{_NO_AGE}{_YEARS}"),
    re.compile(rf"\b{_AGE}[ -]years?[ -](?:old|of age)\b"),
    re.compile(rf"\b{_AGE} (?:years )?(?:or|and) (?:older|over|above|under|younger)\b"),
    re.compile(r"(?<![\w.+])(?P<age>1[2-9]|2[01])\+(?!\w|\+|\d)"),
)
_AGE_CUE = Cue(
    (
        *("jonger", "onder ", "beneden ", " tot ", "ouder", "boven ", "leeftijd", "nog geen", "nog niet", "minimaal"),
        *("minstens", "under-"),
        *("minste ", "jarig", "jaar oud", "tussen ", "vanaf ", "under ", "below ", "over ", "above ", "age ", "aged "),
        *(" old", "-old", "or older", "younger", "8+", "6+", "3+", "2+", "1+"),
        *("or over", "or under", "and over", "and under", "or above", "and above"),
    )
)
_AGE_WORD = Cue(("tien", "teen", "twaalf", "twelve"))
_AGE_DIGITS = re.compile(r"\d(?<![\w.,].)\d?(?!\d)")
_AGE_WORDS = re.compile(r"(?:twaalf|(?:der|veer|vijf|zes|acht)tien|twelve|(?:thir|four|fif|six|eigh)teen)")
_YOUNGEST, _OLDEST = 8, 21
_UNIT_CUE = Cue(tuple(_UNITS))
_VERSION_CUE = Cue(("versi", "revisi", "rev", "editi", "uitgave", "v.", "v ", *(f"v{digit}" for digit in range(10))))
CUES = frozenset({_AGE_CUE, _AGE_WORD, _UNIT_CUE, _VERSION_CUE, DIGIT})


def find_times(text: str, heard: Set[Cue]) -> Iterator[Value]:
    """Durations, dates, lines that are a place and a date, versions and ages; an age is no duration."""
    has_digit = DIGIT in heard
    if not has_digit and _UNIT_CUE not in heard and _AGE_WORD not in heard:
        return
    lower = text.lower()
    if len(lower) != len(text):
        # A few capitals grow when lowered; offsets count more than their matches.
        lower = text
    ages = _ages(lower, heard) if (has_digit or _AGE_WORD in heard) and _AGE_CUE.given(lower, heard) else ()
    yield from longest([*ages, *(_durations(lower) if _UNIT_CUE in heard else ())])
    if not has_digit:
        return
    if _YEAR.search(text):
        for value in _dates(text, lower):
            yield value
            if _is_dateline(text, value):
                yield replace(value, name="dateline")
    for match in _VERSION.finditer(lower) if _VERSION_CUE in heard else ():
        yield Value("version", match.start(), match.end(), match["number"])


def _is_dateline(text: str, day: Value) -> bool:
    """Whether the line of a date holds a place besides, and nothing more."""
    start = text.rfind("\n", 0, day.start) + 1
    end = text.find("\n", day.end)
    after = text[day.end : end if end >= 0 else len(text)]
    # Longer lines hold more than a place.
    return (
        day.start - start < 60 and not after.strip(_LINE_ENDS) and _PLACE.fullmatch(text, start, day.start) is not None
    )


def _number(word: str) -> float | None:
    if word in _NUMBERS:
        return _NUMBERS[word]
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return None


def _durations(lower: str) -> Iterator[Value]:
    for unit in _UNIT.finditer(lower):
        # A lookbehind in the pattern would make the search for its first letters slow.
        if lower[unit.start() - 1 : unit.start()].isalpha():
            continue
        offset = max(0, unit.start() - 48)
        before = lower[offset : unit.start()]
        quantity = _QUANTITY.search(before)
        if quantity is None:
            continue
        designator, days = _UNITS[unit.group()]
        start = offset + quantity.start()
        if quantity["half"]:
            amount: float | None = 1.5 if "anderhalve" in quantity["half"] or "anderhalf" in quantity["half"] else 0.5
        else:
            amount = _number(quantity["number"])
            if quantity["number"] in ("a", "an", "een", "one") and _RATE.search(before, 0, quantity.start()):
                continue
        if not amount:
            continue
        yield Value("duration", start, unit.end(), Duration(_iso(amount, designator), round(amount * days, 2)))


def _iso(amount: float, designator: str) -> str:
    if designator == "Q":
        amount, designator = amount * 3, "M"
    if designator == "Y" and amount != int(amount):
        amount, designator = amount * 12, "M"
    shown = f"{amount:g}"
    return f"PT{shown}H" if designator == "H" else f"P{shown}{designator}"


def _dates(text: str, lower: str) -> Iterator[Value]:
    spans: list[tuple[int, int, re.Match[str]]] = []
    for pattern in _DATES:
        for match in pattern.finditer(lower):
            # "may" is a verb in lower case.
            if match["m"] != "may" or text[match.start("m")] == "M":
                spans.append((match.start(), -match.end(), match))
    end = 0
    for start, minus_end, match in sorted(spans, key=lambda span: span[:2]):
        # A day that the calendar does not have hides the month in it too.
        if start >= end:
            end = -minus_end
            value = _date(match)
            if value is not None:
                yield Value("date", start, end, value)


def _date(match: re.Match[str]) -> date | PartialDate | None:
    parts = match.groupdict()
    digits = parts["y"].removeprefix("'")
    year = int(digits) + (_CENTURY if len(digits) == 2 else 0)
    month = _MONTHS.get(parts["m"]) or int(parts["m"])
    if "d" not in parts:
        return PartialDate(year, month)
    day = int(parts["d"])
    # 05/25/2018 can only be month first.
    if month > 12 >= day and parts["m"].isdigit():
        day, month = month, day
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ages(lower: str, heard: Set[Cue]) -> Iterator[Value]:
    digits = _AGE_DIGITS.finditer(lower) if DIGIT in heard else ()
    words = _AGE_WORDS.finditer(lower) if _AGE_WORD in heard else ()
    for number in sorted([*digits, *words], key=re.Match.start):
        # Few numbers can be ages, so the many patterns are tried around those alone.
        age = _number(number.group())
        if age is None or not _YOUNGEST <= age <= _OLDEST:
            continue
        first = max(0, number.start() - 50)
        for pattern in _AGES:
            for match in pattern.finditer(lower, first, min(len(lower), number.end() + 30)):
                if match.start("age") == number.start():
                    yield Value("age", match.start(), match.end(), int(age))
