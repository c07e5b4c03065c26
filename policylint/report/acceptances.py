"""What somebody has accepted, as a report lists it and shows it in the text of the policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policylint.report.marks import Mark, mark_of
from policylint.report.page import where
from policylint.report.quotes import visible
from policylint.report.remarks import acceptance
from policylint.report.wording import Wording
from policylint.result import Finding, Suppression

_LIGHTEST = 5
"""Where marks overlap, what is accepted gives way to every other."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that is not open: its anchor and label, its message and place, and why, by whom and until when.

    `mark` lies over its words in the text; None for what is absent.
    """

    key: str
    label: str
    rule: str
    message: str
    place: str
    said: str
    mark: Mark | None

    @property
    def text(self) -> str:
        """All of it in one line."""
        return f"{self.rule} ({self.place}): {self.said}" if self.place else f"{self.rule}: {self.said}"


def accepted_of(key: str, findings: Sequence[Finding], words: Wording) -> tuple[Accepted, ...]:
    """What is accepted of `findings`, in their order; `key` is the anchor of their document."""
    suppressed = ((each, each.suppressed) for each in findings if each.suppressed)
    return tuple(
        _accepted(f"{key}-a{number}", f"A{number}", finding, suppression, words)
        for number, (finding, suppression) in enumerate(suppressed, start=1)
    )


def _accepted(key: str, label: str, finding: Finding, suppression: Suppression, words: Wording) -> Accepted:
    message = visible(finding.message)
    title = f"{words.accepted}: {message}"
    mark = mark_of(finding, key, label, title, "accepted", _LIGHTEST) if finding.quote else None
    place = where(finding.location, words)
    return Accepted(key, label, visible(finding.rule), message, place, acceptance(suppression, words), mark)
