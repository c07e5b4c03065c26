"""Who receives data in a version of a policy: known services, firms, other names, and kinds of recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from policylint.analysis.recognisers.names import NO_NAME, NO_START
from policylint.analysis.units import Analysis, Hit, Unit

_SHARING = (
    *("recipients-share", "recipients-engage", "recipients-use", "recipients-get", "recipients-receive"),
    *("recipients-vendor", "organisation"),
)
"""What a sentence says in which a capitalised word may be a recipient."""
_ANNOUNCING = ("recipients-topic", "recipients-share", "recipients-question")
"""What its heading or lead-in says."""
_TAKEN = ("organisation", "country", "authority", "authority-defunct", "date", "postal-address", "email", "url", "link",
          "recipients-vendor")  # fmt: skip
_FORM = re.compile(
    r"(?i),? (?:b\.?v\.?b?a?|n\.?v|v\.?o\.?f|ltd|limited|inc|llc|llp|plc|gmbh|s\.?a|ag|corp|corporation|dac|oy|aps)\.?$"
)
_NAME = re.compile(
    r"(?<![\w@/.'’-])[A-Z][\w&'’-]*(?:\.[a-z]{2,4}\b)?(?:(?: (?:of|for|van|de|der|&))* [A-Z][\w&'’-]*)*(?![@/])"
)
_OPENINGS = frozenset(".:;!?•|\n\"'“‘(–-")
_PARTS = re.compile(r"\w{4,}|(?<=\()\w{2,}(?=\))")
_SHORT = re.compile(r" \([A-Z]\w{1,9}\)")
_AND = re.compile(r" (?:and|en) (?:with |to |met |aan )?(?=[A-Z])")
_OWNER = re.compile(r"['’]s$")
_SMALL = re.compile(r"(?<![\w@.-])[a-z]\w+(?![\w@]|\.\w)")
# Capitalised in English, or defined by a contract: no names.
_NO_NAMES = (
    NO_NAME
    | NO_START
    | frozenset(
        "I Dutch Belgian Irish British American European Europese English Data Protection Officer Union Europe Europa "
        "Commission Commissie Economic Economische Area Ruimte Member States General Regulation Standard Contractual "
        "Clauses Article Artikel Agreement Board Director Chamber IP IT ICT PIN PDF GPS FAQ DPO FG DPA AP KvK VAT "
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
        "September October November December Mr Mrs Ms Dhr Mevr".split()
    )
)

_GENERIC = frozenset(
    "stichting vereniging gemeente provincie ministerie universiteit hogeschool praktijk university school college "
    "foundation association society municipality city council ministry department office institute bank".split()
)

_KINDS = (
    ("accountant", r"accountants?\b|boekhoud|administratiekantoor|bookkeep"),
    ("tax", r"belastingdienst|fiscus|tax (?:and customs|authorit|administration|office)|revenue|hmrc"),
    ("police", r"politie|opsporing|\bjustitie|openbaar ministerie|police|law enforcement|prosecut|investigat"),
    ("insurer", r"verzekeraar|verzekering|ziekenfonds|insurer|insurance"),
    ("lawyer", r"advoca|jurist|juridisch|notaris|lawyer|solicitor|attorney|legal advis|notary|counsel"),
    ("collector", r"incasso|deurwaarder|debt|collection agenc|bailiff"),
    ("court", r"rechtbank|rechter|gerecht\b|\bcourts?\b|judge"),
    ("municipality", r"gemeente|municipal|council|local authorit|\bcity\b"),
    ("advertiser", r"adverte|reclame|advertis|marketing"),
    ("employer", r"werkgever|employer"),
    ("pension", r"pensioen|pension"),
    ("benefits", r"\buwv\b|employee insurance|benefits agency"),
)
_KIND = re.compile("|".join(rf"((?:{pattern})\w*)" for _, pattern in _KINDS), re.IGNORECASE)


class Recipient(NamedTuple):
    """Somebody named at [start, end) of the document's visible text."""

    key: str
    start: int
    end: int
    is_sure: bool


def small_words(text: str) -> frozenset[str]:
    """The words that a text has in small letters: capitalised, they are no names there."""
    return frozenset(_SMALL.findall(text))


