"""`policylint rules`: lists, explains, tests, begins and verifies rules."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylint.cli.common import ExitCode, Language, RulesFolder, Verbose, ending, forgiving_stdout
from policylint.errors import UserError

if TYPE_CHECKING:
    from policylint.judging.sheets import Sheet

rules_app = typer.Typer(
    no_args_is_help=True, help="List, explain, test, begin and verify rules.", rich_markup_mode=None
)


class Format(StrEnum):
    """What a list or a memo is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


LanguageOfReport = Annotated[Language, typer.Option("--lang", help="In which language.")]


@rules_app.command("list")
def list_rules(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="RULES", help="Rules, families, articles or tags; all, if none.")
    ] = None,
    language: LanguageOfReport = Language.EN,
    output_format: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TEXT,
    rules_folder: RulesFolder = None,
    verbose: Verbose = False,
) -> None:
    """List the rules with their severity, law and title."""
    with ending(verbose):
        from policylint.judging.sheets import sheets

        forgiving_stdout()
        found = [sheet for sheet in sheets(folder=rules_folder) if not names or _fits(sheet, names)]
        if not found:
            raise UserError(
                "unknown-rule", f"no rule fits {', '.join(names or ())}", "`policylint rules list` shows all."
            )
        if output_format is Format.JSON:
            typer.echo(json.dumps([_row(sheet) for sheet in found], ensure_ascii=False, indent=2))
            return
        if output_format is Format.MARKDOWN:
            typer.echo("| rule | family | severity | law | title |\n|---|---|---|---|---|")
        width = max(len(each.id) for each in found)
        for each in found:
            severity = "/".join(dict.fromkeys(each.severity.values()))
            law = str(each.law[0]["reference"]) if each.law else ""
            title = each.title[language]
            if output_format is Format.MARKDOWN:
                typer.echo(f"| `{each.id}` | {each.family} | {severity} | {law} | {title} |")
            else:
                typer.echo(f"{each.id.ljust(width)}  {each.family.ljust(14)}  {severity.ljust(13)}  {title}")


