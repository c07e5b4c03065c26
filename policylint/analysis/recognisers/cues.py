"""What the words of a text announce: which dear patterns are worth trying on it."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from policylint.analysis.recognisers.value import has_any
from policylint.needles import Ear


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """Strings of which one stands in every text that a pattern matches."""

    strings: tuple[str, ...]

    def given(self, text: str, heard: Set[Cue]) -> bool:
        """Whether one of the strings stands in a text, of whose words the cue may have been `heard`."""
        return self in heard and has_any(text, self.strings)


DIGIT = Cue(tuple("0123456789"))


def ear_for(cues: Iterable[Cue]) -> Ear[Cue]:
    """What hears these cues in the words of a text."""
    return Ear(((string, cue) for cue in cues for string in cue.strings), ignoring_case=True)
