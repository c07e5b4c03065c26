"""A run over a corpus: what is not finished is judged, by one engine or another, and written part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from policylint import __version__
from policylint.config.settings import Settings
from policylint.corpus.documents import Columns
from policylint.corpus.inputs import Input, find_input
from policylint.corpus.judging import bench
from policylint.corpus.output import SUMMARY, Manifest, opened, read_manifest
from policylint.corpus.parts import Done, Work
from policylint.corpus.stretches import Stretch
from policylint.corpus.summary import Summary, summarise
from policylint.corpus.tables import Format, arrow
from policylint.errors import UserError
from policylint.judging.rules import RuleSet
from policylint.run import Workshop
from policylint.writing import write_whole

Engine = Callable[[Work, Sequence[Stretch]], Iterator[Done]]
"""Does the parts of stretches that are not finished."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a corpus is read and written: no text may be larger than `largest` bytes; a part has so many documents."""

    columns: Columns = field(default_factory=Columns)
    format: Format = Format.PARQUET
    documents_per_part: int = 250
    largest: int = 10_000_000


def run(
    name: str,
    folder: Path,
    workshop: Workshop,
    options: Options,
    engine: Engine,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Summary:
    """Judge the corpus that `name` stands for and write its rows to `folder`, or go on with what was begun there.

    `progress` is given how many documents are done and how many there are. Raises UserError for what is wrong with the
    input as a whole, the folder or the rules, and when a part cannot be written; finished parts are kept then.
    """
    settings = workshop.configuration_in(Path()).settings
    rules = workshop.rules(settings)
    if options.format is Format.PARQUET:
        arrow()
    if folder.absolute().is_relative_to(Path(name).absolute()):
        hint = "Name a folder beside it, so that results are never taken for policies."
        raise UserError("not-ours", f"{folder}: the results would lie within the input", hint)
    begun = read_manifest(folder)
    as_of = settings.as_of or (_day(begun) if begun else date.today())
    found = find_input(name, options.columns, options.documents_per_part)
    manifest = _manifest(found, options, settings, rules, as_of)
    # From here on by paths that mean the same in every process and on every node.
    folder = folder.absolute()
    with opened(folder, options.format, manifest) as output:
        judge = bench(workshop, settings, as_of, options.largest)
        work = Work(judge, options.columns, output, options.documents_per_part)
        done = sum(work.finished(stretch) for stretch in found.stretches)
        progress(done, found.documents)
        left = [stretch for stretch in found.stretches if work.finished(stretch) < stretch.count]
        for part in engine(work, left) if left else ():
            if part.failure is not None:
                hint = f"{part.failure.hint} The same command then goes on: what is finished is kept."
                raise UserError(part.failure.code, part.failure.message, hint)
            done += part.documents
            progress(min(done, found.documents), found.documents)
        summary = summarise(output)
        write_whole(folder / SUMMARY, summary.json())
    return summary


def _manifest(found: Input, options: Options, settings: Settings, rules: RuleSet, as_of: date) -> Manifest:
    return {
        "version": {"policylint": __version__, "rules": rules.version},
        "input": {"files": found.files, "bytes": found.size, "documents": found.documents, "sha256": found.sha256},
        "settings": {
            "as-of": as_of.isoformat(),
            "language": settings.language,
            "jurisdiction": settings.jurisdiction,
            "facts": dict(settings.facts),
            "rules": " ".join(rule.id for rule in rules.rules),
            "severity": dict(settings.severity),
            "timeout": settings.timeout,
            "max-bytes": options.largest,
            "format": str(options.format),
            "documents-per-part": options.documents_per_part,
        },
        "columns": {part: getattr(options.columns, part) for part in Columns.__slots__},
    }


def _day(begun: Manifest) -> date:
    """The day of a run that was begun without one: it goes on by the law of the day it began."""
    try:
        return date.fromisoformat(str(begun["settings"]["as-of"]))
    except (KeyError, ValueError):
        return date.today()
