"""The command line: reads options, has every document judged, writes a report, gives an exit code."""

from __future__ import annotations

import hashlib
import os
import sys
import time
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from io import TextIOWrapper
from pathlib import Path, PurePath
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from policylint import __version__
from policylint.errors import UserError
from policylint.files import STDIN, STDIN_NAME, Source, expand, read
from policylint.result import Failure, Judgement, Result, Severity

if TYPE_CHECKING:
    from policylint.judging.rules import RuleSet

_PIPE_WIDTH = 100
_WIDTHS = (60, 160)


class ExitCode(IntEnum):
    """What a run says to the program that started it; the highest that fits wins."""

    CLEAN = 0
    FINDINGS = 1
    NOT_RUN = 2
    INTERNAL = 3


class Format(StrEnum):
    """What a report is written as."""

    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    """The languages a policy may be in."""

    NL = "nl"
    EN = "en"


class Country(StrEnum):
    """Whose national law counts."""

    NL = "NL"
    BE = "BE"
    UK = "UK"
    IE = "IE"
    EU = "EU"
    DE = "DE"
    FR = "FR"


class FailOn(StrEnum):
    """The lightest severity that makes a run fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


class Colour(StrEnum):
    """When to write in colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of the documents: None is left to be derived from the text."""

    language: str | None
    jurisdiction: str | None
    as_of: date
    facts: Mapping[str, bool]
    verbose: bool


app = typer.Typer(
    name="policylint",
    # Rich help would triple the time of --help.
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def run(arguments: Sequence[str]) -> int:
    """Run policylint on `arguments` and return its exit code."""
    try:
        app(args=list(arguments), prog_name="policylint")
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else ExitCode.NOT_RUN
    return ExitCode.CLEAN


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"policylint {__version__}")
        raise typer.Exit


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date; write it as YYYY-MM-DD.") from None


@app.callback()
def policylint(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Check privacy policies in Dutch or English against the GDPR and national law, offline."""


@app.command()
def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATHS", help="Files, folders, patterns such as 'site/**/*.html', or - for stdin."),
    ],
    stdin_filename: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="What to call the text on standard input; the suffix says what format it is in.",
            show_default=False,
        ),
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", help="How to write the report.")] = Format.TEXT,
    language: Annotated[
        Language | None, typer.Option(help="Language of the policies, instead of deriving it.", show_default=False)
    ] = None,
    jurisdiction: Annotated[
        Country | None,
        typer.Option(
            metavar="|".join(Country),
            help="Whose national law counts, instead of deriving it.",
            case_sensitive=False,
            show_default=False,
        ),
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            parser=_date,
            metavar="YYYY-MM-DD",
            help="Judge by the law of that day, instead of today's.",
            show_default=False,
        ),
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=yes|no",
            help="What a text cannot show: children (the service is aimed at them), dpo (there is one), "
            "outside-eea (the controller is established there), public-body (the controller is one), "
            "special-categories (on a large scale), transfers (out of the EEA).",
            show_default=False,
        ),
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option(metavar="RULES", help="Only these rules or families, comma-separated.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="RULES", help="Not these rules or families, comma-separated.")
    ] = None,
    rules_folder: Annotated[
        Path | None,
        typer.Option(
            "--rules",
            envvar="POLICYLINT_RULES",
            metavar="FOLDER",
            help="Judge by the rule files in this folder, instead of the built-in ones.",
            show_default=False,
        ),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with 1 if there are findings this heavy or heavier.")
    ] = FailOn.ERROR,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 instead of 1 on findings.")] = False,
    color: Annotated[Colour, typer.Option(help="Write in colour; auto: in a terminal.")] = Colour.AUTO,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="One line per finding and nothing else.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Add links to the law, timings and tracebacks.")
    ] = False,
) -> None:
    """Report what each policy states, leaves vague or does not say, with the words and the article.

    Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 could not run as asked, or a document
    could not be checked; 3 internal error.
    """
    try:
        from policylint.judging.rulefiles import load_rules

        options = Options(language, jurisdiction, as_of or date.today(), _facts(fact), verbose)
        rules = load_rules(rules_folder, strict=rules_folder is not None).select(_names(select), _names(ignore))
        if stdin_filename is not None and STDIN not in paths:
            hint = "Add - to the paths to read standard input."
            raise UserError("no-stdin", "--stdin-filename names standard input, which is not read", hint)
        result = lint(expand(paths, stdin_filename or STDIN_NAME), rules, options)
        _write(result, output_format, color, quiet, verbose)
        code = _exit_code(result, fail_on, exit_zero)
    except UserError as error:
        typer.echo(f"policylint: {error.message}\n{error.hint}", err=True)
        code = ExitCode.NOT_RUN
    # An uncaught exception would end the program with 1, which means findings.
    except Exception as error:  # noqa: BLE001
        failure = _internal(error, verbose)
        typer.echo(f"policylint: {failure.message}\n{failure.hint}", err=True)
        code = ExitCode.INTERNAL
    raise typer.Exit(code)


