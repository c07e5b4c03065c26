"""`policylint parity`: whether the Dutch and the English version of a policy say the same."""

from __future__ import annotations

import sys
from dataclasses import replace
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
    Language,
    RulesFolder,
    Verbose,
    ending,
    forgiving_stdout,
    judged_by,
    told,
)
from policylint.cli.output import line_width
from policylint.cli.refusal import contents, refused
from policylint.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from policylint.comparing.parity import Version
    from policylint.run import Workshop


class Format(StrEnum):
    """What a comparison is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def parity(
    first: Annotated[str, typer.Argument(metavar="A", help="One version of the policy.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The other version.")],
    output_format: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TEXT,
    report_lang: Annotated[
        Language | None,
        typer.Option("--report-lang", help="Language of the report. [default: that of A]", show_default=False),
    ] = None,
    jurisdiction: Jurisdiction = None,
    as_of: AsOf = None,
    fact: Facts = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 although they differ.")] = False,
    rules_folder: RulesFolder = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
) -> None:
    """Show where the Dutch and the English version differ.

    What one says and the other does not, or says differently, with both quotes. Compared are
    requirements and rights, legal bases, periods, recipients, countries, contacts, dates, laws and more.
    Exit codes: 0 they say the same; 1 they differ; 2 one of them could not be read or judged.
    """
    with ending(verbose):
        from policylint.comparing.parity import compare_versions
        from policylint.report.parity import parity_json, parity_markdown, parity_text
        from policylint.run import Workshop

        forgiving_stdout()
        options = judged_by(None, jurisdiction, as_of, fact)
        workshop = Workshop(
            {**options, **({"report-lang": report_lang} if report_lang else {})}, config, isolated, rules_folder
        )
        one = _version(first, workshop, None, told(verbose))
        spoken = one.judgement.report_language or "en"
        found = compare_versions(one, _version(second, workshop, spoken, told(verbose)))
        if output_format is Format.JSON:
            sys.stdout.write(parity_json(found))
        elif output_format is Format.MARKDOWN:
            sys.stdout.write(parity_markdown(found, spoken))
        else:
            sys.stdout.write(parity_text(found, spoken, line_width()))
        sys.stdout.flush()
        differ = any(each.is_sure for each in found.differences)
        raise typer.Exit(ExitCode.FINDINGS if differ and not exit_zero else ExitCode.CLEAN)


def _version(name: str, workshop: Workshop, spoken: str | None, tell: Callable[[str], None]) -> Version:
    """One version judged and analysed; titles are in the language that is `spoken`. Raises UserError."""
    from policylint.analysis.recognisers import VALUE_NAMES
    from policylint.analysis.units import analyse
    from policylint.comparing.parity import Version
    from policylint.files import expand
    from policylint.language import detect
    from policylint.reading import read
    from policylint.run import judge_bytes

    sources = expand([name])
    if len(sources) != 1:
        raise UserError("usage", f"{name} is more than one document", "Name one version of the policy.")
    (source,) = sources
    settings = workshop.settings_for(source)
    settings = replace(settings, report_lang=spoken or settings.report_lang)
    data = contents(name, source, settings.report_lang)
    rules = workshop.rules(settings)
    judgement = judge_bytes(source.path, data, rules, settings, settings.as_of or date.today(), tell)
    if judgement.failure is not None:
        raise refused(name, judgement.failure, settings.report_lang or judgement.report_language)
    document = read(source.path, data)
    # Versions are compared by values that no rule may ask for.
    vocabulary = rules.vocabulary.asking_too(VALUE_NAMES)
    analysis = analyse(document, detect(document, settings.language).by_block, vocabulary)
    return Version(judgement, analysis)
