"""The parts of a report on a document, as plain values: requirements, findings and what to do first."""

from __future__ import annotations

from dataclasses import dataclass

from policylint.result import Law, Severity, Status


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the policy in three parts, the deciding ones in the middle, and where they stand in the text shown."""

    place: str
    context: str
    before: str
    focus: str
    after: str
    target: str


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement: its anchor, status and quotes, why a person must look, and its findings by anchor and name.

    `against` are the words that contradict it.
    """

    key: str
    label: str
    title: str
    status: Status
    quotes: tuple[Quote, ...]
    doubt: str
    against: tuple[Quote, ...]
    findings: tuple[tuple[str, str], ...]
    law: tuple[Law, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a finding speaks of, what stands there and what is said of it."""

    place: str
    quote: str
    message: str
    target: str


@dataclass(frozen=True, slots=True)
class Item:
    """One finding of an entry: its message, its words, and their anchor in the text (or that of where they belong)."""

    key: str
    rule: str
    message: str
    severity: Severity
    quote: Quote | None
    target: str
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An entry of the report: its findings with what they share."""

    key: str
    label: str
    severity: Severity
    family: str
    title: str
    items: tuple[Item, ...]
    home: str
    why: tuple[str, ...]
    advice: tuple[str, ...]
    model: tuple[str, ...]
    law: tuple[Law, ...]
    unverified: bool

    @property
    def one_message(self) -> bool:
        """Whether the findings say the same of several places."""
        return len({item.message for item in self.items}) == 1


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do first: what is wrong, the anchor of its finding, what to do and wording to use."""

    key: str
    fault: str
    severity: Severity
    advice: tuple[str, ...]
    model: tuple[str, ...]
