"""What all commands share: exit codes, options, and how a fault ends a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from enum import IntEnum, StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policylint.errors import UserError

if TYPE_CHECKING:
    from policylint.baseline import Stale
    from policylint.config.tomlfile import Value

_MOST_LISTED = 20


INTERRUPTED = 130
"""What shells say of a program that the user stopped."""


class ExitCode(IntEnum):
    """What a run says to the program that started it; the highest that fits wins."""

    CLEAN = 0
    FINDINGS = 1
    NOT_RUN = 2
    INTERNAL = 3


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


class Colour(StrEnum):
    """When to write in colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def parse_date(text: str) -> date:
    """A day as an option gives it; raises typer's error for a bad parameter."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date; write it as YYYY-MM-DD.") from None


ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Take the settings from this file, instead of the nearest one to each document.",
        show_default=False,
    ),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Look for no configuration file.")]
RulesFolder = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        envvar="POLICYLINT_RULES",
        metavar="FOLDER",
        help="Judge by the rule files in this folder, instead of the built-in ones.",
        show_default=False,
    ),
]
PolicyLanguage = Annotated[
    Language | None,
    typer.Option("--language", help="Language of the policies, instead of deriving it.", show_default=False),
]
Jurisdiction = Annotated[
    Country | None,
    typer.Option(
        "--jurisdiction",
        metavar="|".join(Country),
        help="Whose national law counts, instead of deriving it.",
        case_sensitive=False,
        show_default=False,
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        parser=parse_date,
        metavar="YYYY-MM-DD",
        help="Judge by the law of that day, instead of today's.",
        show_default=False,
    ),
]
Facts = Annotated[
    list[str] | None,
    typer.Option(
        "--fact",
        metavar="NAME=yes|no",
        help="What a text cannot show: children (the service is aimed at them), dpo (there is one), "
        "outside-eea (the controller is established there), public-body (the controller is one), "
        "special-categories (on a large scale), transfers (out of the EEA).",
        show_default=False,
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Add links to the law, timings and tracebacks.")]


def stale_notice(stale: Sequence[Stale]) -> str:
    """What to say of recorded findings that are gone."""
    from policylint.report.quotes import visible

    listed = [f"  - {visible(each.name)}: {visible(str(each.entry))}" for each in stale[:_MOST_LISTED]]
    if len(stale) > _MOST_LISTED:
        listed.append(f"  - and {len(stale) - _MOST_LISTED} more")
    files = sorted({str(each.baseline) for each in stale})
    commands = [f"  $ policylint baseline prune --baseline {visible(file)}" for file in files]
    count = "1 finding in the baseline is" if len(stale) == 1 else f"{len(stale)} findings in the baseline are"
    return "\n".join([f"policylint: {count} gone:", *listed, "Take what is gone out of it:", *commands])


def names_in(values: list[str] | None) -> tuple[str, ...]:
    """The names in a repeated, comma-separated option."""
    return tuple(name.strip() for value in values or () for name in value.split(",") if name.strip())


Together = Annotated[
    bool,
    typer.Option(
        "--together",
        help="Judge all documents as one layered notice: what one of them says need not stand in the others.",
    ),
]


def judged_by(
    language: Language | None,
    jurisdiction: Country | None,
    as_of: date | None,
    facts: list[str] | None,
    report_lang: Language | None = None,
) -> dict[str, Value]:
    """The settings that the options about the law, the controller and the report give. Raises 'unknown-fact'."""
    options: dict[str, Value | None] = {
        "language": language,
        "jurisdiction": jurisdiction,
        "as-of": as_of,
        "facts": _facts(facts) or None,
        "report-lang": report_lang,
    }
    return {name: value for name, value in options.items() if value is not None}


def _facts(values: list[str] | None) -> dict[str, bool]:
    """The facts in a repeated NAME=yes|no option; raises UserError for anything else."""
    from policylint.facts import FACTS

    facts = {}
    for value in values or ():
        name, _, answer = value.partition("=")
        if name not in FACTS or answer not in ("yes", "no"):
            near = get_close_matches(name, FACTS, 1) if name not in FACTS else []
            guess = f"did you mean '{near[0]}'? " if near else ""
            hint = guess + f"write --fact NAME=yes or NAME=no; names are {', '.join(FACTS)}"
            raise UserError("unknown-fact", f"'{value}' states no fact that is known", hint)
        facts[name] = answer == "yes"
    return facts


def told(verbose: bool) -> Callable[[str], None]:
    """Where to tell what only a developer wants to read: standard error, if they asked for it."""
    return (lambda text: typer.echo(text, err=True)) if verbose else lambda _: None


@contextmanager
def ending(verbose: bool) -> Iterator[None]:
    """End a command with exit code 2 for what the user can mend, and with 3 for a fault of ours."""
    try:
        yield
    except UserError as error:
        complain(error.message, error.hint)
        raise typer.Exit(ExitCode.NOT_RUN) from None
    except BrokenPipeError:
        hush()
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    # An uncaught exception would end the program with 1, which means findings.
    except Exception as error:
        if isinstance(error, typer.Exit | typer.Abort) or type(error).__module__.startswith(("click", "typer")):
            raise
        from policylint.faults import internal

        failure = internal(error, told(verbose))
        complain(failure.message, failure.hint)
        raise typer.Exit(ExitCode.INTERNAL) from None


def complain(message: str, hint: str) -> None:
    """Tell the user what is wrong and what to do; names of files and what they hold steer no terminal."""
    from policylint.report.quotes import harmless

    typer.echo(harmless(f"policylint: {message}\n{hint}"), err=True)


def tell_written(files: Iterable[Path | None]) -> None:
    """Say on a terminal which files were written, where a command has nothing else to show."""
    named = ", ".join(str(file) for file in files if file is not None)
    if named and sys.stderr.isatty():
        from policylint.report.quotes import visible

        typer.echo(f"Written: {visible(named)}", err=True)


def hush() -> None:
    """A reader has seen enough: what is still buffered goes nowhere, so that closing does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def forgiving_stdout() -> None:
    """A console in a legacy encoding shows "?" for a letter it lacks; a pipe on Windows carries UTF-8."""
    if isinstance(sys.stdout, TextIOWrapper):
        piped = sys.platform == "win32" and not sys.stdout.isatty() and not os.environ.get("PYTHONIOENCODING")
        sys.stdout.reconfigure(encoding="utf-8" if piped else None, errors="replace")
