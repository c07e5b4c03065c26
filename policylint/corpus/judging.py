"""From an entry of a corpus to its rows: one for the document, one per requirement and per finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policylint.config.settings import Settings
from policylint.corpus.documents import Entry
from policylint.corpus.tables import Row
from policylint.document import Location
from policylint.errors import UserError
from policylint.judging.rules import RuleSet
from policylint.reading import SUFFIXES
from policylint.result import Failure, Finding, Judgement, Law, Requirement, Severity, Status
from policylint.run import Workshop, judge_bytes

_NOWHERE = Location(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Bench:
    """What entries are judged with: the rules that `settings` ask, from `folder` or built in.

    Those without a date of their own are judged by the law `as_of` that day, those larger than `largest` bytes not.
    """

    rules: RuleSet
    settings: Settings
    as_of: date
    largest: int
    folder: Path | None = None

    def __reduce__(self) -> tuple[Callable[..., Bench], tuple[object, ...]]:
        """A bench is sent as what it is made from: wherever it arrives, the rules are read once."""
        return _built, (self.settings, self.as_of, self.largest, self.folder, self.rules.version)

    def judge(self, entry: Entry) -> Judgement:
        """The judgement of an entry; what goes wrong is its failure."""
        if entry.failure is not None or entry.data is None:
            return Judgement(entry.id, failure=entry.failure)
        settings = replace(
            self.settings,
            language=entry.language or self.settings.language,
            jurisdiction=entry.jurisdiction or self.settings.jurisdiction,
        )
        name = f"policy{_suffix(entry.format)}" if entry.format else "policy"
        return judge_bytes(name, entry.data, self.rules, settings, self.day(entry), lambda _: None)

    def day(self, entry: Entry) -> date:
        """The day whose law counts for an entry."""
        return entry.date or self.as_of


def bench(workshop: Workshop, settings: Settings, as_of: date, largest: int) -> Bench:
    """A bench with the rules that `settings` ask. Raises UserError 'bad-rules' and 'unknown-rule'."""
    folder = workshop.folder.absolute() if workshop.folder else None
    return Bench(workshop.rules(settings), settings, as_of, largest, folder)


def _built(settings: Settings, as_of: date, largest: int, folder: Path | None, version: str) -> Bench:
    """A bench of another process. Raises UserError 'other-version' where other rules are installed."""
    built = bench(Workshop({}, None, True, folder), settings, as_of, largest)
    if built.rules.version != version:
        message = f"the rules are others than where the run was started ({built.rules.version}, not {version})"
        raise UserError(
            "other-version", message, "Install the same version of policylint and of your rules everywhere."
        )
    return built


def _suffix(format: str) -> str:
    return next(suffix for suffix, name in SUFFIXES.items() if name == format)


def document_row(entry: Entry, judgement: Judgement, day: date) -> Row:
    """The row of the document, by the columns `DOCUMENTS`."""
    failure = judgement.failure
    judged = failure is None
    statuses = Counter(requirement.status for requirement in judgement.requirements)
    weights = Counter(finding.severity for finding in judgement.findings)
    return {
        **_of(entry),
        "source": entry.source,
        "row": entry.row,
        "as_of": day,
        "sha256": judgement.sha256,
        "kind": judgement.kind,
        "language": judgement.language,
        "jurisdiction": judgement.jurisdiction.code if judgement.jurisdiction else None,
        "words": judgement.words if judged else None,
        "characters": judgement.characters if judged else None,
        "left_out": judgement.left_out if judged else None,
        **{status.replace("-", "_"): statuses[status] if judged else None for status in Status},
        **{f"{severity}s": weights[severity] if judged else None for severity in Severity},
        **_failure(failure),
    }


def _failure(failure: Failure | None) -> Row:
    if failure is None:
        return {"failure": None, "failure_message": None, "failure_hint": None}
    return {"failure": failure.code, "failure_message": failure.message, "failure_hint": failure.hint}


def verdict_rows(entry: Entry, judgement: Judgement) -> Iterator[Row]:
    """The rows of requirements, then those of findings, by the columns `VERDICTS`; none of what was not judged."""
    if judgement.failure is None:
        for requirement in judgement.requirements:
            yield _requirement(entry, requirement)
        for finding in judgement.findings:
            yield _finding(entry, finding)


def _requirement(entry: Entry, requirement: Requirement) -> Row:
    first = requirement.evidence[0] if requirement.evidence else None
    return {
        **_of(entry),
        "record": "requirement",
        "rule": requirement.rule,
        "name": requirement.rule,
        "family": "requirements",
        "status": requirement.status.value,
        "applies": requirement.applies.value,
        "severity": None,
        "message": requirement.reason or None,
        "quote": first.quote if first else None,
        "context": first.context or None if first else None,
        **_place(first.location if first else _NOWHERE),
        "quotes": len(requirement.evidence),
        "entry": None,
        "group": None,
        "law": _law(requirement.law),
        "fingerprint": None,
    }


def _finding(entry: Entry, finding: Finding) -> Row:
    return {
        **_of(entry),
        "record": "finding",
        "rule": finding.rule,
        "name": finding.name,
        "family": finding.family,
        "status": finding.status.value if finding.status else None,
        "applies": None,
        "severity": finding.severity.value,
        "message": finding.message,
        "quote": finding.quote or None,
        "context": finding.context or None,
        **_place(finding.location),
        "quotes": 1 if finding.quote else 0,
        "entry": finding.entry,
        "group": finding.group,
        "law": _law(finding.law),
        "fingerprint": finding.fingerprint,
    }


def _of(entry: Entry) -> Row:
    return {"document": entry.number, "id": entry.id}


def _place(place: Location) -> Row:
    return {
        "section": place.section,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "page": place.page,
        "paragraph": place.paragraph,
    }


def _law(law: tuple[Law, ...]) -> str:
    return "; ".join(each.reference for each in law)
