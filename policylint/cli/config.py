"""`policylint config`: what is set for a document and where, and whether the files are right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policylint.cli.common import ConfigFile, Isolated, RulesFolder, Verbose, ending, forgiving_stdout
from policylint.cli.output import outputs_of
from policylint.errors import UserError

config_app = typer.Typer(no_args_is_help=True, help="Show and verify the configuration.", rich_markup_mode=None)


@config_app.command()
def show(
    path: Annotated[str, typer.Argument(metavar="PATH", help="The document, or a folder.")] = ".",
    origin: Annotated[bool, typer.Option("--origin", help="Say where each value was set.")] = False,
    config: ConfigFile = None,
    isolated: Isolated = False,
    verbose: Verbose = False,
) -> None:
    """Show what is set for a document."""
    with ending(verbose):
        from policylint.config.discovery import nearest
        from policylint.config.settings import load_configuration

        forgiving_stdout()
        place = Path(path)
        file = None if isolated else config or nearest(place if place.is_dir() else place.parent)
        configuration = load_configuration(file, {})
        typer.echo(f"# {file}" if file else "# no configuration file")
        for name, setting in sorted(configuration.origins_for(path).items()):
            typer.echo(f"{name} = {_shown(setting.value)}" + (f"  # {setting.origin}" if origin else ""))


@config_app.command()
def verify(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILES", help="Configuration files; the nearest, if none is named.")
    ] = None,
    rules_folder: RulesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Check configuration files.

    Their keys and values, the rules that they name, own rule folders, and exceptions."""
    with ending(verbose):
        from policylint.config.discovery import nearest
        from policylint.config.sidecar import read_sidecar
        from policylint.run import Workshop

        found = list(files or filter(None, [nearest(Path())]))
        if not found:
            raise UserError("bad-configuration", "there is no configuration file here", "Name one, or write one.")
        faults = []
        for file in found:
            try:
                workshop = Workshop({}, file, folder=rules_folder)
                configuration = workshop.configuration_in(file.parent)
                outputs_of(configuration)
                workshop.rules(configuration.settings)
                for override in configuration.overrides:
                    workshop.rules(configuration.for_file(override.files[0]))
                if configuration.settings.exceptions:
                    exceptions = read_sidecar(Path(configuration.settings.exceptions), is_beside=False)
                    exceptions.check(workshop.names(configuration.settings))
                typer.echo(f"{file}: {len(configuration.values)} settings, no faults")
            except UserError as error:
                faults.append(error)
        if faults:
            raise UserError("bad-configuration", "\n".join(error.message for error in faults), faults[0].hint)


def _shown(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{name}" = {_shown(item)}' for name, item in value.items()) + " }"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return str(value)
