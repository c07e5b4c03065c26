"""`policylint draft`: wording for what a policy lacks, to fill in and to put in it."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from policylint.cli.common import (
    AsOf,
    ConfigFile,
    Facts,
    Isolated,
    Jurisdiction,
    PolicyLanguage,
    RulesFolder,
    Verbose,
    ending,
    forgiving_stdout,
    judged_by,
    tell_written,
    told,
)
from policylint.cli.output import check_place, real_paths, refuse_existing, write_file
from policylint.cli.refusal import contents, refused
from policylint.errors import UserError

_OTHER_SUFFIXES = {".pdf", ".doc", ".odt", ".rtf", ".html", ".htm"}


class Format(StrEnum):
    """What a draft is written as."""

    MARKDOWN = "markdown"
    DOCX = "docx"


def draft(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The policy.")],
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write it here: Markdown, or Word if the name ends in .docx.", show_default=False
        ),
    ] = None,
    output_format: Annotated[
        Format | None,
        typer.Option("--format", help="How to write it, whatever the name.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    language: PolicyLanguage = None,
    jurisdiction: Jurisdiction = None,
    as_of: AsOf = None,
    fact: Facts = None,
    rules_folder: RulesFolder = None,
    config: ConfigFile = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
) -> None:
    """Draft wording for what a policy misses or leaves vague.

    It has blanks to fill in, is in the language of the policy and addresses readers as the policy does (je or u).
    Exit codes: 0 written, also if nothing is missing; 2 the policy could not be checked or the draft not written.
    """
    with ending(verbose):
        from policylint.drafting.draft import draft_of
        from policylint.files import expand
        from policylint.reading import read
        from policylint.report.draft import draft_markdown, draft_word
        from policylint.run import Workshop, judge_bytes

        form = output_format or (Format.DOCX if output and output.suffix.lower() == ".docx" else Format.MARKDOWN)
        if form is Format.DOCX and output is None:
            raise UserError(
                "usage", "a Word document is not written to the screen", "Name a file: --output draft.docx."
            )
        if output is not None and output_format is None and output.suffix.lower() in _OTHER_SUFFIXES:
            message = f"{output}: a draft is written as Word or Markdown, not as {output.suffix}"
            raise UserError("usage", message, "Name a file that ends in .docx or .md.")
        sources = expand([file])
        if len(sources) != 1:
            raise UserError("usage", f"{file} is more than one document", "Name one policy.")
        if output is not None:
            check_place(output, real_paths(sources))
            refuse_existing(output, force)
        source = sources[0]
        workshop = Workshop(judged_by(language, jurisdiction, as_of, fact), config, isolated, rules_folder)
        spoken = workshop.settings_for(source).report_lang
        # A draft speaks to the policy's readers, whatever language reports are in.
        settings = replace(workshop.settings_for(source), report_lang=None)
        data = contents(file, source, spoken)
        day = settings.as_of or date.today()
        judgement = judge_bytes(source.path, data, workshop.rules(settings), settings, day, told(verbose))
        if judgement.failure is not None:
            raise refused(file, judgement.failure, spoken or judgement.report_language)
        found = draft_of(judgement, read(source.path, data))
        if output is None:
            forgiving_stdout()
            sys.stdout.write(draft_markdown(found))
        else:
            write_file(output, [draft_word(found) if form is Format.DOCX else draft_markdown(found).encode()])
            tell_written([output])
