"""`policylint diff`: what a change did to a policy, and whether it made it worse."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
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
    ending,
    forgiving_stdout,
    judged_by,
    told,
)
from policylint.errors import UserError

if TYPE_CHECKING:
    from policylint.comparing.comparison import Comparison
    from policylint.comparing.versions import Version
    from policylint.document import Document
    from policylint.run import Workshop


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
    """Show what a change did to each requirement, which findings came and went, and the sentences that did it.

    Exit codes: 0 nothing became worse; 1 a requirement lost its statement, or a new finding is one that
    --fail-on of the configuration names; 2 could not compare; 3 internal error.
    """
    with ending(verbose):
        from policylint.report.comparison import comparison_json, comparison_markdown, comparison_text
        from policylint.run import Workshop

        forgiving_stdout()
        workshop = Workshop(judged_by(language, jurisdiction, as_of, fact), config, isolated, rules_folder)
        pairs = _pairs(names or [], since)
        found = [_compared(old, new, workshop, verbose) for old, new in pairs]
        if output_format is Format.JSON:
            sys.stdout.write(comparison_json([comparison for comparison, _ in found]))
        else:
            write = comparison_markdown if output_format is Format.MARKDOWN else comparison_text
            sys.stdout.write(write([comparison for comparison, _ in found]))
        sys.stdout.flush()
        codes = [code for _, code in found]
        code = max(codes, default=ExitCode.CLEAN)
        raise typer.Exit(ExitCode.CLEAN if exit_zero and code is ExitCode.FINDINGS else code)


def _pairs(names: list[str], since: str | None) -> list[tuple[Version, Version]]:
    from policylint.comparing.versions import changed_since, version

    if since is not None:
        return list(changed_since(since, names))
    if len(names) != 2:
        raise UserError("usage", "diff compares two versions", "Write `policylint diff OLD NEW`, or use --since.")
    old, new = (version(name) for name in names)
    for each in (old, new):
        if each.data is None:
            raise UserError("not-found", f"there is no {each.name}", "Check the revision and the path in it.")
    return [(old, new)]


def _compared(old: Version, new: Version, workshop: Workshop, verbose: bool) -> tuple[Comparison, ExitCode]:
    """Both versions judged under the settings of the document, and what the comparison makes a run end with."""
    from policylint.accepting import Judged, accept
    from policylint.comparing.comparison import Direction, compare
    from policylint.files import Source
    from policylint.judging.selection import names_of
    from policylint.reading import read
    from policylint.result import Judgement
    from policylint.run import fails, judge_bytes

    settings = workshop.settings_for(Source(new.path))
    rules = workshop.rules(settings)
    day = settings.as_of or date.today()
    judged: list[Judgement] = []
    documents: list[Document | None] = []
    for each in (old, new):
        if each.data is None:
            judged.append(Judgement(each.name))
            documents.append(None)
            continue
        judgement = judge_bytes(each.path, each.data, rules, settings, day, told(verbose))
        judged.append(judgement)
        documents.append(None if judgement.failure else read(each.path, each.data))
    # What is accepted in a version is open in neither; a baseline says nothing of versions, which are each other's.
    held = [Judged(each, settings, rules.rules, workshop.names(settings)) for each in judged]
    judged = list(accept(held, max(day, date.today()), baselines=False).documents)
    comparison = compare(old.name, new.name, (judged[0], judged[1]), (documents[0], documents[1]))
    failures = [each.failure for each in judged if each.failure is not None]
    if any(failure.code == "internal" for failure in failures):
        return comparison, ExitCode.INTERNAL
    if any(not failure.skipped for failure in failures):
        return comparison, ExitCode.NOT_RUN
    selectors = {rule.id: names_of(rule) for rule in rules.rules}
    signed = {(finding.rule, finding.status) for finding in judged[1].findings if finding.suppressed}
    worse = any(
        change.direction is Direction.WORSE and change.after and (change.after.rule, change.after.status) not in signed
        for change in comparison.changes
    )
    gate = "never" not in settings.fail_on and new.data is not None
    if gate and (worse or any(fails(finding, selectors, settings) for finding in comparison.came)):
        return comparison, ExitCode.FINDINGS
    return comparison, ExitCode.CLEAN
