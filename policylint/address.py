"""The form of address of a Dutch text, and model wording put into it.

Model wording says u; a policy that says je wants je. The rules of the language are few: pronouns change, and a verb
before its subject loses its t ("krijgt u", "krijg je").
"""

from __future__ import annotations

import re
from functools import lru_cache

# It opens with one set of letters, which is several times as fast to look for as the border of a word.
_FORMS = re.compile(r"[uUjJ](?<!\w.)(?:(?<=[uU])(?:w|zelf)?|(?<=[jJ])(?:e|ij|ouw?|ezelf))(?![\w'’-]|\.\w)")

_VERBS = {
    "bent": "ben",
    "gaat": "ga",
    "doet": "doe",
    "hebt": "heb",
    "heeft": "heb",
    "kunt": "kun",
    "slaat": "sla",
    "staat": "sta",
    "verstaat": "versta",
    "wilt": "wil",
    "ziet": "zie",
    "zult": "zul",
}
"""Verbs whose form before je is not the one without a t."""
_SAME = frozenset("laat moet weet sluit kost zet let zit start wacht acht richt besluit verlaat bezit verzet".split())
"""Verbs whose stem ends in a t, which stays."""
_NO_VERBS = frozenset(
    "dat wat met niet tot omdat voordat totdat zodat opdat nadat doordat mits want het ooit altijd of dit".split()
)
_PREPOSITIONS = "aan van met voor over bij door naar tegen zonder om"

_REFLEXIVE = re.compile(r"\b([uU]) zich\b")
_SUBJECT_FIRST = re.compile(r"\b([uU]) heeft\b")
_VERB = re.compile(r"\b(?P<verb>[A-Za-zé]+t) u\b")
_OBJECT = re.compile(rf"\b(?P<preposition>(?:{'|'.join(_PREPOSITIONS.split())})) u(?= [a-zé]+en\b|[].,;)]| of\b| en\b)")
_PRONOUN = re.compile(r"\b(?P<form>uzelf|Uzelf|uw|Uw|u|U)(?![\w'’-]|\.\w)")
_INFORMAL = {"u": "je", "uw": "je", "uzelf": "jezelf"}


def is_informal(text: str) -> bool:
    """Whether a Dutch text addresses its reader as je rather than as u; u where it does neither."""
    forms = _FORMS.findall(text)
    return 2 * sum(form[0] in "jJ" for form in forms) > len(forms)


@lru_cache(maxsize=1000)
def informal(text: str) -> str:
    """Dutch wording that says u, with je instead."""
    text = _SUBJECT_FIRST.sub(r"\1 hebt", _REFLEXIVE.sub(r"\1 je", text))
    text = _VERB.sub(_before_je, text)
    text = _OBJECT.sub(r"\g<preposition> jou", text)
    return _PRONOUN.sub(_pronoun, text)


def _before_je(match: re.Match[str]) -> str:
    verb = match["verb"]
    small = verb.lower()
    if small in _NO_VERBS:
        return match[0]
    if small not in _SAME:
        form = _VERBS.get(small, small[:-1])
        verb = form.capitalize() if verb[0].isupper() else form
    return f"{verb} je"


def _pronoun(match: re.Match[str]) -> str:
    form = match["form"]
    said = _INFORMAL[form.lower()]
    return said.capitalize() if form[0].isupper() else said
