"""`policylint check --show-files`: which documents would be checked, and why others would not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import typer

from policylint.cli.common import ExitCode, forgiving_stdout
from policylint.files import Source


def show_files(sources: Sequence[Source], passed_over: Mapping[str, str]) -> ExitCode:
    """Write the paths of documents to standard output, what is passed over and why to standard error."""
    from policylint.report.quotes import visible

    forgiving_stdout()
    for source in sources:
        if source.failure is None:
            typer.echo(visible(source.path))
    for source in sources:
        if source.failure is not None:
            typer.echo(f"{visible(source.path)}: cannot be checked: {source.failure.message}", err=True)
    for path, reason in passed_over.items():
        typer.echo(f"{visible(path)}: {reason}", err=True)
    failed = any(source.failure is not None for source in sources)
    return ExitCode.NOT_RUN if failed or not sources else ExitCode.CLEAN
