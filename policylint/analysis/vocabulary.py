"""The vocabulary of a rule set: every concept's wordings, compiled per language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

from policylint.analysis.clauses import RESERVED
from policylint.analysis.wordings import Matcher, parse_wording
from policylint.remembered import Remembered

LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Concept:
    """A named meaning with its wordings per language, as written: they are parsed when a text needs them.

    A `predicate` says what somebody does; it takes polarity and speaker from its clause.
    """

    name: str
    predicate: bool
    wordings: Mapping[str, tuple[str, ...]]


class Roles(NamedTuple):
    """Concepts that are asked and state something, that are asked and act (predicates), and that are reserved."""

    stated: tuple[str, ...]
    acted: tuple[str, ...]
    reserved: tuple[str, ...]


class Vocabulary:
    """Concepts by name; each language's matcher is compiled on first use.

    Only what is `asked` (names of concepts and values) is kept as hits; other concepts are not
    even looked for, save the reserved ones, which clauses are told by.
    """

    def __init__(self, concepts: Sequence[Concept], asked: frozenset[str]) -> None:
        """Take concepts with unique names."""
        self.asked = asked
        self.concepts = tuple(concept for concept in concepts if concept.name in asked | RESERVED)
        self.predicates = frozenset(concept.name for concept in concepts if concept.predicate)
        self._matchers: dict[str, Matcher] = {}
        self.roles: Mapping[tuple[str, ...], Roles] = Remembered(self._roles)
        """Concepts by what becomes of their hits; remembered, for the same words stand in a text again and again."""

    def asking_too(self, values: frozenset[str]) -> Vocabulary:
        """The same concepts, with values that a recogniser finds asked besides; what was compiled is shared."""
        other = copy(self)
        other.asked = self.asked | values
        return other

    def matcher(self, language: str) -> Matcher:
        """The matcher of a language's wordings."""
        if language not in self._matchers:
            self._matchers[language] = Matcher(
                (concept.name, parse_wording(wording))
                for concept in self.concepts
                for wording in concept.wordings.get(language, ())
            )
        return self._matchers[language]

    def _roles(self, names: tuple[str, ...]) -> Roles:
        asked = [name for name in names if name in self.asked]
        return Roles(
            stated=tuple(name for name in asked if name not in self.predicates),
            acted=tuple(name for name in asked if name in self.predicates),
            reserved=tuple(name for name in names if name in RESERVED),
        )