@rules_app.command()
def explain(
    name: Annotated[str, typer.Argument(metavar="RULE", help="The rule.")],
    language: LanguageOfReport = Language.EN,
    output_format: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TEXT,
    rules_folder: RulesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Explain a rule as a short memo.

    The law, why it is asked, what meets it, and what to write."""
    with ending(verbose):
        from policylint.judging.sheets import MEMO, sheets
        from policylint.report.memo import memo_json, memo_markdown, memo_text

        forgiving_stdout()
        sheet = next(sheets(MEMO, rules_folder, name), None) if name.replace("-", "").isalnum() else None
        if sheet is None:
            raise _unknown(name, [each.id for each in sheets(folder=rules_folder)])
        match output_format:
            case Format.JSON:
                text = memo_json(sheet)
            case Format.MARKDOWN:
                text = memo_markdown(sheet, language)
            case Format.TEXT:
                text = memo_text(sheet, language)
        typer.echo(text, nl=False)


@rules_app.command()
def changes(
    since: Annotated[
        str, typer.Option(metavar="VERSION", help="Only what came after this version.", show_default=False)
    ] = "",
    language: LanguageOfReport = Language.EN,
    rules_folder: RulesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Say what each version added to the rules and changed.

    As Markdown: the release note of the rules."""
    with ending(verbose):
        from policylint.judging.sheets import sheets
        from policylint.report.rule_changes import rule_changes

        forgiving_stdout()
        if since and not all(part.isdecimal() for part in since.split(".")):
            raise UserError("usage", f"--since: '{since}' is no version", "Write it as a release, such as 0.2.0.")
        typer.echo(rule_changes(sheets(folder=rules_folder), language, since), nl=False)


@rules_app.command()
def test(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="RULES", help="Rules by their id; all, if none is named.")
    ] = None,
    own: Annotated[
        list[Path] | None,
        typer.Option("--own", metavar="FOLDER", help="A folder of own rules, beside the built-in ones."),
    ] = None,
    rules_folder: RulesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Run the examples of rules, and show wordings that no example has.

    Exit codes: 0 all hold; 1 one fails or a wording has no example; 2 bad rules.
    """
    with ending(verbose):
        from policylint.judging.examples import failing_examples, unheard_wordings
        from policylint.judging.rulefiles import load_rules

        forgiving_stdout()
        rules = load_rules(rules_folder, beside=own or ())
        chosen = [rule for rule in rules.rules if not names or rule.id in names]
        if names and len(chosen) < len(set(names)):
            known = {rule.id for rule in rules.rules}
            raise _unknown(next(name for name in names if name not in known), sorted(known))
        failures = [failure for rule in chosen for failure in failing_examples(rule, rules)]
        unheard = [] if names else list(unheard_wordings(rules))
        for line in [*failures, *(f"no example has {wording}" for wording in unheard)]:
            typer.echo(line)
        examples = sum(len(rule.examples) for rule in chosen)
        typer.echo(
            f"{len(chosen)} rules, {examples} examples: {len(failures)} fail; {len(unheard)} wordings without one",
            err=True,
        )
        if failures or unheard:
            raise typer.Exit(ExitCode.FINDINGS)


@rules_app.command()
def verify(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of own rules.")],
    alone: Annotated[bool, typer.Option("--alone", help="Read it without the built-in rules and concepts.")] = False,
    verbose: Verbose = False,
) -> None:
    """Check the files of a rule folder.

    All faults are told at once, each with its place."""
    with ending(verbose):
        from policylint.judging.rulefiles import load_rules

        rules = load_rules(folder) if alone else load_rules(None, strict=False, beside=[folder])
        own = [rule for rule in rules.rules if alone or rule.path.startswith(f"{folder.name}/")]
        typer.echo(f"{folder}: {len(own)} rules, no faults")


@rules_app.command()
def new(
    rule: Annotated[str, typer.Argument(metavar="FOLDER/FAMILY/ID", help="Where the rule is to stand.")],
    verbose: Verbose = False,
) -> None:
    """Begin a rule: a file with every key, to be filled in.

    Nothing that is there is overwritten."""
    with ending(verbose):
        from policylint.judging.rulefiles import FAMILIES

        path = Path(rule).with_suffix(".yaml")
        if path.parent.name not in FAMILIES:
            hint = f"Write FOLDER/FAMILY/ID; families are {', '.join(FAMILIES)}."
            raise UserError("bad-rules", f"'{path.parent.name}' is no family of rules", hint)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(_REQUIREMENT if path.parent.name == "requirements" else _FINDING)
        except FileExistsError:
            raise UserError("exists", f"{path} is there already", "Choose another name.") from None
        except OSError as error:
            raise UserError("unwritable", f"{path}: {error.strerror}", "Choose another folder.") from None
        typer.echo(f"{path}: fill it in, then run `policylint rules test --own {path.parent.parent}`")


def _row(sheet: Sheet) -> dict[str, object]:
    return {
        "rule": sheet.id,
        "family": sheet.family,
        "title": sheet.title,
        "severity": sheet.severity.get("", sheet.severity),
        "since": sheet.since,
        "tags": list(sheet.tags),
        "preview": sheet.preview,
        "law": [law["reference"] for law in sheet.law],
    }


def _fits(sheet: Sheet, names: list[str]) -> bool:
    from policylint.judging.selection import selectors

    known = selectors(sheet.id, sheet.family, sheet.tags, [str(law["reference"]) for law in sheet.law])
    return any(name in known for name in names)


def _unknown(name: str, known: list[str]) -> UserError:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    hint = f"did you mean '{near[0]}'?" if near else "`policylint rules list` shows what there is."
    return UserError("unknown-rule", f"no rule is called '{name}'", hint)


_HEAD = """\
title: {nl: "[titel]", en: "[title]"}
law:
  - {reference: GDPR art. 13, url: "https://eur-lex.europa.eu/eli/reg/2016/679/oj", verified: false}
"""
_TAIL = """\
why: {nl: "[waarom]", en: "[why]"}
advice: {nl: "[wat te doen]", en: "[what to do]"}
model: {nl: "[voorbeeldtekst]", en: "[wording to use]"}
"""
_REQUIREMENT = (
    _HEAD
    + """\
severity: {missing: warning, vague: info}
since: 0.1.0
concepts:
  my-subject:
    nl: [onderwerp]
    en: [subject]
met:
  - all: [my-subject, first-person]
vague:
  - all: [my-subject]
message:
  missing: {nl: "De tekst zegt niets over [het onderwerp].", en: "The text does not speak of [the subject]."}
  vague: {nl: "De tekst zegt niet wie.", en: "The text does not say who."}
"""
    + _TAIL
    + """\
examples:
  nl:
    met:
      - {text: Wij regelen het onderwerp zelf., at: onderwerp}
    vague:
      - {text: Het onderwerp wordt geregeld., at: onderwerp}
    missing:
      - Dit gaat over iets anders.
  en:
    met:
      - {text: We look after the subject., at: subject}
    vague:
      - {text: The subject is looked after., at: subject}
    missing:
      - This is about something else.
"""
)
_FINDING = (
    _HEAD
    + """\
severity: warning
since: 0.1.0
concepts:
  my-subject:
    nl: [onderwerp]
    en: [subject]
found:
  - all: [my-subject]
message: {nl: "De tekst noemt {quote}.", en: "The text names {quote}."}
"""
    + _TAIL
    + """\
examples:
  nl:
    found:
      - {text: Dit is het onderwerp., at: onderwerp}
    silent:
      - Dit gaat over iets anders.
  en:
    found:
      - {text: This is the subject., at: subject}
    silent:
      - This is about something else.
"""
)
