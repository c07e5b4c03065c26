"""The gate on changes: two versions of a policy, or of a layered notice, judged and compared under its settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from policylint.accepting import Terms, accept
from policylint.comparing.comparison import Comparison, Direction, compare
from policylint.comparing.versions import Version, beside
from policylint.config.settings import Together
from policylint.document import Document
from policylint.files import Source
from policylint.judging.selection import names_of
from policylint.judging.together import joined
from policylint.notices import group_of, with_partners
from policylint.reading import read
from policylint.result import Failure, Judgement
from policylint.run import Workshop, fails, judge_bytes
from policylint.shelf import Shelf

Pair = tuple[Version, Version]


@dataclass(frozen=True, slots=True)
class Change:
    """Versions that are compared as one, old beside new; `name` is that of a layered notice, if it is one."""

    name: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Gated:
    """What a change did, the documents that could not be judged, and whether it made the policy worse."""

    comparison: Comparison
    failures: tuple[Failure, ...]
    worse: bool


@dataclass(frozen=True, slots=True)
class _Side:
    """One version of what is compared: the judgement on the whole, its documents, and what could not be judged.

    `failing` are the fingerprints of findings that make a run fail under the settings of their document.
    """

    whole: Judgement
    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]
    failing: frozenset[str]


def changes(pairs: Sequence[Pair], workshop: Workshop) -> list[Change]:
    """What is to be compared: a document by itself, or with all of its notice, as they were with each version."""
    found: list[Change] = []
    done: set[Together] = set()
    for old, new in pairs:
        source = Source(new.path)
        group = group_of(source, workshop.settings_for(source))
        if group is None:
            found.append(Change("", ((old, new),)))
        elif group not in done:
            done.add(group)
            members = [pair for pair in pairs if _in_group(pair[1], group, workshop)]
            known = {new.path for _, new in members}
            others = [each.path for each in with_partners([source], workshop.settings_for) if each.path not in known]
            members += [(beside(old, path), beside(new, path)) for path in others]
            found.append(Change(group.name if len(members) > 1 else "", tuple(members)))
    return found


def _in_group(version: Version, group: Together, workshop: Workshop) -> bool:
    source = Source(version.path)
    return group_of(source, workshop.settings_for(source)) == group


def gated(change: Change, workshop: Workshop, told: Callable[[str], None]) -> Gated:
    """Judge both versions, and compare them.

    What is accepted in a version is open in neither; a baseline says nothing of versions, which are each other's.
    """
    settings = workshop.settings_for(Source(change.pairs[0][1].path))
    day = settings.as_of or date.today()
    together = len(change.pairs) > 1
    old, new = ([pair[side] for pair in change.pairs] for side in (0, 1))
    before, after = (_side(_name(change, each), each, workshop, day, told, together) for each in (old, new))
    whole = (before.whole, after.whole)
    comparison = compare(whole[0].path, whole[1].path, whole, (before.documents, after.documents))
    signed = {(finding.rule, finding.status) for finding in after.whole.findings if finding.suppressed}
    less = any(
        each.direction is Direction.WORSE and each.after and (each.after.rule, each.after.status) not in signed
        for each in comparison.changes
    )
    worse = less or any(finding.fingerprint in after.failing for finding in comparison.came)
    gate = "never" not in settings.fail_on and any(version.data is not None for version in new)
    return Gated(comparison, before.failures + after.failures, worse and gate)


def _name(change: Change, versions: Sequence[Version]) -> str:
    names = [version.name for version in versions if version.data is not None] or [version.name for version in versions]
    return f"{change.name}: {', '.join(names)}" if change.name else ", ".join(names)


def _side(
    name: str,
    versions: Sequence[Version],
    workshop: Workshop,
    day: date,
    told: Callable[[str], None],
    together: bool,
) -> _Side:
    shelf = Shelf()
    terms: list[Terms] = []
    documents: list[Document] = []
    for each in versions:
        if each.data is None:
            continue
        settings = workshop.settings_for(Source(each.path))
        rules = workshop.rules(settings)
        judgement = judge_bytes(each.path, each.data, rules, settings, day, told, together)
        shelf.append(judgement)
        terms.append(Terms(settings, rules.rules, workshop.names(settings)))
        if judgement.failure is None:
            documents.append(read(each.path, each.data))
    if not terms:
        return _Side(Judgement(name), (), (), frozenset())
    requirements = shelf[0].requirements
    if together:
        kind_rules = {rule.id for each in terms for rule in each.asked if rule.check == "not-a-policy"}
        notice, members = joined("", list(shelf), kind_rules)
        requirements = notice.requirements
        shelf = Shelf(members)
    accept(shelf, terms, max(day, date.today()), baselines=False)
    judged = list(shelf)
    failures = tuple(each.failure for each in judged if each.failure is not None)
    # What the settings pass over is no reason not to compare the rest.
    real = [failure for failure in failures if not failure.skipped] or (
        failures if len(failures) == len(judged) else []
    )
    first = next((each for each in judged if each.failure is None), judged[0])
    findings = tuple(
        replace(finding, message=f"{each.path}: {finding.message}") if together else finding
        for each in judged
        for finding in each.findings
    )
    whole = replace(
        first, path=name, requirements=requirements, findings=findings, failure=next(iter(real), None)
    )  # fmt: skip
    return _Side(whole, tuple(documents), failures, frozenset(_failing(judged, terms)))


def _failing(judged: Sequence[Judgement], terms: Sequence[Terms]) -> Iterator[str]:
    for document, each in zip(judged, terms, strict=True):
        selectors = {rule.id: names_of(rule) for rule in each.asked}
        for finding in document.findings:
            if fails(finding, selectors, each.settings):
                yield finding.fingerprint
