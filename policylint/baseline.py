"""Baselines: the findings of a day, recorded by document so that only newer ones make a run fail.

A finding is known again by its document and its fingerprint, which holds no line; a document by its path from the
folder of the baseline, or by its contents if it was renamed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from policylint.errors import UserError
from policylint.result import BASELINE, Finding, Judgement, Suppression
from policylint.writing import write_whole

DEFAULT_NAME = "policylint-baseline.json"

_VERSION = 1
_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_QUOTE = 160


@dataclass(frozen=True, slots=True)
class Entry:
    """A recorded finding; all but the fingerprint is there for whoever reads the file."""

    rule: str
    status: str | None
    fingerprint: str
    quote: str

    def __str__(self) -> str:
        name = f"{self.rule} ({self.status})" if self.status else self.rule
        return f'{name} "{self.quote}"' if self.quote else name


@dataclass(frozen=True, slots=True)
class Recorded:
    """The recorded findings of one document, and the hash of what was in it then."""

    sha256: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """A recorded finding that does not occur any more in the document at `name`."""

    baseline: Path
    name: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a file records: documents by their path from its folder, with forward slashes."""

    path: Path
    documents: Mapping[str, Recorded]

    def name_of(self, document: str) -> str:
        """What a document is called here."""
        return PurePath(os.path.relpath(document, self.path.absolute().parent)).as_posix()

    def is_there(self, name: str) -> bool:
        """Whether the document of that name still exists."""
        return os.path.isfile(self.path.absolute().parent / name)  # noqa: PTH113 - a damaged name may be anything

    def find(self, document: Judgement) -> str | None:
        """The name under which a document is recorded: its own, or that of a file gone that held the same."""
        own = self.name_of(document.path)
        if own in self.documents:
            return own
        same = (name for name, recorded in self.documents.items() if recorded.sha256 == document.sha256)
        return next((name for name in same if not self.is_there(name)), None)

    def known(self, document: Judgement) -> frozenset[str]:
        """The fingerprints that are recorded for a document."""
        name = self.find(document)
        return frozenset(entry.fingerprint for entry in self.documents[name].entries) if name else frozenset()

    def suppression(self) -> Suppression:
        """What the report says of a finding that is recorded here."""
        return Suppression(BASELINE, self.path.name, None, None)


def read_baseline(path: Path) -> Baseline:
    """Read a baseline. Raises UserError 'bad-baseline' for one that is not there, broken, or of another version."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        hint = f"Check the path, or record today's findings: policylint baseline update PATHS --baseline {path}"
        raise UserError("bad-baseline", f"{path}: there is no such baseline", hint) from None
    except OSError as error:
        raise UserError("bad-baseline", f"{path}: cannot be read: {error.strerror}", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise _broken(path, "is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise _broken(path, f"is no JSON: {error.msg}", error.lineno, error.colno) from error
    except RecursionError:
        raise _broken(path, "is no JSON of a baseline") from None
    if not isinstance(data, dict) or "baseline" not in data:
        raise _broken(path, "is no baseline of policylint")
    if data["baseline"] != _VERSION:
        hint = (
            f"This policylint reads version {_VERSION}. Use the version of policylint that wrote it, or remove the "
            f"file and record the findings anew: policylint baseline update PATHS --baseline {path}"
        )
        version = str(data["baseline"])[:20]
        raise UserError("bad-baseline", f"{path}: is a baseline of version {version}", hint)
    try:
        return Baseline(path, {name: _recorded(value) for name, value in data["documents"].items()})
    except (KeyError, TypeError, AttributeError) as error:
        raise _broken(path, "is damaged: an entry lacks what it needs") from error


def _recorded(value: Mapping[str, object]) -> Recorded:
    entries = []
    for each in value["findings"]:  # type: ignore[attr-defined]
        rule, status, fingerprint, quote = (each[name] for name in ("rule", "status", "fingerprint", "quote"))
        if not (isinstance(rule, str) and isinstance(fingerprint, str) and isinstance(quote, str)):
            raise TypeError
        entries.append(Entry(rule, status, fingerprint, quote))
    return Recorded(str(value["sha256"]), tuple(entries))


def _broken(path: Path, what: str, line: int = 1, column: int = 1) -> UserError:
    hint = "Take the last good one from version control, or remove the file and record the findings anew."
    return UserError("bad-baseline", f"{path}:{line}:{column}: {what}", hint)


def write_baseline(baseline: Baseline) -> None:
    """Write a baseline: documents and findings in order, a finding on each line. Raises UserError 'unwritable'."""
    text = "\n".join(_lines(baseline)) + "\n"
    text = _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    write_whole(baseline.path, text.encode())


def _lines(baseline: Baseline) -> Iterator[str]:
    yield "{"
    yield f'  "baseline": {_VERSION},'
    documents = sorted((name, each) for name, each in baseline.documents.items() if each.entries)
    yield '  "documents": {' + ("" if documents else "}")
    for number, (name, recorded) in enumerate(documents, start=1):
        yield f"    {_json(name)}: {{"
        yield f'      "sha256": {_json(recorded.sha256)},'
        yield '      "findings": ['
        entries = sorted(recorded.entries, key=lambda entry: (entry.rule, entry.quote, entry.fingerprint))
        for place, entry in enumerate(entries, start=1):
            fields = {
                "rule": entry.rule,
                "status": entry.status,
                "fingerprint": entry.fingerprint,
                "quote": entry.quote,
            }
            yield f"        {_json(fields)}{',' if place < len(entries) else ''}"
        yield "      ]"
        yield f"    }}{',' if number < len(documents) else ''}"
    if documents:
        yield "  }"
    yield "}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def recorded_of(document: Judgement, findings: Iterable[Finding]) -> Recorded:
    """What a baseline holds of a document with these findings."""
    entries = [
        Entry(each.rule, each.status, each.fingerprint, " ".join(each.quote.split())[:_LONGEST_QUOTE])
        for each in findings
    ]
    return Recorded(document.sha256 or "", tuple(entries))


def stale_entries(baseline: Baseline, documents: Iterable[tuple[Judgement, frozenset[str]]]) -> Iterator[Stale]:
    """The recorded findings that do not occur any more in documents, each with the ids of the rules it was asked.

    Documents that were not judged, and rules that were not asked, say nothing of what is recorded; a document that
    does not exist any more has no findings.
    """
    judged: set[str] = set()
    for document, asked in documents:
        name = baseline.find(document)
        if name is None:
            continue
        judged.add(name)
        if document.failure is None:
            found = {finding.fingerprint for finding in document.findings}
            for entry in baseline.documents[name].entries:
                if entry.rule in asked and entry.fingerprint not in found:
                    yield Stale(baseline.path, name, entry)
    for name, recorded in baseline.documents.items():
        if name not in judged and not baseline.is_there(name):
            yield from (Stale(baseline.path, name, entry) for entry in recorded.entries)
