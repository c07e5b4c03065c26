"""Settings: what holds for one document, from the configuration files and the command line together."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import cast

from policylint.config.discovery import layers
from policylint.config.keys import KEYS, Kind
from policylint.config.tomlfile import KeyPath, Setting, Value
from policylint.errors import UserError
from policylint.patterns import fits


@dataclass(frozen=True, slots=True)
class Together:
    """Documents that are one layered notice: its name, and the patterns of its files."""

    name: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are judged and what makes a run fail. Paths are absolute or from the current folder.

    `origins` say where the names of rules were given, by the setting and the name.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, bool] = field(default_factory=dict)
    language: str | None = None
    jurisdiction: str | None = None
    as_of: date | None = None
    report_lang: str | None = None
    required_version: str | None = None
    rule_set: str | None = None
    preview: bool = False
    rules: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: tuple[str, ...] = ("error",)
    allow_empty: bool = False
    unsupported_language: str = "error"
    not_a_policy: str = "error"
    baseline: str | None = None
    exceptions: str | None = None
    output: tuple[str, ...] = ()
    jobs: int = 0
    timeout: int = 0
    cache: str | None = None
    together: tuple[Together, ...] = ()
    origins: Mapping[tuple[str, str], str] = field(default_factory=dict, compare=False, repr=False)


_NAMING_RULES = ("select", "extend-select", "ignore", "severity", "fail-on")


@dataclass(frozen=True, slots=True)
class Override:
    """Other settings for the files that fit one of the patterns, which are absolute."""

    files: tuple[str, ...]
    settings: Mapping[str, Setting]


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that is set, each with where, and the overrides in the order in which they apply."""

    values: Mapping[str, Setting]
    overrides: tuple[Override, ...] = ()

    @property
    def settings(self) -> Settings:
        """What holds where no override applies."""
        return _settings(self.values)

    def for_file(self, path: str) -> Settings:
        """What holds for the document at `path`: overrides that fit it win over the rest, options over overrides."""
        return _settings(self.origins_for(path))

    def origins_for(self, path: str) -> Mapping[str, Setting]:
        """What is set for the document at `path`, each with where."""
        absolute = os.path.abspath(path)  # noqa: PTH100 - a name on standard input is no path
        values = {name: setting for name, setting in self.values.items() if not _is_option(setting)}
        for override in self.overrides:
            if any(fits(absolute, pattern) for pattern in override.files):
                values = _merged(values, override.settings)
        return _merged(values, {name: setting for name, setting in self.values.items() if _is_option(setting)})


def load_configuration(file: Path | None, options: Mapping[str, Value]) -> Configuration:
    """The configuration in `file` (None: there is none) with the command line's `options` over it.

    Raises UserError 'bad-configuration'.
    """
    values: Mapping[str, Setting] = {}
    overrides: list[Override] = []
    for folder, settings in layers(file) if file else []:
        own = {name: _placed(name, setting, folder) for name, setting in settings.items()}
        if "overrides" in own:
            overrides += _overrides(own.pop("overrides"), folder)
        values = _merged(values, own)
    given = {name: Setting(value, f"--{name}") for name, value in options.items()}
    return Configuration(_merged(values, given), tuple(overrides))


def _overrides(setting: Setting, folder: Path) -> Iterator[Override]:
    for number, table in enumerate(cast("Sequence[Mapping[str, Value]]", setting.value)):
        inner = {name: Setting(value, setting.inner[number, name]) for name, value in table.items() if name != "files"}
        yield Override(_patterns(folder, cast("tuple[str, ...]", table["files"])), inner)


def _check_never(setting: Setting | None) -> None:
    """`never` beside anything else would win without a word. Raises UserError 'bad-configuration'."""
    named = dict.fromkeys(cast("tuple[str, ...]", setting.value)) if setting else {}
    if setting and "never" in named and len(named) > 1:
        others = ", ".join(name for name in named if name != "never")
        hint = "Leave out 'never' to fail on the others, or the others never to fail."
        raise UserError("bad-configuration", f"{setting.origin}: 'never' excludes the others: {others}", hint)


def _is_option(setting: Setting) -> bool:
    return setting.origin.startswith("--")


def _merged(below: Mapping[str, Setting], above: Mapping[str, Setting]) -> dict[str, Setting]:
    """Settings of two layers: the upper one wins; what extends is added, tables are joined name by name."""
    merged = dict(below)
    for name, setting in above.items():
        old = merged.get(name)
        value, inner = setting.value, setting.inner
        if old is not None and isinstance(value, Mapping) and isinstance(old.value, Mapping):
            value, inner = {**old.value, **value}, {**_own(old), **_own(setting)}
        elif old is not None and name in ("extend-select", "exclude", "together"):
            value = cast("Value", (*cast("tuple[str, ...]", old.value), *cast("tuple[str, ...]", value)))
            inner = {**_own(old), **_own(setting)}
        merged[name] = replace(setting, value=value, inner=inner)
    return merged


def _own(setting: Setting) -> Mapping[KeyPath, str]:
    """Where each thing that a setting holds is given, also what an option gave."""
    names = [name for name in cast("Iterable[object]", setting.value) if isinstance(name, str)]
    return {**setting.inner, **{(name,): setting.origin_of(name) for name in names}}


def _placed(name: str, setting: Setting, folder: Path) -> Setting:
    """A setting with its paths and patterns made absolute, from the folder of its file."""
    match KEYS[name].kind:
        case Kind.PATH:
            return replace(setting, value=str(folder / str(setting.value)))
        case Kind.PATHS:
            return replace(setting, value=_patterns(folder, cast("tuple[str, ...]", setting.value)))
    if name == "output":
        return replace(setting, value=_reports(folder, cast("tuple[str, ...]", setting.value)))
    if name == "exclude":
        return replace(setting, value=_patterns(folder, cast("tuple[str, ...]", setting.value)))
    if name == "together":
        tables = cast("Sequence[Mapping[str, object]]", setting.value)
        placed = [{**table, "files": _patterns(folder, cast("tuple[str, ...]", table["files"]))} for table in tables]
        return replace(setting, value=tuple(placed))
    return setting


def _reports(folder: Path, outputs: Sequence[str]) -> tuple[str, ...]:
    """FORMAT:FILE with the file from the folder of the configuration; one on standard output stays."""
    parted = (output.partition(":") for output in outputs)
    return tuple(f"{name}:{folder.absolute() / file}" if file not in ("", "-") else name for name, _, file in parted)


def _patterns(folder: Path, patterns: Sequence[str]) -> tuple[str, ...]:
    return tuple(os.path.normpath(folder.absolute() / pattern) for pattern in patterns)


def _settings(values: Mapping[str, Setting]) -> Settings:
    _check_never(values.get("fail-on"))
    plain = {name.replace("-", "_"): setting.value for name, setting in values.items() if name != "together"}
    tables = cast("Sequence[Mapping[str, object]]", values["together"].value if "together" in values else ())
    groups = tuple(Together(str(table.get("name", "")), cast("tuple[str, ...]", table["files"])) for table in tables)
    origins = {
        (key, name): setting.origin_of(name)
        for key in _NAMING_RULES
        if (setting := values.get(key))
        for name in cast("Iterable[str]", setting.value)
    }
    return replace(Settings(), **plain, together=groups, origins=origins)  # type: ignore[arg-type]
