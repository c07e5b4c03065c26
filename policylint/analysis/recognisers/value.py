"""What a recogniser finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: ISO 8601 text ("P7Y", "P18M", "PT24H") and its approximate number of days."""

    iso: str
    days: float


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A month of a year, without a day."""

    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


Payload = str | int | date | Duration | PartialDate | Money


@dataclass(frozen=True, slots=True)
class Value:
    """A recognised value at [start, end) of the text that was searched."""

    name: str
    start: int
    end: int
    value: Payload


def has_any(text: str, needles: Iterable[str]) -> bool:
    """Whether any of `needles` stands in `text`: a cheap question before a dear pattern."""
    for needle in needles:  # noqa: SIM110 (a generator costs more than the searches)
        if needle in text:
            return True
    return False


def longest(values: Iterable[Value]) -> list[Value]:
    """Values by start, the longer of two that overlap (the first given of two as long)."""
    kept: list[Value] = []
    for value in sorted(values, key=lambda value: value.start):
        if not kept or kept[-1].end <= value.start:
            kept.append(value)
        elif value.end - value.start > kept[-1].end - kept[-1].start:
            kept[-1] = value
    return kept
