"""`policylint check`: judges documents and writes a report."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylint.cli.common import (
    AsOf,
    Colour,
    ConfigFile,
    ExitCode,
    Facts,
    Isolated,
    Jurisdiction,
    Language,
    PolicyLanguage,
    RulesFolder,
    Together,
    Verbose,
    complain,
    ending,
    judged_by,
    names_in,
    stale_notice,
    tell_written,
    told,
)
from policylint.cli.output import Detail, Format, Manners, check_writable, outputs_of, without_reports, write_outputs
from policylint.cli.progress import Progress
from policylint.errors import UserError

if TYPE_CHECKING:
    from policylint.config.settings import Settings
    from policylint.config.tomlfile import Value
    from policylint.judging.rules import Rule
    from policylint.run import Run, Workshop


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
    output_format: Annotated[
        Format | None,
        typer.Option("--format", help="How to write the report: short for --output FORMAT:-.", show_default=False),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT[:FILE]",
            help="Write a report in this format, to a file or to standard output; may be repeated. [default: text]",
            show_default=False,
        ),
    ] = None,
    show_suppressed: Annotated[
        bool, typer.Option("--show-suppressed", help="List accepted findings in SARIF, too, as suppressed.")
    ] = False,
    language: PolicyLanguage = None,
    report_lang: Annotated[
        Language | None,
        typer.Option(
            "--report-lang", help="Language of the report. [default: that of each policy]", show_default=False
        ),
    ] = None,
    jurisdiction: Jurisdiction = None,
    as_of: AsOf = None,
    fact: Facts = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="RULES", help="Only these rules, families, articles (GDPR-13.2.a) or tags."),
    ] = None,
    extend_select: Annotated[list[str] | None, typer.Option(metavar="RULES", help="These too.")] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="RULES", help="Not these; the narrower name wins over --select."),
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option(metavar="RULES=LEVEL", help="Another severity (error, warning, info, off) for these."),
    ] = None,
    together: Together = False,
    rules_folder: RulesFolder = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Findings recorded in this file do not count; `policylint baseline update` records them.",
            show_default=False,
        ),
    ] = None,
    baseline_strict: Annotated[
        bool | None,
        typer.Option(
            "--baseline-strict/--no-baseline-strict",
            help="Exit with 1 if the baseline records findings that are gone. [default: where CI is set]",
            show_default=False,
        ),
    ] = None,
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help="Leave out the configured baseline.")] = False,
    no_exceptions: Annotated[
        bool, typer.Option("--no-exceptions", help="Show what exceptions accept as open, for an audit.")
    ] = False,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LEVEL|RULES",
            help="Exit with 1 if there are findings this heavy (error, warning, info) or of these rules; never: don't. "
            "[default: error]",
            show_default=False,
        ),
    ] = None,
    force_exclude: Annotated[
        bool, typer.Option("--force-exclude", help="Pass over what the configuration excludes even if it is named.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Let a report for people replace a file that is no earlier report.")
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 instead of 1 on findings.")] = False,
    allow_empty: Annotated[bool, typer.Option("--allow-empty", help="Succeed if there is nothing to check.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="Processes that judge side by side; 0: as many as the documents are worth. [default: 0]",
            show_default=False,
        ),
    ] = None,
    timeout: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="SECONDS",
            help="The longest that one document may take; 0: no limit. [default: 0]",
            show_default=False,
        ),
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Keep verdicts here, so that unchanged documents are not judged again.",
            show_default=False,
        ),
    ] = None,
    color: Annotated[Colour, typer.Option(help="Write in colour; auto: in a terminal.")] = Colour.AUTO,
    detail: Annotated[
        Detail | None,
        typer.Option(
            help="How much the report tells: what to fix first; everything once; every place and link. "
            "[default: normal; full with -v]",
            show_default=False,
        ),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Nothing side by side and no marks, for a screen reader.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="One line per finding and nothing else.")] = False,
    silent: Annotated[
        bool, typer.Option("--silent", "-s", help="Show nothing: the exit code and reports in files say it all.")
    ] = False,
    show_files: Annotated[
        bool, typer.Option("--show-files", help="List the documents that would be checked, and why others would not.")
    ] = False,
    verbose: Verbose = False,
) -> None:
    """Report what policies state, leave vague or do not say.

    Every verdict comes with the words and the article that decide it. Begin with --detail summary.

    Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 could not run as asked, or a document
    could not be checked; 3 internal error.
    """
    with ending(verbose):
        from policylint.cli.files import show_files as show
        from policylint.files import STDIN, STDIN_NAME, expand
        from policylint.run import Workshop
        from policylint.run import run as judge
        from policylint.texts import texts

        options: dict[str, Value | None] = {
            **judged_by(language, jurisdiction, as_of, fact),
            "report-lang": report_lang,
            "select": names_in(select) or None,
            "extend-select": names_in(extend_select) or None,
            "ignore": names_in(ignore) or None,
            "severity": _severities(severity) or None,
            "fail-on": names_in(fail_on) or None,
            "allow-empty": allow_empty or None,
            "baseline": str(baseline) if baseline else None,
            "jobs": jobs,
            "timeout": timeout,
            "cache": str(cache) if cache else None,
            "output": (*([f"{output_format}:-"] if output_format else []), *(output or ())) or None,
        }
        given = {name: value for name, value in options.items() if value is not None}
        workshop = Workshop(given, config, isolated, rules_folder, not no_exceptions, not no_baseline, together)
        if stdin_filename is not None and STDIN not in paths:
            hint = "Add - to the paths to read standard input."
            raise UserError("no-stdin", "--stdin-filename names standard input, which is not read", hint)
        here = workshop.configuration_in(Path()).settings
        outputs = outputs_of(workshop.configuration_in(Path()))
        passed_over: dict[str, str] = {}
        found = expand(paths, stdin_filename or STDIN_NAME, here.exclude, passed_over.__setitem__, force_exclude)
        sources = without_reports(found, outputs, paths)
        if show_files:
            passed_over |= {each.path: "a report of an earlier run" for each in found if each not in sources}
            raise typer.Exit(show(workshop.completed(sources), passed_over))
        if silent:
            # Files that are named are written all the same: that is no noise.
            outputs = tuple(each for each in outputs if each.file is not None)
        check_writable(outputs, sources, force=force)
        started = time.perf_counter()
        with Progress(quiet or silent) as progress:
            done = judge(sources, workshop, here.as_of or date.today(), told(verbose and not silent), progress.tell)
        if verbose and not silent:
            typer.echo(f"{len(sources)} documents: {time.perf_counter() - started:.2f} s", err=True)
        if all(each.file is not None for each in outputs) and not silent:
            _tell_failures(done)
        told_by = detail or (Detail.FULL if verbose else Detail.NORMAL)
        manners = Manners(color, quiet, told_by, plain, show_suppressed)
        write_outputs(outputs, done.result, _asked(done, workshop), manners, texts(done.contents))
        if all(each.file is not None for each in outputs) and not quiet and not silent:
            tell_written(each.file for each in outputs)
        code = _exit_code(done, workshop, here, exit_zero)
        if all(each.failure and each.failure.skipped for each in done.result.documents) and code is ExitCode.NOT_RUN:
            # Most formats are as empty as if nothing was wrong.
            if not silent:
                complain("nothing was checked", _why_nothing(done))
            raise typer.Exit(code)
        fails_for_stale = bool(done.stale) and code is ExitCode.CLEAN and not exit_zero and _strict(baseline_strict)
        if done.stale and not silent and (fails_for_stale or not quiet):
            typer.echo(stale_notice(done.stale), err=True)
        if fails_for_stale:
            code = ExitCode.FINDINGS
        raise typer.Exit(code)


def _strict(option: bool | None) -> bool:
    """Whether findings that are gone fail the run: as the option says, else where CI is set."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no") if option is None else option


