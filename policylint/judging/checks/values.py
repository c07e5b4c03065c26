"""Checks of recognised values against the table of national law."""

from __future__ import annotations

from collections.abc import Iterator

from policylint.analysis.units import Hit, Unit
from policylint.judging.checks.case import Case, Spot
from policylint.national_law import national_law


def wrong_age(case: Case) -> Iterator[Spot]:
    """Ages of consent of minors other than the jurisdiction's (GDPR art. 8); the value is the right one."""
    law = national_law().laws[case.jurisdiction]
    for number in case.analysis.by_name.get("age", ()):
        unit = case.analysis.units[number]
        if "parental-consent" not in unit.hits:
            continue
        ages = {hit.value: hit for hit in unit.hits["age"]}
        if law.age not in ages:
            hit = next(iter(ages.values()))
            yield Spot(*unit.span(hit), value=str(law.age))


def wrong_authority(case: Case) -> Iterator[Spot]:
    """Complaints sent to another country's authority only; the value is the jurisdiction's own."""
    law = national_law().laws[case.jurisdiction]
    if case.jurisdiction == "EU":
        return
    units = (case.analysis.units[number] for number in case.analysis.by_name.get("authority", ()))
    named = [(unit, hit) for unit in units if "complain" in unit.hits for hit in unit.hits["authority"]]
    if named and all(hit.value != case.jurisdiction for _, hit in named):
        unit, hit = named[0]
        yield Spot(*unit.span(hit), value=law.authority.name[case.spoken])


_FREE_MAIL = frozenset(
    "gmail googlemail outlook hotmail live msn yahoo icloud me ziggo kpnmail kpnplanet planet home telenet skynet "
    "proton protonmail gmx aol xs4all upcmail casema hetnet btinternet eircom".split()
)
_SHORTEST_LABEL = 4


def free_mail(case: Case) -> Iterator[Spot]:
    """The address at a free mail provider of a controller that has a site of its own; the value is the site."""
    # The organisation that is named first is the controller; others are its suppliers, with sites of their own.
    controller = next((_letters(hit.value) for _, hit in _values(case, "organisation")), "")
    hosts = [_host(hit.value) for _, hit in _values(case, "url")]
    sites = [host for host in hosts if controller.startswith(_letters(_label(host)))]
    for unit, hit in _values(case, "email"):
        domain = str(hit.value).rpartition("@")[2]
        if sites and _label(domain) in _FREE_MAIL:
            yield Spot(*unit.span(hit), value=sites[0])
            return


def _label(host: str) -> str:
    """The name in a domain name: `zonnehof` of `www.zonnehof.nl` and of `zonnehof.co.uk`."""
    parts = host.lower().removeprefix("www.").split(".")
    long_enough = [part for part in parts[:-1] if len(part) >= _SHORTEST_LABEL]
    return (long_enough or parts[:1] or [""])[-1]


def _host(url: object) -> str:
    return str(url).partition("://")[2].partition("/")[0] or str(url).partition("/")[0]


def _letters(name: object) -> str:
    return "".join(filter(str.isalnum, str(name).lower()))


def _values(case: Case, name: str) -> Iterator[tuple[Unit, Hit]]:
    """The hits of a value with their units, those of units that speak of an authority left out."""
    for number in case.analysis.by_name.get(name, ()):
        unit = case.analysis.units[number]
        if "authority" not in unit.hits:
            yield from ((unit, hit) for hit in unit.hits[name])
