"""Selectors: the names by which rules are chosen: a rule, a family, an article, a tag."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from policylint.errors import UserError

if TYPE_CHECKING:
    from policylint.judging.rules import Rule

_GDPR = re.compile(r"GDPR arts?\. (\d+)(?:\((\d+)\))?(?:\(([a-z]{1,2})\))?")
_FAMILY, _TAG, _ARTICLE, _RULE = 1, 2, 3, 9


def names_of(rule: Rule) -> dict[str, int]:
    """The selectors that fit a rule, each with how narrow it is: "GDPR-13.2.a" is narrower than "GDPR-13"."""
    return selectors(rule.id, rule.family, rule.tags, [law.reference for law in rule.law])


def selectors(rule: str, family: str, tags: Iterable[str], references: Iterable[str]) -> dict[str, int]:
    """The selectors that fit a rule by what its file says: its name, family, tags and articles."""
    names = {family: _FAMILY, **dict.fromkeys(tags, _TAG), rule: _RULE}
    for reference in references:
        if match := _GDPR.match(reference):
            parts = [part for part in match.groups() if part]
            for length in range(1, len(parts) + 1):
                names.setdefault(f"GDPR-{'.'.join(parts[:length])}", _ARTICLE + length)
    return names


def narrowest(rule: Rule, names: Iterable[str]) -> int:
    """How narrow the narrowest of `names` is that fits a rule; 0 if none does."""
    known = names_of(rule)
    return max((known.get(name, 0) for name in names), default=0)


def chosen(
    rules: Iterable[Rule], select: Collection[str], extend_select: Collection[str], ignore: Collection[str]
) -> list[Rule]:
    """The rules that are selected (all, if nothing is) and not ignored; the narrower name wins, then `ignore`."""
    kept = []
    for rule in rules:
        wanted = max(narrowest(rule, (*select, *extend_select)), 0 if select else 1)
        if wanted and (wanted > narrowest(rule, ignore)):
            kept.append(rule)
    return kept


def severity_of(rule: Rule, severities: Mapping[str, str]) -> str | None:
    """The severity (or `off`) that the narrowest fitting selector gives a rule, None if none does."""
    fitting = [(narrowest(rule, [name]), value) for name, value in severities.items()]
    width, value = max(fitting, default=(0, ""))
    return value if width else None


def check_names(
    rules: Iterable[Rule],
    names: Sequence[str],
    setting: str,
    origins: Mapping[tuple[str, str], str],
    others: Sequence[str] = (),
) -> None:
    """Refuse names in a `setting` that select nothing and are none of the `others`; `origins` say where each stands.

    Raises UserError 'unknown-rule'.
    """
    known = sorted({*others, *(name for rule in rules for name in names_of(rule))})
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean '{near[0]}'?" if near else "`policylint rules list` shows what there is"
            origin = origins.get((setting, name), setting)
            where = origin if origin.endswith(setting) else f"{origin}: {setting}"
            raise UserError("unknown-rule", f"{where}: no rule, family, article or tag is called '{name}'", hint)
