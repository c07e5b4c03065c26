"""What a template left behind, and amounts of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from decimal import Decimal

from policylint.analysis.recognisers.cues import Cue
from policylint.analysis.recognisers.value import Money, Value, longest

_SLOT = (
    r"(?:uw|jouw|je|your|our|ons|onze|naam|name|bedrijfs?naam|bedrijf|company|organisati\w*|organizati\w*|stichting|"
    r"vereniging|school|praktijk|adres|address|straat|street|plaats|city|postcode|e-?mail\w*|mail\w*|telefoon\w*|tel|"
    r"phone|datum|date|website|web ?site|url|domein\w*|domain|kvk\w*|btw\w*|insert|invullen|invoegen|vul|kies|choose|"
    r"select|specify|describe|contact\w*|aantal|number|termijn|bewaartermijn|period|land|country|functie\w*|dpo|fg|link|"
    r"hier (?:link|uw|je|jouw|de|het|invullen)|handelsnaam|trade ?name|app|product|tool|verwerker|leverancier|doel|"
    r"grondslag|legal basis|list|state|tbc|tbd|xx+|x)"
)
_BRACKETED = re.compile(
    rf"(?!(?<!\S )\[x\] )\[\s?{_SLOT}(?:[ _/'-][^\[\]\n]{{0,60}})?\s?\](?!\()|"
    r"\[(?:indien van toepassing|optioneel|optional|if applicable|schrap|doorhalen|delete|note to|toelichting|keuze)\b"
    r"[^\[\]\n]{0,120}\]|"
    r"\[(?:invullen|in te vullen|vul in|kies|fill in|to fill in|choose)(?: (?:of|or) [a-z]+)?: [^\[\]\n]{1,400}\]|"
    r"\b(?:te|is|door|van|met|bij|by|of|at|with|for|to|voor) \[(?:…|\.{3})\]",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"\[[A-Z]{3,20}(?:[ _-][A-Z]{2,20}){1,5}\](?!\()")
_ROUND = re.compile(
    r"\((?:(?<=\bvan \()|(?<=\bdoor \()|(?<=\bmet \()|(?<=\bbij \()|(?<=\baan \()|(?<=\bof \()|"
    r"(?<=\bby \()|(?<=\bwith \()|(?<=^\()|(?<=[.:] \())"
    r"(?:bedrijfsnaam|(?:naam|name) (?:(?:van|of) )?(?:(?:de|het|uw|the|your) )?(?:bedrijf|organisatie|verwerker|"
    r"stichting|vereniging|school|praktijk|website|company|organisation|processor)|company name|in te vullen)\)",
    re.IGNORECASE,
)
_ANGLED = re.compile(rf"<\s?{_SLOT}(?:[ _-][^<>\n]{{0,40}})?\s?>", re.IGNORECASE)
_PROTECTED = re.compile(r"\[e-?mail\s?(?:protected|beveiligd|beschermd)\]", re.IGNORECASE)
_FIELD = (
    r"[A-Za-z_.-]{0,24}(?:[Nn]aam|NAAM|[Nn]ame|NAME|[Cc]ompany|COMPANY|[Bb]edrijf|[Ss]hop|[Ee]-?[Mm]ail|"
    r"[Aa]dres|[Dd]at(?:um|e))[A-Za-z_.-]{0,24}"
)
# Not in the name of a cookie: wp-settings-{user_name}.
_BRACED = re.compile(
    r"\{\{[^{}]{0,80}\}\}|\{%[^{}]{0,80}%\}|\$\{[^{}]{1,40}\}|%%\w{1,40}%%|(?<!\w)%[A-Z_]{4,30}%|"
    rf"(?<![\w-])\{{\$?{_FIELD}\}}(?![\w-])|(?<![\w%])%{_FIELD}%(?!\w)|(?<![\w#])#{{1,3}}{_FIELD}#{{1,3}}(?!\w)|"
    rf"(?<![\w$])\$(?=[a-z]+_){_FIELD}\b"
)
_SPANS = ("jaar", "jaren", "maand", "weken", "dagen", "year", "month", "weeks", "days")
_SPAN = r"(?:jaar|jaren|maanden?|weken|dagen|years?|months?|weeks|days)"
_SPELLED = re.compile(
    r"\b[Xx]{2}[-/.][Xx]{2}[-/.](?:(?:20|19)?[Xx]{2}|[Xx]{4})\b|(?<![\w-])X{3,}\b|(?<![\w-])xxx+\b|"
    rf"\b(?:X|XX|x|xx) {_SPAN}\b|(?<=\s)(?:\.{{3,}}|…|\?{{1,3}}) ?{_SPAN}\b|"
    r"\bINVULLEN\b|\bTODO\b|\bTBD\b|\bFIXME\b|\bn\.t\.b\.|(?<=: )(?:PM|P\.M\.|NTB|ntb)(?=\s|$)|_{5,}|"
    r"_{2} ?[/-] ?_{2} ?[/-] ?_{2,4}|\.{8,}(?!\.*\s*\d)|"
    r"\b(?:[Dd]{2}[-/][Mm]{2}|[Mm]{2}[-/][Dd]{2})[-/](?:[Jj]{4}|[Yy]{4})\b|\b00[-/]00[-/]0000\b"
)
_PHRASE = re.compile(
    r"\blorem ipsum\b|\b(?-i:Your Company Name|YOUR COMPANY NAME)\b|\binsert company name\b|"
    r"\bhier (?:je|uw|jouw) \w+ invullen\b|"
    r"\b(?:jouw|uw) bedrijfsnaam\b|\bnaam (?:van (?:het|uw|je|jouw) )?bedrijf invullen\b|"
    r"\binsert (?:name|date|address)\b|\[object object\]|"
    r"\b(?:error|fout)! ?(?:reference source not found|bookmark not defined|verwijzingsbron niet gevonden|"
    r"bladwijzer niet gedefinieerd)",
    re.IGNORECASE,
)
_BODIES = ("Bedrijf", "Stichting", "Organisatie", "Vereniging", "Company")
_INVENTED = re.compile(
    r"\b(?:Bedrijfsnaam|Voorbeeld|Voorbeeldbedrijf|Naam Bedrijf|XYZ) (?:B\.?V\b\.?|N\.?V\b\.?)|"
    r"\b(?:XYZ|Example|Sample|Your|My) (?:Company )?(?:Ltd|Limited|Inc|LLC)\b|"
    r"\bCompany Name(?= (?:respects|is|values|collects|takes|may|will|has|uses)\b|,? (?:Ltd|Limited|Inc|LLC)\b|'s\b)|"
    rf"\b(?:{'|'.join(_BODIES)}) [XYZ]\b(?!\s?[(&.,]|\s?Corp)|"
    r"\bStraatnaam (?:1|12|123|00|huisnummer|nummer)\b|\b123 Main Street\b|\bStreet Name,"
)
_BRACKET = Cue(("[",))
_PLACEHOLDERS: tuple[tuple[re.Pattern[str], Cue], ...] = (
    (_PROTECTED, _BRACKET),
    (_BRACKETED, _BRACKET),
    (_SHOUTED, _BRACKET),
    (_ROUND, Cue(("(",))),
    (_ANGLED, Cue(("<",))),
    (_BRACED, Cue(("{", "%", "#", "$"))),
    (
        _SPELLED,
        Cue(("XX", "xx", "X ", "INVULLEN", "TODO", "TBD", "FIXME", "__", "...", "…", "n.t.b", "NTB", "ntb", "PM", "P.M",
             "-mm", "/mm", "-MM", "/MM", "-dd", "/dd", "-DD", "/DD", "00-00", "00/00",
             *(f"{unknown} {span}" for unknown in "x?" for span in _SPANS))),
    ),
    (
        _PHRASE,
        Cue(("psum", "ompany name", "bedrijfsnaam", "nvullen", "nsert ", "Company Name", "COMPANY NAME", "INSERT ",
             "bject]", "rror!", "out!", "RROR!", "OUT!")),
    ),
    (
        _INVENTED,
        Cue(
            (
                *("Bedrijfsnaam", "Voorbeeld", "Naam Bedrijf", "Straatnaam", "XYZ", "Example", "Sample", "Your", "My "),
                *("Company Name", "Main Street", "Street Name"),
                *(f"{body} {letter}" for body in _BODIES for letter in "XYZ"),
            )
        ),
    ),
)  # fmt: skip

_SYMBOLS = {"€": "EUR", "£": "GBP", "$": "USD", "euro": "EUR", "eur": "EUR", "gbp": "GBP", "usd": "USD",
            "pond": "GBP", "pounds": "GBP", "dollar": "USD", "dollars": "USD"}  # fmt: skip
_NUMBER = r"\d{1,3}(?:[.,]\d{3}){1,4}(?:[.,]\d{2})?|\d{1,9}(?:[.,]\d{2})?"
_MONEY = re.compile(
    rf"(?P<before>€|£|\$|\b(?:EUR|GBP|USD)\b)\s?(?P<first>{_NUMBER})(?![\d%])|"
    rf"(?<![\w.,])(?P<second>{_NUMBER})\s?(?P<after>€|£|(?:euro|EUR|GBP|USD|pond|pounds|dollars?)\b)"
)
_CURRENCY = Cue(("€", "£", "$", "EUR", "GBP", "USD", "euro", "pond", "pounds", "dollar"))
_CENTS = re.compile(r"[.,](\d{2})$")
CUES = frozenset({*(cue for _, cue in _PLACEHOLDERS), _CURRENCY})


def find_leftovers(text: str, heard: Set[Cue]) -> Iterator[Value]:
    """Placeholders (value: their text) and amounts of money."""
    yield from longest(_placeholders(text, heard))
    if _CURRENCY.given(text, heard):
        yield from _money(text)


def _placeholders(text: str, heard: Set[Cue]) -> Iterator[Value]:
    for pattern, cue in _PLACEHOLDERS:
        if cue.given(text, heard):
            for match in pattern.finditer(text):
                yield Value("placeholder", match.start(), match.end(), match.group())


def _money(text: str) -> Iterator[Value]:
    for match in _MONEY.finditer(text):
        amount = _amount(match["first"] or match["second"])
        currency = _SYMBOLS[(match["before"] or match["after"]).lower()]
        yield Value("money", match.start(), match.end(), Money(amount, currency))


def _amount(number: str) -> Decimal:
    """Dutch "1.250,50" and English "1,250.50" alike: two last digits behind a mark are cents."""
    cents = _CENTS.search(number)
    whole = re.sub(r"\D", "", number[: cents.start()] if cents else number)
    return Decimal(f"{whole}.{cents[1]}" if cents else whole)
