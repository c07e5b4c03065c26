"""The grammar of exceptions in comments.

    <!-- policylint: accept RULES "WORDS" -- REASON; owner: NAME; until: DATE; kind: KIND -->

`accept` is about one block, `accept-section` about the section it stands in, `accept-file` about the document. RULES
are selectors with commas or spaces between them; WORDS, which the finding must quote, and what follows REASON may be
left out. The reason may hold semicolons, but a word and a colon behind one are a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from policylint.document import Remark
from policylint.judging.exceptions.acceptance import KINDS, Acceptance, Names, Selector, parse_day, parse_selector

_DIRECTIVES = ("accept", "accept-section", "accept-file")
_FIELDS = ("owner", "until", "kind")
_HEAD = re.compile(r"-?[\w-]*")
_NAME = re.compile(r"[\s,]*([A-Za-z][\w.:-]*)")
_WORDS = re.compile(r"""\s*(?:"([^"]*)"|“([^“”]*)”|„([^„“”]*)[“”]|«([^«»]*)»)""")
_REASON = re.compile(r"\s*(?:-{2,}|[–—])\s*(.*)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z-]+)\s*:\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Misspelt:
    """What is wrong with an exception, in each language."""

    text: dict[str, str]


MOST = 500
"""Comments of one document that are read as exceptions."""
TOO_MANY = Misspelt(
    {
        "nl": f"zij staat na {MOST} andere; meer worden er niet gelezen",
        "en": f"it stands behind {MOST} others; no more are read",
    }
)


def parse_remark(remark: Remark, names: Names) -> Acceptance | Misspelt:
    """The exception that a comment gives, or what is wrong with it."""
    head = _HEAD.match(remark.text)
    directive = head[0] if head else ""
    if directive not in _DIRECTIVES:
        return _fault("directive", directive or remark.text, nearest=_nearest(directive, _DIRECTIVES))
    written, position = [], len(directive)
    while match := _NAME.match(remark.text, position):
        written.append(match[1])
        position = match.end()
    words = _WORDS.match(remark.text, position)
    position = words.end() if words else position
    signed = _REASON.match(remark.text, position)
    if signed is None and remark.text[position:].strip():
        return _fault("rest", remark.text[position:].strip())
    if not written:
        return _fault("no-rule")
    selectors = []
    for text in written:
        selector = parse_selector(text)
        if selector is None:
            return _fault("gap", text)
        if not is_known(selector, names):
            return _fault("rule", selector.name, nearest=nearest_name(selector.name, names))
        selectors.append(selector)
    fields = _fields(signed[1] if signed else "")
    if isinstance(fields, Misspelt):
        return fields
    if directive == "accept" and remark.block is None:
        return _fault("nothing-follows")
    if directive == "accept-section" and remark.section is None:
        return _fault("no-section")
    return Acceptance(
        selectors=tuple(selectors),
        reason=fields.reason,
        kind=fields.kind,
        owner=fields.owner,
        until=fields.until,
        quote=next((group for group in words.groups() if group), None) if words else None,
        area={"accept": remark.block, "accept-section": remark.section}.get(directive),
        remark=remark,
    )


@dataclass(frozen=True, slots=True)
class _Fields:
    reason: str
    kind: str = KINDS[0]
    owner: str | None = None
    until: date | None = None


def _fields(text: str) -> _Fields | Misspelt:
    """The reason and what stands behind it."""
    reason: list[str] = []
    found: dict[str, str] = {}
    for part in text.split(";"):
        field = _FIELD.fullmatch(part.strip())
        if field is None or not reason:
            if found:
                return _fault("rest", part.strip() or ";")
            reason.append(part)
            continue
        name, value = field[1], field[2].strip()
        if name not in _FIELDS:
            return _fault("field", name, nearest=_nearest(name, _FIELDS))
        if name in found:
            return _fault("twice", name)
        if not value:
            return _fault("empty", name)
        found[name] = value
    why = ";".join(reason).strip().rstrip(";").strip()
    if not why:
        return _fault("no-reason")
    until = parse_day(found["until"]) if "until" in found else None
    if "until" in found and until is None:
        return _fault("day", found["until"])
    kind = found.get("kind", KINDS[0])
    if kind not in KINDS:
        return _fault("kind", kind, nearest=_nearest(kind, KINDS))
    return _Fields(why, kind, found.get("owner"), until)


def is_known(selector: Selector, names: Names) -> bool:
    """Whether a selector names anything that can be accepted."""
    return any(selector.name in known for known in names.values())


def nearest_name(name: str, names: Names) -> str | None:
    """The selector that is spelt most like `name`."""
    return _nearest(name, sorted({each for known in names.values() for each in known}))


def _nearest(word: str, words: Iterable[str]) -> str | None:
    near = get_close_matches(word, list(words), 1)
    return near[0] if near else None


def _fault(code: str, word: str = "", nearest: str | None = None) -> Misspelt:
    texts = {}
    for language, text in _FAULTS[code].items():
        guess = _GUESS[language].format(nearest) if nearest else ""
        texts[language] = text.format(word) + guess
    return Misspelt(texts)


_GUESS = {"nl": " (bedoelt u '{}'?)", "en": " (did you mean '{}'?)"}
_FAULTS = {
    "directive": {
        "nl": "'{}' is geen opdracht; die zijn accept, accept-section en accept-file",
        "en": "'{}' is no directive; those are accept, accept-section and accept-file",
    },
    "rest": {"nl": "'{}' wordt hier niet begrepen", "en": "'{}' is not understood here"},
    "no-rule": {"nl": "er staat niet bij welke regel wordt aanvaard", "en": "it names no rule to accept"},
    "rule": {
        "nl": "er is geen regel, groep, artikel of label '{}'",
        "en": "there is no rule, family, article or tag '{}'",
    },
    "gap": {
        "nl": "'{}' noemt geen gebrek (die zijn missing en vague, zoals in retention:vague)",
        "en": "'{}' names no gap (those are missing and vague, as in retention:vague)",
    },
    "no-reason": {"nl": "de reden ontbreekt; die staat achter --", "en": "it lacks the reason, which stands after --"},
    "field": {
        "nl": "'{}' is geen gegeven; die zijn owner, until en kind",
        "en": "'{}' is no field; those are owner, until and kind",
    },
    "twice": {"nl": "'{}' staat er twee keer", "en": "'{}' stands there twice"},
    "empty": {"nl": "achter '{}' staat niets", "en": "nothing stands after '{}'"},
    "day": {"nl": "'{}' is geen datum zoals 2027-01-31", "en": "'{}' is no date such as 2027-01-31"},
    "kind": {
        "nl": "'{}' is geen soort; die zijn accepted, false-positive en not-applicable",
        "en": "'{}' is no kind; those are accepted, false-positive and not-applicable",
    },
    "nothing-follows": {
        "nl": "er volgt geen tekst waarover zij gaat; gebruik accept-file",
        "en": "no text follows that it is about; use accept-file",
    },
    "no-section": {
        "nl": "zij staat boven de eerste kop; gebruik accept-file",
        "en": "it stands above the first heading; use accept-file",
    },
}
