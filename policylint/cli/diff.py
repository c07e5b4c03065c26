"""`policylint diff`: what a change did to a policy, and whether it made it worse."""

from __future__ import annotations

import sys
from enum import StrEnum
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
    Language,
    PolicyLanguage,
    RulesFolder,
    Verbose,
    ending,
    forgiving_stdout,
    judged_by,
    told,
)
from policylint.cli.output import line_width
from policylint.cli.refusal import refused
from policylint.errors import UserError

if TYPE_CHECKING:
    from policylint.comparing.versions import Version
    from policylint.gate import Gated


class Format(StrEnum):
    """What a comparison is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def diff(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="OLD NEW | PATHS",
            help="Two versions, each a file or REVISION:FILE; with --since, the files and folders to look at.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="REVISION", help="Compare what changed since the branch left this git revision.", show_default=False
        ),
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TEXT,
    report_lang: Annotated[
        Language | None,
        typer.Option("--report-lang", help="Language of the report. [default: that of NEW]", show_default=False),
    ] = None,
    language: PolicyLanguage = None,
    jurisdiction: Jurisdiction = None,
    as_of: AsOf = None,
    fact: Facts = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 although it became worse.")] = False,
    rules_folder: RulesFolder = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
) -> None:
    """Show what a change to a policy did to each requirement.

    And which findings came and went, with the sentences that did it.

    Exit codes: 0 nothing became worse; 1 a requirement lost its statement, or a new finding is one that
    --fail-on of the configuration names; 2 could not compare; 3 internal error.
    """
    with ending(verbose):
        from policylint.gate import changes, gated
        from policylint.report.comparison import comparison_json, comparison_markdown, comparison_text
        from policylint.run import Workshop

        forgiving_stdout()
        workshop = Workshop(judged_by(language, jurisdiction, as_of, fact, report_lang), config, isolated, rules_folder)
        spoken = workshop.configuration_in(Path()).settings.report_lang
        found = [gated(each, workshop, told(verbose)) for each in changes(_pairs(names or [], since, spoken), workshop)]
        if output_format is Format.JSON:
            sys.stdout.write(comparison_json([each.comparison for each in found]))
        elif output_format is Format.MARKDOWN:
            sys.stdout.write(comparison_markdown([each.comparison for each in found]))
        else:
            sys.stdout.write(comparison_text([each.comparison for each in found], line_width()))
        sys.stdout.flush()
        codes = [_code(each) for each in found]
        code = max(codes, default=ExitCode.CLEAN)
        raise typer.Exit(ExitCode.CLEAN if exit_zero and code is ExitCode.FINDINGS else code)


def _pairs(names: list[str], since: str | None, spoken: str | None) -> list[tuple[Version, Version]]:
    from policylint.comparing.versions import changed_since

    if since is not None:
        return list(changed_since(since, names))
    if len(names) != 2:
        raise UserError("usage", "diff compares two versions", "Write `policylint diff OLD NEW`, or use --since.")
    old, new = (_version(name, spoken) for name in names)
    for each in (old, new):
        if each.data is None:
            raise UserError("not-found", f"there is no {each.name}", "Check the revision and the path in it.")
    return [(old, new)]


def _version(name: str, spoken: str | None) -> Version:
    from policylint.comparing.versions import version

    try:
        return version(name)
    except UserError as error:
        raise refused(name, error, spoken) from error


def _code(gated: Gated) -> ExitCode:
    if any(failure.code == "internal" for failure in gated.failures):
        return ExitCode.INTERNAL
    if any(not failure.skipped for failure in gated.failures):
        return ExitCode.NOT_RUN
    return ExitCode.FINDINGS if gated.worse else ExitCode.CLEAN
