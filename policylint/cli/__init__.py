"""The command line: one module for each command, which reads options, has the work done and gives an exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from policylint import __version__
from policylint.cli.baseline import baseline_app
from policylint.cli.check import check
from policylint.cli.common import ExitCode, complain
from policylint.cli.config import config_app
from policylint.cli.corpus import corpus
from policylint.cli.diff import diff
from policylint.cli.draft import draft
from policylint.cli.explain import explain
from policylint.cli.parity import parity
from policylint.cli.rules import rules_app
from policylint.cli.server import server

app = typer.Typer(
    name="policylint",
    # Rich help would triple the time of --help.
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(check)
app.command()(diff)
app.command()(corpus)
app.command()(draft)
app.command()(explain)
app.command()(parity)
app.command()(server)
app.add_typer(rules_app, name="rules")
app.add_typer(config_app, name="config")
app.add_typer(baseline_app, name="baseline")


def run(arguments: Sequence[str]) -> int:
    """Run policylint on `arguments` and return its exit code."""
    words = {each.name or each.callback.__name__ for each in app.registered_commands if each.callback}
    words |= {str(each.name) for each in app.registered_groups}
    first = next(iter(arguments), "-")
    if first in ("help", "version"):
        complain(f"there is no command '{first}'", f"Write policylint --{first}")
        return ExitCode.NOT_RUN
    if first not in words and not first.startswith("-"):
        if os.path.exists(first):  # noqa: PTH110 - any text may come
            complain(f"'{first}' is a path, not a command", f"Write policylint check {first}")
            return ExitCode.NOT_RUN
        if "/" in first or "." in first:
            complain(f"'{first}' is no command, and no file of this name is here", "Write policylint check FILE")
            return ExitCode.NOT_RUN
    try:
        app(args=list(arguments), prog_name="policylint")
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else ExitCode.NOT_RUN
    return ExitCode.CLEAN


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"policylint {__version__}")
        raise typer.Exit


@app.callback()
def policylint(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Check privacy policies in Dutch or English against the GDPR and national law, offline.

    Begin with: policylint check FILE --detail summary
    """
