"""Why a document could not be judged, in the language of the report.

Readers and settings say it in English, with what they know; a Dutch report says the same, with the same figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from policylint.report.failure_words import DUTCH
from policylint.result import Failure, Judgement, Result
from policylint.shelf import Changed, heads

_LONGEST = 300
"""Characters of what is filled in. A sentence with more (a name that an attacker chose) stays as it is."""
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")


def in_language(failure: Failure, language: str | None) -> Failure:
    """A failure in the words of a language; in its own where there are no others."""
    if language != "nl":
        return failure
    message, hint = _dutch(failure.message), _dutch(failure.hint)
    if message is None:
        return failure
    return replace(failure, message=_sentence(message), hint=_sentence(hint or failure.hint))


def shared_language(result: Result) -> str | None:
    """The language in which all documents are reported; None if they differ, or none is known."""
    languages = {document.report_language for document in heads(result.documents) if document.report_language}
    return languages.pop() if len(languages) == 1 else None


def with_told_failures(result: Result) -> Result:
    """A run whose failures are told in the language of their reports, or in that of the others."""
    shared = shared_language(result)
    told = Changed(result.documents, lambda document: _told(document, document.report_language or shared))
    return replace(result, documents=told)


def _told(document: Judgement, language: str | None) -> Judgement:
    if document.failure is None:
        return document
    return replace(document, failure=in_language(document.failure, language), report_language=language)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}." if text else ""


def _dutch(text: str) -> str | None:
    """What stands in the list for `text`, and for what is filled in."""
    text = text.removesuffix(".")
    whole = _plain().get(_key(text))
    if whole is not None:
        return whole
    for pattern, told in _filled():
        if match := pattern.fullmatch(text):
            return told.format(*map(_value, match.groups()))
    return None


def _value(text: str) -> str:
    return _dutch(text) or (text.replace(",", ".") if _THOUSANDS.fullmatch(text) else text)


def _key(text: str) -> str:
    """Sentences are compared without the case of their first letter."""
    return f"{text[:1].lower()}{text[1:]}"


@cache
def _plain() -> dict[str, str]:
    return {_key(english): dutch for english, dutch in DUTCH.items() if "{}" not in english}


@cache
def _filled() -> Sequence[tuple[re.Pattern[str], str]]:
    """Patterns of the sentences with something filled in, those with the most words of their own first."""
    slot = f"(.{{1,{_LONGEST}}}?)"
    filled = sorted((pair for pair in DUTCH.items() if "{}" in pair[0]), key=lambda pair: -len(pair[0]))
    return tuple(
        (re.compile(slot.join(map(re.escape, english.split("{}"))), re.IGNORECASE), dutch) for english, dutch in filled
    )
