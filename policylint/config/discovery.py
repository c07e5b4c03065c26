"""Finds the configuration of a document: the file nearest to it, and what that extends."""

from __future__ import annotations

import tomllib
from pathlib import Path

from policylint.config.tomlfile import Setting, read_settings
from policylint.errors import UserError

NAMES = ("policylint.toml", ".policylint.toml")
_PROJECT = "pyproject.toml"
_TABLE = ("tool", "policylint")


def nearest(folder: Path) -> Path | None:
    """The configuration file that holds in `folder`: in it or in the nearest folder above it."""
    folder = folder.absolute()
    for above in (folder, *folder.parents):
        for name in NAMES:
            if (above / name).is_file():
                return above / name
        if (above / _PROJECT).is_file() and _has_table(above / _PROJECT):
            return above / _PROJECT
    return None


def _has_table(path: Path) -> bool:
    """Whether a pyproject.toml has a table for policylint; one that is no TOML is another program's concern."""
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False
    return "policylint" in values.get("tool", {})


def layers(path: Path) -> list[tuple[Path, dict[str, Setting]]]:
    """The settings of a configuration file and of those it extends, from the outermost base to the file itself.

    Each comes with the folder that its patterns and paths are read from. Raises UserError
    'bad-configuration', also for files that extend each other in a circle.
    """
    found: list[tuple[Path, dict[str, Setting]]] = []
    seen: list[Path] = []
    here: Path | None = path
    while here is not None:
        if here.resolve() in seen:
            circle = " -> ".join(shown_path(each) for each in [*seen, here])
            raise UserError("bad-configuration", f"{shown_path(path)}: extends itself: {circle}", "Break the circle.")
        seen.append(here.resolve())
        settings = read_settings(here, shown_path(here), _TABLE if here.name == _PROJECT else ())
        found.insert(0, (here.parent, settings))
        base = settings.pop("extend", None)
        here = (here.parent / str(base.value)) if base else None
        if base and here and not here.is_file():
            raise UserError(
                "bad-configuration", f"{base.origin}: there is no file {base.value} to extend", "Check the path."
            )
    return found


def shown_path(path: Path) -> str:
    """A path as the user would write it: from the folder they are in, if it lies below."""
    absolute = path.absolute()
    return str(absolute.relative_to(Path.cwd())) if absolute.is_relative_to(Path.cwd()) else str(absolute)
