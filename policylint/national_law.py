"""National law per jurisdiction, read from the one table `rules/jurisdictions.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from policylint.builtin import rules_folder

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Texts = Mapping[str, str]
"""One text per language code."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A supervisory authority: official name per language, every name, abbreviation and website in use."""

    name: Texts
    names: tuple[str, ...]
    abbreviations: tuple[str, ...]
    websites: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class NationalLaw:
    """A row that can be judged by: `age` is the age of consent of minors (art. 8 GDPR) in years."""

    code: str
    name: Texts
    authority: Authority
    age: int
    age_law: str
    act: Texts
    act_url: str
    cookie_law: Texts
    cookie_url: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that show where a controller is established; the heavier the surer.

    What the pattern matches holds one of the strings in `needs`, or a digit if there are none.
    """

    kind: str
    weight: float
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Country:
    """How a text shows a country, and the row (`judged_as`) that its controllers are judged by."""

    code: str
    name: Texts
    judged_as: str
    domains: frozenset[str]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table: what can be judged by, how countries show, what kinds of marks are called."""

    laws: Mapping[str, NationalLaw]
    countries: tuple[Country, ...]
    kinds: Mapping[str, Texts]


@cache
def national_law() -> Table:
    """The table, read once. It is part of the program, so its form is tested and not checked here."""
    data = yaml.load((rules_folder() / "jurisdictions.yaml").read_bytes(), Loader=_LOADER)  # noqa: S506 (safe loaders both)
    rows = data["jurisdictions"]
    countries = tuple(_country(code, row) for code, row in rows.items())
    return Table(
        laws={code: _law(code, row) for code, row in rows.items() if "authority" in row},
        countries=countries,
        kinds=data["kinds"],
    )


_CHOICE = re.compile(r"\[([^\[\]]+ / [^\[\]]+)\]")


def fitting(wording: str, jurisdiction: str) -> str:
    """Wording in which a choice between authorities is made, where one of them is that of the jurisdiction."""
    if " / " not in wording:
        return wording
    websites = national_law().laws[jurisdiction].authority.websites

    def chosen(match: re.Match[str]) -> str:
        options = match[1].split(" / ")
        return next((option for option in options if any(site in option for site in websites)), match[0])

    return _CHOICE.sub(chosen, wording)


def _law(code: str, row: Mapping[str, Any]) -> NationalLaw:
    authority = Authority(
        name=row["authority"],
        names=tuple(row["names"]),
        abbreviations=tuple(row["abbreviations"]),
        websites=tuple(row["websites"]),
        address=row["address"],
    )
    fields = ("name", "age", "age_law", "act", "act_url", "cookie_law", "cookie_url")
    return NationalLaw(code=code, authority=authority, **{field: row[field] for field in fields})


def _country(code: str, row: Mapping[str, Any]) -> Country:
    return Country(
        code=code,
        name=row["name"],
        judged_as=row.get("judged_as", code),
        domains=frozenset(row["domains"]),
        marks=tuple(
            Mark(mark["kind"], mark["weight"], tuple(mark["needs"]), re.compile(mark["pattern"]))
            for mark in row["marks"]
        ),
    )
