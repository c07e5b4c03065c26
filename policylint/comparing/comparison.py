"""What a change did: each requirement before and after, findings that came and went, sentences that did it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from policylint.document import Document
from policylint.result import Applies, Finding, Judgement, Requirement, Status


class Direction(StrEnum):
    """What a change did to a requirement."""

    WORSE = "worse"
    BETTER = "better"
    SAME = "same"


_RANK = {Status.MET: 2, Status.NOT_APPLICABLE: 2, Status.VAGUE: 1, Status.MISSING: 0}


@dataclass(frozen=True, slots=True)
class Change:
    """A requirement before and after; a side is None where that version was not judged on it."""

    before: Requirement | None
    after: Requirement | None

    @property
    def direction(self) -> Direction:
        """Worse if less is said than before and the law may ask it here."""
        if self.before is None or self.after is None or self.before.status is self.after.status:
            return Direction.SAME
        old, new = _RANK[self.before.status], _RANK[self.after.status]
        if new < old and self.after.applies is Applies.NO:
            return Direction.SAME
        return Direction.WORSE if new < old else Direction.BETTER if new > old else Direction.SAME


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a policy side by side, by name; sentences are in the order in which they stand."""

    old_name: str
    new_name: str
    old: Judgement
    new: Judgement
    changes: tuple[Change, ...]
    came: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    stayed: tuple[Finding, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]


def compare(
    old_name: str,
    new_name: str,
    judged: tuple[Judgement, Judgement],
    documents: tuple[Sequence[Document], Sequence[Document]],
) -> Comparison:
    """Compare two judgements of a policy and the sentences of the documents that it stands in."""
    old, new = judged
    removed, added = _moved(_sentences(documents[0]), _sentences(documents[1]))
    changes: list[Change] = []
    if not old.failure and not new.failure:
        known = {requirement.rule: requirement for requirement in old.requirements}
        changes = [Change(known.pop(each.rule, None), each) for each in new.requirements]
        changes += [Change(each, None) for each in known.values()]
    came, gone, stayed = _findings(old.findings, new.findings)
    return Comparison(
        old_name,
        new_name,
        old,
        new,
        tuple(changes),
        tuple(came),
        tuple(gone),
        tuple(stayed),
        tuple(removed),
        tuple(added),
    )


def _findings(old: Sequence[Finding], new: Sequence[Finding]) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """Findings that came, are gone and stayed, by identity; accepted ones are open on neither side."""
    left = Counter(finding.fingerprint for finding in old if finding.suppressed is None)
    came, stayed = [], []
    for finding in new:
        if finding.suppressed is not None:
            continue
        if left[finding.fingerprint]:
            left[finding.fingerprint] -= 1
            stayed.append(finding)
        else:
            came.append(finding)
    gone = []
    for finding in reversed(old):
        if finding.suppressed is None and left[finding.fingerprint]:
            left[finding.fingerprint] -= 1
            gone.append(finding)
    return came, gone[::-1], stayed


def _sentences(documents: Sequence[Document]) -> list[str]:
    from policylint.analysis.sentences import sentences

    texts = [document.block_text(block) for document in documents for block in document.blocks]
    return [" ".join(text[start:end].split()) for text in texts for start, end in sentences(text)]


def _moved(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """Sentences that are in one version only; one that only stands elsewhere now is in neither list."""
    removed: list[str] = []
    added: list[str] = []
    for operation, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation != "equal":
            removed += old[first:last]
            added += new[start:end]
    both = Counter(removed) & Counter(added)
    return list(_without(removed, both)), list(_without(added, both))


def _without(sentences: Sequence[str], others: Counter[str]) -> Iterator[str]:
    left = Counter(others)
    for sentence in sentences:
        if left[sentence]:
            left[sentence] -= 1
        else:
            yield sentence
