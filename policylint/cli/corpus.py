"""`policylint corpus`: judges a whole corpus into tables of rows."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylint.cli.common import (
    AsOf,
    ConfigFile,
    ExitCode,
    Facts,
    Isolated,
    Jurisdiction,
    PolicyLanguage,
    RulesFolder,
    Verbose,
    complain,
    ending,
    judged_by,
    names_in,
)
from policylint.cli.progress import Progress

if TYPE_CHECKING:
    from policylint.config.tomlfile import Value
    from policylint.corpus.summary import Summary

_EVERY = 60
"""Seconds between two lines of progress where no terminal shows it."""


class TableFormat(StrEnum):
    """How tables are written."""

    PARQUET = "parquet"
    JSONL = "jsonl"


class Engine(StrEnum):
    """What does the work."""

    LOCAL = "local"
    RAY = "ray"


def _column(purpose: str) -> typer.models.OptionInfo:
    info: typer.models.OptionInfo = typer.Option(metavar="COLUMN", help=purpose, show_default=False)
    return info


def corpus(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="A Parquet or JSON Lines file (.jsonl, .jsonl.gz), a pattern of such files, or a folder of them or of "
            "policies.",
        ),
    ],
    folder: Annotated[
        Path, typer.Argument(metavar="OUT", help="The folder for the results; a run goes on in its own.")
    ],
    table_format: Annotated[TableFormat, typer.Option("--format", help="How to write tables.")] = TableFormat.PARQUET,
    id: Annotated[str | None, _column("Names of the documents. [default: id]")] = None,
    text: Annotated[str | None, _column("Texts of the policies. [default: text]")] = None,
    bytes: Annotated[
        str | None, _column("Files of the policies (base64 in JSON), where there is no text. [default: bytes]")
    ] = None,
    format_column: Annotated[
        str | None, _column("Formats: text, html, pdf, a suffix or a media type. [default: format]")
    ] = None,
    language_column: Annotated[str | None, _column("Languages, instead of deriving them. [default: language]")] = None,
    jurisdiction_column: Annotated[
        str | None, _column("Whose national law counts, instead of deriving it. [default: jurisdiction]")
    ] = None,
    date_column: Annotated[str | None, _column("Days by whose law to judge. [default: date]")] = None,
    language: PolicyLanguage = None,
    jurisdiction: Jurisdiction = None,
    as_of: AsOf = None,
    fact: Facts = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="RULES", help="Only these rules, families, articles (GDPR-13.2.a) or tags."),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULES", help="Not these.")] = None,
    max_bytes: Annotated[
        int, typer.Option(min=1, metavar="BYTES", help="The largest text that is judged.")
    ] = 10_000_000,
    timeout: Annotated[
        int, typer.Option(min=0, metavar="SECONDS", help="The longest that one document may take; 0: no limit.")
    ] = 60,
    part: Annotated[
        int, typer.Option(min=1, metavar="DOCUMENTS", help="Documents per file, and lost at most when interrupted.")
    ] = 250,
    jobs: Annotated[
        int, typer.Option(min=0, metavar="N", help="Processes, or actors of Ray; 0: as many as are worth it.")
    ] = 0,
    engine: Annotated[
        Engine, typer.Option(help="What does the work: this machine, or a cluster of Ray.")
    ] = Engine.LOCAL,
    address: Annotated[
        str | None, typer.Option(help="Where the cluster of Ray is. [default: this machine]", show_default=False)
    ] = None,
    rules_folder: RulesFolder = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
) -> None:
    """Judge a corpus of any size into tables.

    One holds the documents, the other the verdicts on each requirement with every finding.

    Interrupted, the same command goes on where it was. A document that cannot be judged is a row that says why.

    Exit codes: 0 every document has its row; 2 could not run as asked, or a part of the input could not be read; 3
    internal error on some document.
    """
    with ending(verbose):
        from policylint.corpus.cluster import on_ray
        from policylint.corpus.documents import Columns
        from policylint.corpus.local import local
        from policylint.corpus.run import Options, run
        from policylint.corpus.tables import Format
        from policylint.run import Workshop

        options: dict[str, Value | None] = {
            **judged_by(language, jurisdiction, as_of, fact),
            "select": names_in(select) or None,
            "ignore": names_in(ignore) or None,
            "timeout": timeout,
        }
        given = {name: value for name, value in options.items() if value is not None}
        workshop = Workshop(given, config, isolated, rules_folder)
        columns = Columns(id, text, bytes, format_column, language_column, jurisdiction_column, date_column)
        reading = Options(columns, Format(table_format), part, max_bytes)
        chosen = partial(local, jobs=jobs) if engine is Engine.LOCAL else partial(on_ray, address=address, actors=jobs)
        with _stoppable(folder), Progress(quiet=False) as progress:
            summary = run(source, folder, workshop, reading, chosen, _Clock(progress))
        raise typer.Exit(_tell(summary, folder))


@contextmanager
def _stoppable(folder: Path) -> Iterator[None]:
    """Say that it can go on to whoever stops the run, be it at the keyboard or as a scheduler that ends programs."""

    def stop(number: int, _: object) -> None:
        raise KeyboardInterrupt(number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt as reason:
        complain(f"{folder}: stopped before the end", "The same command goes on: what is finished is kept.")
        raise typer.Exit(128 + next(iter(reason.args), signal.SIGINT)) from None
    finally:
        signal.signal(signal.SIGTERM, before)


class _Clock:
    """Tells how far a run is, how fast it goes and how long it will take."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._begun: tuple[float, int] | None = None
        self._told = time.monotonic()

    def __call__(self, done: int, documents: int) -> None:
        now = time.monotonic()
        if self._begun is None:
            self._begun = (now, done)
            if done:
                typer.echo(f"policylint: {done:,} of {documents:,} documents are done already", err=True)
            return
        since, before = self._begun
        speed = (done - before) / max(now - since, 0.001)
        told = f"{speed:.0f}/s, {_time((documents - done) / max(speed, 0.001))} left"
        if sys.stderr.isatty():
            self._progress.tell(done, documents, told)
        elif now - self._told >= _EVERY:
            self._told = now
            typer.echo(f"policylint: {done:,} of {documents:,} documents, {told}", err=True)


def _time(seconds: float) -> str:
    minutes = int(seconds // 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min {int(seconds % 60)} s"


def _tell(summary: Summary, folder: Path) -> ExitCode:
    """Say what came of it, and give the exit code."""
    failed = sum(summary.failures.values())
    typer.echo(f"{summary.documents:,} documents, {summary.documents - failed:,} judged: {folder}", err=True)
    for code, count in sorted(summary.failures.items()):
        typer.echo(f"  {count:,} {code}", err=True)
    if summary.repeated:
        hint = "The column `document` tells them apart."
        complain(f"documents that bear the id of an earlier one: {summary.repeated:,}", hint)
    broken = sum(summary.failures.get(code, 0) for code in ("unreadable-file", "unreadable-rows", "unreadable-line"))
    if broken:
        hint = "The column `failure` of the documents says which; the rest is judged."
        complain(f"rows that stand for a part of the input that could not be read: {broken:,}", hint)
    if "internal" in summary.failures:
        complain(f"documents that met a fault of policylint: {summary.failures['internal']:,}", "Please report it.")
        return ExitCode.INTERNAL
    return ExitCode.NOT_RUN if broken else ExitCode.CLEAN
