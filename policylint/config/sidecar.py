"""Files of exceptions, for documents that hold no comments: one that the configuration names, or one beside each.

An entry reads:

    [[exception]]
    files = "contracts/*.docx"
    rules = "retention:vague"
    quote = "as long as necessary"
    reason = "decision 12 of the board"
    owner = "m.devries"
    until = 2027-01-31

The file beside `policy.docx` is `policy.docx.exceptions.toml`; it needs no `files`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from policylint.config.discovery import shown_path
from policylint.config.keys import Key, Kind
from policylint.config.tomlfile import KeyPath, read_settings, refused_at
from policylint.errors import UserError
from policylint.judging.exceptions.acceptance import KINDS, Acceptance, Names, parse_selector
from policylint.judging.exceptions.comments import is_known, nearest_name
from policylint.patterns import fits

SUFFIX = ".exceptions.toml"

_ENTRY = "exception"
_HINT = "Mend the file of exceptions; docs/ci.md describes it."
_RULES = "What is accepted: rules, families, articles or tags; retention:vague is the one gap of a requirement."
_FIELDS = {
    "rules": Key(Kind.TEXTS, _RULES),
    "quote": Key(Kind.TEXT, "Words that the finding must quote."),
    "fingerprint": Key(Kind.TEXT, "The one finding that is accepted, as the JSON report names it."),
    "reason": Key(Kind.TEXT, "Why it is accepted."),
    "kind": Key(Kind.CHOICE, "What sort of acceptance it is.", KINDS),
    "owner": Key(Kind.TEXT, "Who signs."),
    "until": Key(Kind.DATE, "The last day on which it holds."),
}
_FILES = Key(Kind.TEXTS, "Patterns of the documents, from the folder of this file.")


def keys(beside: bool = False) -> Mapping[str, Key]:
    """The keys of a file of exceptions, of one that lies `beside` its document too."""
    fields = _FIELDS if beside else {"files": _FILES, **_FIELDS}
    required = ("rules", "reason") if beside else ("files", "rules", "reason")
    return {_ENTRY: Key(Kind.TABLES, "One signed exception.", keys=fields, required=required)}


@dataclass(frozen=True, slots=True)
class Sidecar:
    """A file of exceptions: each with the patterns of its documents, which are absolute (None: the one beside it)."""

    path: Path
    shown: str
    entries: tuple[tuple[tuple[str, ...] | None, Acceptance], ...]

    def for_file(self, path: str) -> list[Acceptance]:
        """The exceptions for the document at `path`."""
        absolute = os.path.abspath(path)  # noqa: PTH100 - a name on standard input is no path
        return [
            acceptance
            for patterns, acceptance in self.entries
            if patterns is None or any(fits(absolute, pattern) for pattern in patterns)
        ]

    def check(self, names: Names) -> None:
        """Refuse selectors that name nothing. Raises UserError 'bad-configuration' with all of them."""
        faults: list[tuple[KeyPath, str]] = []
        for number, (_, acceptance) in enumerate(self.entries):
            for selector in acceptance.selectors:
                if not is_known(selector, names):
                    near = nearest_name(selector.name, names)
                    guess = f"; did you mean '{near}'?" if near else ""
                    message = f"no rule, family, article or tag is called '{selector.name}'{guess}"
                    faults.append(((_ENTRY, number, "rules"), message))
        if faults:
            raise refused_at(self.path, self.shown, faults, _HINT)


def beside(path: str) -> Path | None:
    """The file of exceptions beside a document, if there is one."""
    file = path + SUFFIX
    return Path(file) if os.path.isfile(file) else None  # noqa: PTH113 - a name on standard input may be anything


def read_sidecar(path: Path, is_beside: bool) -> Sidecar:
    """Read a file of exceptions. Raises UserError 'bad-configuration' with every fault."""
    shown = shown_path(path)
    if not path.is_file():
        hint = "Check the path, or write the file; docs/ci.md describes it."
        raise UserError("bad-configuration", f"{shown}: there is no such file of exceptions", hint)
    settings = read_settings(path, shown, (), keys(is_beside), _HINT)
    if _ENTRY not in settings:
        return Sidecar(path, shown, ())
    tables = cast("Sequence[Mapping[str, object]]", settings[_ENTRY].value)
    faults: list[tuple[KeyPath, str]] = []
    entries = []
    for number, table in enumerate(tables):
        selectors = []
        for text in cast("tuple[str, ...]", table["rules"]):
            selector = parse_selector(text)
            if selector is None:
                message = f"'{text}' names no gap; those are missing and vague, as in retention:vague"
                faults.append(((_ENTRY, number, "rules"), message))
            else:
                selectors.append(selector)
        words = {name: " ".join(str(table[name]).split()) for name in ("reason", "owner", "quote") if name in table}
        faults += [((_ENTRY, number, name), f"'{name}' is empty") for name, text in words.items() if not text]
        acceptance = Acceptance(
            selectors=tuple(selectors),
            reason=words["reason"],
            kind=str(table.get("kind", KINDS[0])),
            owner=words.get("owner"),
            until=cast("date | None", table.get("until")),
            quote=words.get("quote"),
            fingerprint=cast("str | None", table.get("fingerprint")),
            origin=settings[_ENTRY].inner.get((number, "rules"), shown),
        )
        patterns = cast("tuple[str, ...]", table.get("files", ()))
        placed = tuple(os.path.normpath(path.absolute().parent / pattern) for pattern in patterns)
        entries.append((None if is_beside else placed, acceptance))
    if faults:
        raise refused_at(path, shown, faults, _HINT)
    return Sidecar(path, shown, tuple(entries))
