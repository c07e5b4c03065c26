"""Checks that no condition over hits can say: plain functions that rules name by `check`.

A check looks at the whole analysed document and yields the spots that are wrong. It decides nothing about
severity or wording: that is the rule's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from policylint.judging.checks.case import Case, Spot
from policylint.judging.checks.values import wrong_age, wrong_authority

Check = Callable[[Case], Iterator[Spot]]

CHECKS: Mapping[str, Check] = {
    "wrong-age": wrong_age,
    "wrong-authority": wrong_authority,
}
"""The checks by the name that rules give them."""

ASKED: Mapping[str, frozenset[str]] = {
    "wrong-age": frozenset({"age", "parental-consent"}),
    "wrong-authority": frozenset({"authority", "complain"}),
}
"""The concepts and values that a check looks at."""

__all__ = ["ASKED", "CHECKS", "Case", "Check", "Spot"]
