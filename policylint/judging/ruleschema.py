"""The JSON Schema of a rule file, for editors that complete and check YAML; `rulefiles` checks the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policylint.analysis.clauses import Polarity, Speaker
from policylint.analysis.units import Part
from policylint.analysis.vocabulary import LANGUAGES
from policylint.facts import FACTS
from policylint.judging.checks import CHECKS
from policylint.judging.rules import Area, Within
from policylint.national_law import national_law
from policylint.result import Applies, Severity, Status, Subject

Json = Mapping[str, object]

_VERSION = r"^\d{1,4}\.\d{1,4}\.\d{1,4}$"
_TEXT: Json = {"type": "string", "minLength": 1}
_TEXTS: Json = {
    "type": "object",
    "additionalProperties": False,
    "required": list(LANGUAGES),
    "properties": dict.fromkeys(LANGUAGES, _TEXT),
}
_SEVERITY: Json = {"enum": list(Severity)}
_WORDINGS: Json = {"type": "array", "items": _TEXT}


def _choice(values: Sequence[str]) -> Json:
    """One of some words, several of them, or `any`."""
    one = {"enum": [*values, "any"]}
    return {"oneOf": [one, {"type": "array", "items": one}]}


_NAMES: Json = {"oneOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
_TERM: Json = {
    "oneOf": [
        _TEXT,
        {"type": "array", "items": _TEXT, "minItems": 1},
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["is"],
            "properties": {
                "is": _NAMES,
                "polarity": _choice(list(Polarity)),
                "speaker": _choice(list(Speaker)),
                "part": _choice(list(Part)),
            },
        },
    ]
}
_TERMS: Json = {"type": "array", "items": _TERM}
_INNER: dict[str, Json] = {
    "all": _TERMS,
    "any": _TERMS,
    "none": _TERMS,
    "within": {"enum": list(Within)},
    "count": {"type": "integer", "minimum": 1, "maximum": 20},
}
_COMPANIONS: Json = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["in"],
        "properties": {"in": {"enum": list(Area)}, **_INNER},
    },
}


def _conditions(rows: bool = False) -> Json:
    extra: dict[str, Json] = {
        "entry": _TEXT,
        "since": {"type": "string", "format": "date"},
        "successor": _TEXTS,
        "called": _TEXTS,
        "model": _TEXTS,
        "severity": _SEVERITY,
        "verified": {"type": "boolean"},
    }
    properties = {**_INNER, "with": _COMPANIONS, "unless": _COMPANIONS, **(extra if rows else {})}
    return {
        "type": "array",
        "items": {"type": "object", "additionalProperties": False, "properties": properties},
    }


def _examples(outcomes: Sequence[str], pointing: Sequence[str]) -> Json:
    shown = {
        "type": "object",
        "additionalProperties": False,
        "required": ["text", "at"],
        "properties": {"text": _TEXT, "at": _TEXT},
    }
    of_language = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            outcome: {"type": "array", "items": shown if outcome in pointing else _TEXT} for outcome in outcomes
        },
    }
    return {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(LANGUAGES, of_language)}


def _per_gap(value: Json) -> Json:
    gaps = (Status.MISSING, Status.VAGUE)
    return {"type": "object", "additionalProperties": False, "properties": {str(gap): value for gap in gaps}}


def rule_schema() -> Json:
    """The schema of `rules/<family>/<rule>.yaml`: a requirement, or a rule that finds something."""
    shared: dict[str, Json] = {
        "title": _TEXTS,
        "law": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["reference", "url", "verified"],
                "properties": {
                    "reference": _TEXT,
                    "url": _TEXT,
                    "verified": {"type": "boolean"},
                    "country": {"enum": list(national_law().laws)},
                },
            },
        },
        "since": {"type": "string", "pattern": _VERSION},
        "name": _TEXT,
        "group": _TEXT,
        "section": {"type": "array", "items": _TEXT},
        "tags": {"type": "array", "items": _TEXT},
        "preview": {"type": "boolean"},
        "changes": {
            "type": "object",
            "additionalProperties": False,
            "patternProperties": {_VERSION: _TEXTS},
        },
        "concepts": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"predicate": {"type": "boolean"}, **dict.fromkeys(LANGUAGES, _WORDINGS)},
            },
        },
        "why": _TEXTS,
        "advice": _TEXTS,
        "model": _TEXTS,
    }
    requirement = {
        **shared,
        "severity": _per_gap(_SEVERITY),
        "message": _per_gap(_TEXTS),
        "only_when": _conditions(),
        "applies": {
            "type": "object",
            "additionalProperties": False,
            "required": ["when", "otherwise", "reason"],
            "properties": {
                "facts": {"type": "array", "items": {"enum": list(FACTS)}},
                "when": _conditions(),
                "otherwise": {"enum": [Applies.NO, Applies.UNCLEAR]},
                "reason": _TEXTS,
            },
        },
        "met": _conditions(),
        "vague": _conditions(),
        "headings": {"type": "boolean"},
        "subject": {"enum": list(Subject)},
        "examples": _examples(("met", "vague", "missing", "not-applicable"), ("met", "vague")),
    }
    finding = {
        **shared,
        "severity": _SEVERITY,
        "message": _TEXTS,
        "found": _conditions(rows=True),
        "check": {"enum": list(CHECKS)},
        "examples": _examples(("found", "silent"), ("found",)),
    }
    required = ["title", "law", "severity", "since", "message", "why", "advice", "model", "examples"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:policylint:rule:1",
        "title": "A rule of policylint",
        "oneOf": [
            {
                "type": "object",
                "additionalProperties": False,
                "required": [*required, "met"],
                "properties": requirement,
            },
            {"type": "object", "additionalProperties": False, "required": required, "properties": finding},
        ],
    }
