"""The outcome of judging a document: plain frozen values that renderers turn into formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from policylint.document import Location, Remark

SHORT_TEXT = 200
"""In a text of fewer words what is missing is one finding to its reader, not one per requirement."""


class Status(StrEnum):
    """What the text says about a requirement; a fact of the text."""

    MET = "met"
    VAGUE = "vague"
    MISSING = "missing"
    NOT_APPLICABLE = "not-applicable"


class Subject(StrEnum):
    """What a requirement is about, in the order in which a report goes through them."""

    CONTROLLER = "controller"
    PROCESSING = "processing"
    SHARING = "sharing"
    RIGHTS = "rights"
    NOTICE = "notice"
    OTHER = "other"


class Severity(StrEnum):
    """How much a finding weighs, heaviest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the heaviest."""
        return list(Severity).index(self)


class Applies(StrEnum):
    """Whether the law asks a requirement of this controller."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that decide a status.

    `quote` is visible text, `focus` the part of it that decides, as offsets in `quote`;
    `context` is what the quote cannot be read without (its heading, lead-in or header cells). `path` names the
    document where several are judged as one.
    """

    quote: str
    focus: tuple[int, int]
    context: str
    location: Location
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """A source of law, `verified` by somebody or not, and where to read it; that of a `country` counts there only."""

    reference: str
    url: str
    country: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a finding speaks of."""

    quote: str
    location: Location
    message: str


BASELINE = "baseline"
"""The kind of suppression of a finding that a baseline holds."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding is not shown as open: somebody accepted it for a `reason`, or a baseline holds it.

    `kind` says which: accepted, false-positive, not-applicable, or baseline (`reason` is then the file's name).
    """

    kind: str
    reason: str
    owner: str | None
    expires: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem at one place.

    `name` is the codebook's slug it counts for, `status` the requirement's status for a gap and
    None otherwise, `entry` the row of a rule's table (an outdated reference) or None. `why` says
    why it matters, `advice` what to do, `model` is wording to use. `quote` is empty for
    something absent.
    """

    rule: str
    name: str | None
    family: str
    status: Status | None
    severity: Severity
    title: str
    message: str
    why: str
    advice: str
    model: str
    quote: str
    focus: tuple[int, int]
    context: str
    location: Location
    law: tuple[Law, ...]
    fingerprint: str
    verified: bool = True
    entry: str | None = None
    group: str | None = None
    related: tuple[Related, ...] = ()
    suppressed: Suppression | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the text says about one requirement, with the words that decide.

    `findings` are fingerprints of the findings about this requirement or about the same words; of these, `contested`
    say that the text contradicts itself on what it states here.
    """

    rule: str
    title: str
    subject: Subject
    status: Status
    applies: Applies
    reason: str
    evidence: tuple[Evidence, ...]
    findings: tuple[str, ...]
    law: tuple[Law, ...]
    contested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about the controller that decides what applies: stated by the user, or seen in the text at a place."""

    name: str
    value: bool
    reason: str
    location: Location | None


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Whose national law counts, why, and the place that shows it (None: no mark in the text)."""

    code: str
    reason: str
    location: Location | None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document could not be judged: a stable code, what is wrong, and what to do.

    One that is `skipped` was passed over because the user's settings say so.
    """

    code: str
    message: str
    hint: str
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """A section as the report names it."""

    title: str
    level: int
    location: Location


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that is known of one document; `failure` is set when it could not be judged.

    `report_language` is the language of its titles, messages and reasons; wording to use is in its own `language`.
    """

    path: str
    sha256: str | None = None
    kind: str | None = None
    language: str | None = None
    languages: tuple[tuple[str, float], ...] = ()
    report_language: str | None = None
    jurisdiction: Jurisdiction | None = None
    words: int = 0
    characters: int = 0
    replaced: int = 0
    garbled: int = 0
    pages_without_text: int = 0
    left_out: float = 0.0
    pictures: int = 0
    encoding: str | None = None
    facts: tuple[Fact, ...] = ()
    sections: tuple[SectionPlace, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Remark, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Documents that were judged as one policy, by `paths`, and what they say together.

    Each document has the requirements that it states itself; a gap of the whole is a finding of one of them.
    """

    name: str
    paths: tuple[str, ...]
    language: str | None
    report_language: str | None
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One run: every document in the order it was named, the law as of `as_of` (ISO date), and the layered notices.

    Documents may be many: they are gone through, not held.
    """

    tool_version: str
    rules_version: str
    as_of: str
    documents: Sequence[Judgement]
    together: tuple[Notice, ...] = ()
