"""What checks look at and what they find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policylint.analysis.units import Analysis


@dataclass(frozen=True, slots=True)
class Case:
    """What a check looks at: a document and its language, the language to speak, whose law counts, and of which day."""

    analysis: Analysis
    language: str
    spoken: str
    jurisdiction: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Spot:
    """Words at [start, end) of the visible text that are wrong, other places they clash with, and a value to name."""

    start: int
    end: int
    related: tuple[tuple[int, int], ...] = ()
    value: str = ""
