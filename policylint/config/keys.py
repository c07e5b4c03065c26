"""The keys of a configuration file: what each may hold, and what it is for.

One table serves reading, `config verify`, the published JSON Schema and the documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from policylint.facts import FACTS

LANGUAGES = ("nl", "en")
COUNTRIES = ("NL", "BE", "UK", "IE", "EU", "DE", "FR")
SEVERITIES = ("error", "warning", "info")


class Kind(StrEnum):
    """What the value of a key is."""

    TEXT = "text"
    DATE = "date"
    FLAG = "flag"
    CHOICE = "choice"
    NUMBER = "number"
    PATH = "path"
    TEXTS = "texts"
    PATHS = "paths"
    TABLE = "table"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its kind, its purpose, the `choices` of a choice (or of a table's values), and the keys of a table.

    `names` are the only names that a table may hold (None: any), `required` those keys that each table of a list must
    have. What `per_file` is may stand in an override.
    """

    kind: Kind
    purpose: str
    choices: tuple[str, ...] = ()
    names: tuple[str, ...] | None = None
    keys: Mapping[str, Key] | None = None
    required: tuple[str, ...] = ()
    per_file: bool = False


_SELECTORS = "a rule, a family, an article (GDPR-13.2.a) or a tag"

_OVERRIDABLE: dict[str, Key] = {
    "select": Key(Kind.TEXTS, f"Only these rules are asked: each names {_SELECTORS}.", per_file=True),
    "extend-select": Key(Kind.TEXTS, "Asked beside what `select` names.", per_file=True),
    "ignore": Key(Kind.TEXTS, "Not asked; the narrower of two names wins, and `ignore` of two alike.", per_file=True),
    "severity": Key(
        Kind.TABLE, "Another severity, or off, for what a selector names.", (*SEVERITIES, "off"), per_file=True
    ),
    "facts": Key(Kind.TABLE, "What a text cannot show of the controller: true or false.", names=FACTS, per_file=True),
    "language": Key(Kind.CHOICE, "The language of the policies, instead of deriving it.", LANGUAGES, per_file=True),
    "jurisdiction": Key(Kind.CHOICE, "Whose national law counts, instead of deriving it.", COUNTRIES, per_file=True),
}

KEYS: dict[str, Key] = {
    "extend": Key(Kind.PATH, "Another configuration file whose settings hold where this one says nothing."),
    "required-version": Key(Kind.TEXT, "Versions of policylint that may run, such as '>=0.1,<0.2'."),
    "rule-set": Key(Kind.TEXT, "Ask no rule that is newer than this version, so that an upgrade changes nothing."),
    "preview": Key(Kind.FLAG, "Ask rules that are still on trial, too."),
    "rules": Key(Kind.PATHS, "Folders of your own rules, asked beside the built-in ones."),
    **_OVERRIDABLE,
    "report-lang": Key(Kind.CHOICE, "The language of reports; each policy's own if it is left out.", LANGUAGES),
    "as-of": Key(Kind.DATE, "Judge by the law of that day, instead of today's."),
    "exclude": Key(Kind.TEXTS, "Patterns of files that are passed over when a folder is checked."),
    "fail-on": Key(Kind.TEXTS, f"What makes a run fail: error, warning, info, or {_SELECTORS}; or never, alone."),
    "allow-empty": Key(Kind.FLAG, "A run that finds nothing to check succeeds."),
    "unsupported-language": Key(
        Kind.CHOICE, "What to do with a text in another language: an error, or pass it over.", ("error", "skip")
    ),
    "not-a-policy": Key(
        Kind.CHOICE, "What to do with a text that is no privacy policy: an error, or pass it over.", ("error", "skip")
    ),
    "baseline": Key(Kind.PATH, "Findings recorded in this file do not make a run fail."),
    "exceptions": Key(Kind.PATH, "Signed exceptions for documents that cannot hold comments."),
    "output": Key(Kind.TEXTS, "Reports to write, each FORMAT or FORMAT:FILE."),
    "jobs": Key(Kind.NUMBER, "Processes that judge side by side; 0 lets policylint choose."),
    "timeout": Key(Kind.NUMBER, "Seconds that one document may take (not on Windows); 0 sets no limit."),
    "cache": Key(Kind.PATH, "Folder in which verdicts of unchanged documents are kept."),
    "together": Key(
        Kind.TABLES,
        "Documents that are judged as one layered notice.",
        keys={
            "name": Key(Kind.TEXT, "What the report calls the notice."),
            "files": Key(Kind.TEXTS, "Patterns of its documents, from the folder of the configuration."),
        },
        required=("files",),
    ),
    "overrides": Key(
        Kind.TABLES,
        "Other settings for the files that fit a pattern; later ones win.",
        keys={
            "files": Key(Kind.TEXTS, "Patterns of files, from the folder of the configuration."),
            **_OVERRIDABLE,
        },
        required=("files",),
    ),
}