def recipients(analysis: Analysis, unit: Unit, text: str, small: Set[str]) -> Iterator[Recipient]:
    """Recipients that a unit with this `text` names: services and firms anywhere, others where data is shared."""
    for hit in unit.hits.get("recipients-vendor", ()):
        yield _named(analysis, unit, hit, is_sure=True)
    # Where capitals show no name: in an address towns and countries have them, in a heading anything.
    no_names = unit.is_heading or "postal-address" in unit.hits
    for hit in unit.hits.get("organisation", ()):
        if _FORM.search(str(hit.value)):
            yield _firm(analysis, unit, hit)
        elif not no_names:
            yield _named(analysis, unit, hit, is_sure=False)
    if no_names or not _shares(analysis, unit):
        return
    taken = {place for name in _TAKEN for hit in unit.hits.get(name, ()) for place in range(*unit.span(hit))}
    for match in _KIND.finditer(text):
        key, _ = _KINDS[(match.lastindex or 1) - 1]
        start, end = unit.start + match.start(), unit.start + match.end()
        taken.update(range(start, end))
        yield Recipient(f"kind {key}", start, end, is_sure=False)
    for first, last in _names(text, small):
        start, end = unit.start + first, unit.start + last
        if taken.isdisjoint((start, end - 1)):
            short = _SHORT.match(text, last)
            yield Recipient(plain_name(text[first : short.end() if short else last]), start, end, is_sure=False)


def plain_name(name: str) -> str:
    """A name as it compares: lower case, without dots."""
    return " ".join(name.casefold().replace(".", "").split())


def is_named(key: str, text: str, *, is_sure: bool) -> bool:
    """Whether a text (as `plain_name` has it) names a recipient all the same, in words that nobody recognised.

    Of a name that is not sure one word is enough, for the rest may be translated.
    """
    if key.startswith("kind "):
        pattern = next(pattern for kind, pattern in _KINDS if kind == key.removeprefix("kind "))
        return re.search(pattern, text, re.IGNORECASE) is not None
    forms = [key] if is_sure else [key, *(word for word in _PARTS.findall(key) if word not in _GENERIC)]
    return any(form in text and re.search(rf"(?<![\w+-]){re.escape(form)}(?!\w)", text) for form in forms)


def _named(analysis: Analysis, unit: Unit, hit: Hit, *, is_sure: bool) -> Recipient:
    start, end = unit.span(hit)
    text = analysis.document.text
    short = None if is_sure else _SHORT.match(text, end)
    return Recipient(plain_name(text[start : short.end() if short else end]), start, end, is_sure)


def _firm(analysis: Analysis, unit: Unit, hit: Hit) -> Recipient:
    """A firm by its name without the legal form, and without a known service that "and" links to it."""
    start, end = unit.span(hit)
    text = analysis.document.text
    services = (unit.span(other) for other in unit.hits.get("recipients-vendor", ()))
    if joined := next((_AND.match(text, last, end) for first, last in services if first == start), None):
        start = joined.end()
    return Recipient(plain_name(_FORM.sub("", text[start:end].strip(" ,;"))), start, end, is_sure=True)


def _shares(analysis: Analysis, unit: Unit) -> bool:
    return any(name in unit.hits for name in _SHARING) or any(
        name in analysis.units[number].hits for name in _ANNOUNCING for _, number in unit.context
    )


def _names(text: str, small: Set[str]) -> Iterator[tuple[int, int]]:
    """Capitalised words that are no beginning of a sentence, no term of the trade and not `small` elsewhere."""
    for match in _NAME.finditer(text):
        start = match.start()
        first, _, rest = match.group().partition(" ")
        if (not start or text[max(0, start - 2) : start].rstrip(" ")[-1:] in _OPENINGS) and not any(
            map(str.isupper, first[1:])
        ):
            start += len(first) + 1
            if not rest:
                continue
        if not all(_is_common(word, small) for word in text[start : match.end()].split()):
            yield start, match.end()


def _is_common(word: str, small: Set[str]) -> bool:
    """Whether a word alone is no name."""
    bare = _OWNER.sub("", word.strip("'’"))
    return len(bare) < 3 or bare.lower() in small or bare.partition("-")[0] in _NO_NAMES
