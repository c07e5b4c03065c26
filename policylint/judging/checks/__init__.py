"""Checks that no condition over hits can say: plain functions that rules name by `check`.

A check looks at the whole analysed document and yields the spots that are wrong. It decides nothing about
severity or wording: that is the rule's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from policylint.judging.checks.case import Case, Spot
from policylint.judging.checks.clarity import (
    hedging_density,
    long_sentences,
    mixed_address,
    mixed_languages,
    readability,
)
from policylint.judging.checks.document import not_a_policy
from policylint.judging.checks.leftovers import broken_contact, cut_off, leftover_text
from policylint.judging.checks.names import ASKED as NAMES_ASKED
from policylint.judging.checks.names import two_controllers
from policylint.judging.checks.numbering import numbering_gap
from policylint.judging.checks.promises import FOREIGN, PROMISES, broken_promises, foreign_sections
from policylint.judging.checks.structure import CONTACT, doubled_paragraph, missing_section
from policylint.judging.checks.terms import ASKED as TERMS_ASKED
from policylint.judging.checks.terms import retention_clash
from policylint.judging.checks.values import free_mail, wrong_age, wrong_authority
from policylint.judging.checks.words import doubled_word


@dataclass(frozen=True, slots=True)
class Check:
    """A function that looks for spots, and the concepts and values that it asks the analysis for.

    What it finds may be a property of the text as a `whole`, of which the spot is an example.
    """

    look: Callable[[Case], Iterator[Spot]]
    asked: frozenset[str] = frozenset()
    whole: bool = False


CHECKS: Mapping[str, Check] = {
    "not-a-policy": Check(not_a_policy, whole=True),
    "free-mail": Check(free_mail, frozenset({"authority", "email", "organisation", "url"})),
    "wrong-age": Check(wrong_age, frozenset({"age", "parental-consent"})),
    "wrong-authority": Check(wrong_authority, frozenset({"authority", "complain"})),
    "two-controllers": Check(two_controllers, NAMES_ASKED),
    "retention-clash": Check(retention_clash, TERMS_ASKED),
    "leftover-text": Check(
        leftover_text, frozenset({"placeholder", "template-note", "example-of-address", "blank-for-reader"})
    ),
    "broken-contact": Check(broken_contact),
    "cut-off": Check(cut_off),
    "missing-section": Check(missing_section, CONTACT),
    "broken-promise": Check(broken_promises, PROMISES | {"link", "url"}),
    "foreign-section": Check(foreign_sections, FOREIGN),
    "doubled-word": Check(doubled_word),
    "numbering-gap": Check(numbering_gap),
    "doubled-paragraph": Check(doubled_paragraph),
    "hedging-density": Check(
        hedging_density,
        frozenset({"hedging-verb", "hedging-word", "hedging-ability", "hedging-subject", "hedging-elsewhere"}),
        whole=True,
    ),
    "long-sentences": Check(long_sentences, whole=True),
    "readability": Check(readability, whole=True),
    "mixed-address": Check(mixed_address, whole=True),
    "mixed-languages": Check(mixed_languages),
}
"""The checks by the name that rules give them."""

__all__ = ["CHECKS", "Case", "Check", "Spot"]