def _severities(values: list[str] | None) -> dict[str, str]:
    """The severities in a repeated RULES=LEVEL option; raises UserError for anything else."""
    found = {}
    for value in names_in(values):
        name, _, level = value.partition("=")
        if level not in ("error", "warning", "info", "off"):
            hint = "Write --severity RULES=LEVEL; levels are error, warning, info and off."
            raise UserError("bad-severity", f"'{value}' gives no severity", hint)
        found[name] = level
    return found


def _why_nothing(done: Run) -> str:
    """What to do where every document was passed over."""
    passed_over = "The configuration passes over all that was found" if done.result.documents else "Nothing was found"
    return f"{passed_over}: `--show-files` says why files are left out; --allow-empty lets this pass."


def _tell_failures(done: Run) -> None:
    """Say what was not checked where no report on the screen says it."""
    from policylint.report.failures import in_language

    for document in done.result.documents:
        if document.failure is not None and not document.failure.skipped:
            failure = in_language(document.failure, document.report_language)
            complain(f"{' '.join(document.path.splitlines())}: {failure.message}", failure.hint)


def _asked(done: Run, workshop: Workshop) -> list[Rule]:
    """The rules that any document was asked, by family and id."""
    rules = {rule.id: rule for settings in done.settings for rule in workshop.rules(settings).rules}
    return sorted(rules.values(), key=lambda rule: (rule.family, rule.id))


def _exit_code(done: Run, workshop: Workshop, here: Settings, exit_zero: bool) -> ExitCode:
    from policylint.judging.selection import names_of
    from policylint.run import fails
    from policylint.shelf import heads

    documents = done.result.documents
    failures = [head.failure for head in heads(documents) if head.failure is not None]
    if any(failure.code == "internal" for failure in failures):
        return ExitCode.INTERNAL
    if any(not failure.skipped for failure in failures):
        return ExitCode.NOT_RUN
    if len(failures) == len(documents) and not here.allow_empty:
        return ExitCode.NOT_RUN
    if exit_zero:
        return ExitCode.CLEAN
    selectors: dict[tuple[str, ...], Mapping[str, Mapping[str, int]]] = {}
    for document, settings in zip(documents, done.settings, strict=True):
        if settings.rules not in selectors:
            selectors[settings.rules] = {rule.id: names_of(rule) for rule in workshop.pack(settings).rules}
        if any(fails(finding, selectors[settings.rules], settings) for finding in document.findings):
            return ExitCode.FINDINGS
    return ExitCode.CLEAN
