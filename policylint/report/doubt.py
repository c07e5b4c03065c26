"""Verdicts that a person should look at before relying on them, and why."""

from __future__ import annotations

from enum import StrEnum

from policylint.result import Applies, Judgement, Requirement, Status

_MUCH_LEFT_OUT = 0.25
_MUCH_OF_ANOTHER_LANGUAGE = 0.15


class Doubt(StrEnum):
    """Why a verdict is weak."""

    MAY_APPLY = "may-apply"
    UNREAD = "unread"
    OTHER_LANGUAGE = "other-language"


def needs_a_human(requirement: Requirement, document: Judgement) -> Doubt | None:
    """Why a gap needs a person's judgement; None where the text itself decides.

    A gap in what may not apply is one only if it applies, and what is missing may stand where the tool cannot read.
    """
    if requirement.status not in (Status.MISSING, Status.VAGUE):
        return None
    if requirement.applies is Applies.UNCLEAR and requirement.reason:
        return Doubt.MAY_APPLY
    if requirement.status is Status.VAGUE or requirement.applies is Applies.NO:
        return None
    if document.pages_without_text or document.left_out >= _MUCH_LEFT_OUT:
        return Doubt.UNREAD
    others = sum(share for code, share in document.languages if code != document.language)
    return Doubt.OTHER_LANGUAGE if others >= _MUCH_OF_ANOTHER_LANGUAGE else None
