"""A draft of what a policy lacks: model wording for what is missing or vague, its blanks marked to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policylint.address import informal, is_informal
from policylint.document import Document
from policylint.result import Applies, Evidence, Finding, Judgement, Status, Subject

_BLANK = re.compile(r"\[(?P<either>Of: |Or: )?(?P<words>[^\[\]]+)\]")
_MARKS = {
    "nl": {"fill": "invullen", "choose": "kies", "either": "invullen of schrappen"},
    "en": {"fill": "fill in", "choose": "choose", "either": "fill in or delete"},
}
"""What a blank asks of the writer. The rule `placeholder` finds each, so that no draft passes as finished."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Wording for one requirement: to add where it is missing, to put in the place of what is `said` where it is vague.

    `doubt` is why the law may not ask it of this controller (empty: it does).
    """

    rule: str
    title: str
    subject: Subject
    status: Status
    doubt: str
    said: tuple[Evidence, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Passages for a policy by subject, in its language (`nl` or `en`)."""

    path: str
    language: str
    passages: tuple[Passage, ...]


def draft_of(judgement: Judgement, document: Document) -> Draft:
    """The draft for a document that was judged: one passage per open gap, but for what the law does not ask of it."""
    language = judgement.language or "en"
    says_je = language == "nl" and is_informal(document.text)
    gaps = {each.rule: each for each in judgement.findings if each.status is not None and each.suppressed is None}
    passages = (
        Passage(
            requirement.rule,
            requirement.title,
            requirement.subject,
            requirement.status,
            requirement.reason if requirement.applies is Applies.UNCLEAR else "",
            requirement.evidence,
            wording(gap, language, says_je),
        )
        for requirement in judgement.requirements
        if (gap := gaps.get(requirement.rule)) is not None
        and requirement.applies is not Applies.NO
        and requirement.status in (Status.MISSING, Status.VAGUE)
    )
    subjects = list(Subject)
    return Draft(judgement.path, language, tuple(sorted(passages, key=lambda each: subjects.index(each.subject))))


def wording(gap: Finding, language: str, says_je: bool) -> str:
    """The model wording of a gap in the reader's form of address, every blank marked."""
    return marked(informal(gap.model) if says_je else gap.model, language)


def marked(model: str, language: str) -> str:
    """Model wording with each blank saying what to do with it: `[7 years]` becomes `[fill in: 7 years]`."""
    marks = _MARKS[language]

    def mark(match: re.Match[str]) -> str:
        words = match["words"]
        asked = "either" if match["either"] else "choose" if " / " in words else "fill"
        return f"[{marks[asked]}: {words}]"

    return _BLANK.sub(mark, model)


def blanks(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where the marked blanks of a passage stand."""
    marks = "|".join(map(re.escape, _MARKS[language].values()))
    for match in re.finditer(rf"\[(?:{marks}): [^\[\]]+\]", text):
        yield match.span()
