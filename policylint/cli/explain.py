"""`policylint explain FILE:LINE`: what was found at a place, and why."""

from __future__ import annotations

import re
import sys
from datetime import date
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
from policylint.cli.refusal import contents, refused
from policylint.errors import UserError

if TYPE_CHECKING:
    from policylint.document import Location
    from policylint.result import Judgement

_PLACE = re.compile(r"(?P<path>.+?):(?P<number>\d{1,9})(?::\d{1,9})?")
_NOTHING = {"nl": "daar is niets gevonden", "en": "nothing was found there"}
_BEYOND = {
    "nl": (
        {
            "lines": "de tekst van dit bestand eindigt op regel {}",
            "pages": "de tekst van dit bestand eindigt op pagina {}",
            "paragraphs": "de tekst van dit bestand eindigt bij alinea {}",
        },
        "Noem een nummer van 1 tot en met {}.",
    ),
    "en": (
        {
            "lines": "the text of this file ends at line {}",
            "pages": "the text of this file ends on page {}",
            "paragraphs": "the text of this file ends at paragraph {}",
        },
        "Name a number from 1 to {}.",
    ),
}
"""What is told of a number that the document does not have, by what is counted in it, and what to do."""


def explain(
    place: Annotated[
        str,
        typer.Argument(
            metavar="FILE:LINE", help="A document and a line in it; a page of a PDF, a paragraph of a Word file."
        ),
    ],
    language: Annotated[
        Language | None,
        typer.Option(
            "--lang", "--report-lang", help="In which language; else that of the document.", show_default=False
        ),
    ] = None,
    policy_language: PolicyLanguage = None,
    jurisdiction: Jurisdiction = None,
    as_of: AsOf = None,
    fact: Facts = None,
    rules_folder: RulesFolder = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
) -> None:
    """Explain what was found at a line of a policy, and why.

    A short memo on each requirement that the line decides and on each finding there.

    Exit codes: 0 something was found there; 1 nothing was; 2 the document could not be checked.
    """
    with ending(verbose):
        from policylint.files import expand
        from policylint.judging.sheets import MEMO, sheets
        from policylint.reading import read
        from policylint.report.memo import memo_text
        from policylint.report.quotes import visible
        from policylint.run import Workshop, run

        forgiving_stdout()
        match = _PLACE.fullmatch(place)
        if match is None:
            hint = "Write FILE:LINE or FILE:LINE:COLUMN; `policylint rules explain RULE` explains a rule."
            raise UserError("usage", f"'{place}' names no line of a document", hint)
        options = judged_by(policy_language, jurisdiction, as_of, fact, language)
        workshop = Workshop(options, config, isolated, rules_folder)
        day = workshop.configuration_in(Path()).settings.as_of or date.today()
        sources = expand([match["path"]])
        if len(sources) != 1:
            raise UserError("usage", f"{match['path']} is more than one document", "Name one policy and a line in it.")
        (source,) = sources
        done = run(sources, workshop, day, told(verbose))
        judgement = next(each for each in done.result.documents if each.path == source.path)
        if judgement.failure is not None:
            raise refused(place, judgement.failure, judgement.report_language)
        number = int(match["number"])
        told_of = dict(_at(judgement, number))
        spoken = language or judgement.report_language or "en"
        if not told_of:
            document = read(source.path, done.contents.get(source.path) or contents(place, source, spoken))
            end = document.source_map.place(len(document.text) - 1)
            last = end.page or end.line
            if not 1 <= number <= last:
                ends, choose = _BEYOND[spoken]
                message = ends[document.source_map.numbering].format(last)
                raise UserError("usage", f"{place}: {message}", choose.format(last))
            typer.echo(f"{visible(place)}: {_NOTHING[spoken]}", err=True)
            raise typer.Exit(ExitCode.FINDINGS)
        for rule, quotes in told_of.items():
            sheet = next(sheets(MEMO, rules_folder, rule), None)
            for quote in quotes:
                sys.stdout.write(f"{visible(place)}: {quote}\n")
            sys.stdout.write(f"\n{memo_text(sheet, spoken)}\n" if sheet else "\n")


def _at(judgement: Judgement, number: int) -> list[tuple[str, list[str]]]:
    """The rules with evidence or a finding at a line (page, paragraph), each with what it says of it."""
    from policylint.report.quotes import shorten, visible
    from policylint.report.wording import wording

    statuses = wording(judgement.report_language).statuses
    found: dict[str, list[str]] = {}
    for requirement in judgement.requirements:
        for evidence in requirement.evidence:
            if _covers(evidence.location, number):
                quote = visible(shorten(evidence.quote, 160))
                status = statuses[requirement.status]
                found.setdefault(requirement.rule, []).append(f"{status} {requirement.rule} “{quote}”")
    for finding in judgement.findings:
        # A vague requirement is told by its evidence already.
        if _covers(finding.location, number) and (finding.status is None or not finding.quote):
            found.setdefault(finding.rule, []).append(f"{finding.severity} {finding.rule} {visible(finding.message)}")
    return list(found.items())


def _covers(location: Location, number: int) -> bool:
    if location.paragraph is not None:
        return location.paragraph == number
    if location.page is not None:
        return location.page == number
    return location.line is not None and location.line <= number <= (location.end_line or location.line)