def lint(sources: Iterable[Source], rules: RuleSet, options: Options) -> Result:
    """Judge every source; one that cannot be judged carries its failure and does not stop the others."""
    documents = tuple(_judge(source, rules, options) for source in sources)
    return Result(__version__, rules.version, options.as_of.isoformat(), documents)


def _judge(source: Source, rules: RuleSet, options: Options) -> Judgement:
    if source.failure is not None:
        return Judgement(source.path, failure=source.failure)
    started = time.perf_counter()
    try:
        from policylint.lint import lint_bytes

        judgement = lint_bytes(
            source.path,
            read(source),
            rules,
            language=options.language,
            jurisdiction=options.jurisdiction,
            as_of=options.as_of,
            facts=options.facts,
        )
    except UserError as error:
        judgement = Judgement(source.path, failure=Failure(error.code, error.message, error.hint))
    # A fault of ours in one document must not keep the others from being reported; it ends as exit code 3.
    except Exception as error:  # noqa: BLE001
        judgement = Judgement(source.path, failure=_internal(error, options.verbose))
    if options.verbose:
        typer.echo(f"{source.path}: {time.perf_counter() - started:.2f} s", err=True)
    return judgement


def _internal(error: Exception, verbose: bool) -> Failure:
    """A fault of the program, with an id that is the same wherever the same line fails in the same way."""
    frames = [f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    kind = type(error).__name__
    name = hashlib.sha256("\n".join([kind, *frames]).encode()).hexdigest()[:8]
    if verbose:
        typer.echo("".join(traceback.format_exception(error)), err=True)
    hint = "Please report this with the id" + ("." if verbose else "; -v shows where it happened.")
    return Failure("internal", f"unexpected fault {name} ({kind})", hint)


def _names(values: list[str] | None) -> list[str]:
    """The names in a repeated, comma-separated option."""
    return [name.strip() for value in values or () for name in value.split(",") if name.strip()]


def _facts(values: list[str] | None) -> dict[str, bool]:
    """The facts in a repeated NAME=yes|no option; raises UserError for anything else."""
    from policylint.judging.rules import FACTS

    facts = {}
    for value in values or ():
        name, _, answer = value.partition("=")
        if name not in FACTS or answer not in ("yes", "no"):
            hint = f"write --fact NAME=yes or NAME=no; names are {', '.join(FACTS)}"
            raise UserError("unknown-fact", f"'{value}' states no fact that is known", hint)
        facts[name] = answer == "yes"
    return facts


def _exit_code(result: Result, fail_on: FailOn, exit_zero: bool) -> ExitCode:
    failures = [document.failure for document in result.documents if document.failure is not None]
    if any(failure.code == "internal" for failure in failures):
        return ExitCode.INTERNAL
    if failures or not result.documents:
        return ExitCode.NOT_RUN
    if fail_on is FailOn.NEVER or exit_zero:
        return ExitCode.CLEAN
    heavy = any(
        finding.suppressed is None and finding.severity.rank <= Severity(fail_on).rank
        for document in result.documents
        for finding in document.findings
    )
    return ExitCode.FINDINGS if heavy else ExitCode.CLEAN


def _write(result: Result, output_format: Format, color: Colour, quiet: bool, verbose: bool) -> None:
    """Write the report to standard output; a reader that has seen enough ends it quietly."""
    try:
        if output_format is Format.JSON:
            _write_json(result)
        else:
            _write_text(result, color, quiet, verbose)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered goes nowhere, so that the interpreter does not complain while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_json(result: Result) -> None:
    from policylint.report.json_report import render_json

    # JSON is UTF-8 wherever it is written.
    sys.stdout.buffer.write(render_json(result).encode())


def _write_text(result: Result, color: Colour, quiet: bool, verbose: bool) -> None:
    from policylint.report.page import Page
    from policylint.report.terminal import write_findings, write_report

    # A console in a legacy encoding shows "?" for a letter it lacks; it must not stop the report.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    terminal = sys.stdout.isatty()
    width = min(max(get_terminal_size().columns, _WIDTHS[0]), _WIDTHS[1]) if terminal else _PIPE_WIDTH
    page = Page(width, _in_colour(color, terminal), wrap_places=terminal, verbose=verbose)
    (write_findings if quiet else write_report)(result, sys.stdout, page)


def _in_colour(color: Colour, terminal: bool) -> bool:
    """--color, then NO_COLOR, then FORCE_COLOR (both when not empty), then whether a terminal reads it."""
    if color is not Colour.AUTO:
        return color is Colour.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"
