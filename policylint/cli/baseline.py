"""`policylint baseline`: records today's findings, and takes out those that are gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylint.cli.common import (
    AsOf,
    ConfigFile,
    Facts,
    Isolated,
    Jurisdiction,
    PolicyLanguage,
    RulesFolder,
    Together,
    Verbose,
    ending,
    judged_by,
    told,
)
from policylint.errors import UserError

if TYPE_CHECKING:
    from policylint.baseline import Baseline
    from policylint.run import Run, Workshop

baseline_app = typer.Typer(
    no_args_is_help=True,
    help="Record today's findings, so that only new ones count.",
    rich_markup_mode=None,
)

BaselineFile = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="The baseline. [default: the configured one, or policylint-baseline.json]",
        show_default=False,
    ),
]


@baseline_app.command()
def update(
    paths: Annotated[list[str], typer.Argument(metavar="PATHS", help="Files, folders or patterns to record.")],
    baseline: BaselineFile = None,
    language: PolicyLanguage = None,
    jurisdiction: Jurisdiction = None,
    as_of: AsOf = None,
    fact: Facts = None,
    together: Together = False,
    rules_folder: RulesFolder = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
) -> None:
    """Record the open findings of documents.

    They replace what was recorded for these documents; what is recorded for others stays. Nothing is written if a
    document cannot be judged.
    """
    with ending(verbose):
        from policylint.baseline import Baseline, read_baseline, recorded_of, write_baseline
        from policylint.run import Workshop

        file = _file(baseline, config, isolated)
        old = read_baseline(file) if file.exists() else Baseline(file, {})
        options = judged_by(language, jurisdiction, as_of, fact)
        workshop = Workshop(options, config, isolated, rules_folder, baselines=False, together=together)
        done = _judged(paths, workshop, verbose)
        documents = {name: each for name, each in old.documents.items() if old.is_there(name)}
        for document in done.result.documents:
            if document.failure is None:
                former = old.find(document)
                documents.pop(former or "", None)
                findings = [finding for finding in document.findings if finding.suppressed is None]
                documents[old.name_of(document.path)] = recorded_of(document, findings)
        new = Baseline(file, documents)
        write_baseline(new)
        before, after = _identities(old), _identities(new)
        typer.echo(f"{file}: {len(after - before)} added, {len(before - after)} taken out, {len(after)} recorded")


@baseline_app.command()
def prune(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATHS", help="Documents to look at. [default: all that are recorded]"),
    ] = None,
    baseline: BaselineFile = None,
    language: PolicyLanguage = None,
    jurisdiction: Jurisdiction = None,
    as_of: AsOf = None,
    fact: Facts = None,
    together: Together = False,
    rules_folder: RulesFolder = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
) -> None:
    """Take findings that are gone out of the baseline.

    A document that was renamed keeps its findings under its new name, if it is named or found among PATHS.
    """
    with ending(verbose):
        from dataclasses import replace

        from policylint.baseline import Baseline, read_baseline, stale_entries, write_baseline
        from policylint.run import Workshop

        file = _file(baseline, config, isolated)
        old = read_baseline(file)
        folder = file.absolute().parent
        named = paths or [str(folder / name) for name in old.documents if old.is_there(name)]
        options = judged_by(language, jurisdiction, as_of, fact)
        workshop = Workshop(options, config, isolated, rules_folder, baselines=False, together=together)
        done = _judged(named, workshop, verbose) if named else None
        judged = done.result.documents if done else ()
        asked = frozenset(entry.rule for each in old.documents.values() for entry in each.entries)
        gone = {(each.name, each.entry) for each in stale_entries(old, ((each, asked) for each in judged))}
        documents = {
            name: replace(each, entries=tuple(entry for entry in each.entries if (name, entry) not in gone))
            for name, each in old.documents.items()
        }
        for document in judged:
            former = old.find(document)
            if former is not None and document.failure is None:
                kept = documents.pop(former)
                documents[old.name_of(document.path)] = replace(kept, sha256=document.sha256 or "")
        write_baseline(Baseline(file, documents))
        typer.echo(f"{file}: {len(gone)} taken out, {len(_identities(old)) - len(gone)} recorded")


def _identities(baseline: Baseline) -> set[tuple[str, str]]:
    return {(name, entry.fingerprint) for name, each in baseline.documents.items() for entry in each.entries}


def _file(named: Path | None, config: Path | None, isolated: bool) -> Path:
    from policylint.baseline import DEFAULT_NAME
    from policylint.run import Workshop

    configured = Workshop({}, config, isolated).configuration_in(Path()).settings.baseline
    return named or Path(configured or DEFAULT_NAME)


def _judged(paths: list[str], workshop: Workshop, verbose: bool) -> Run:
    """The findings of documents with exceptions applied and no baseline. Raises UserError if one cannot be judged."""
    from policylint.files import expand
    from policylint.run import run

    here = workshop.configuration_in(Path()).settings
    sources = expand(paths, exclude=here.exclude)
    done = run(sources, workshop, here.as_of or date.today(), told(verbose))
    for document in done.result.documents:
        if document.failure is not None and not document.failure.skipped:
            message = f"{document.path}: {document.failure.message}; the baseline was left as it is"
            raise UserError("not-recorded", message, document.failure.hint)
    return done
