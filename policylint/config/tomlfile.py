"""A TOML file as values that know their place, checked against the table of keys.

`tomllib` reads the values; where each key stands is found by reading the lines once more, so that
every fault has a line and a caret.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import cast

from policylint.config.keys import KEYS, Key, Kind
from policylint.errors import UserError

Value = str | bool | int | date | tuple[str, ...] | Mapping[str, object] | tuple[Mapping[str, object], ...]
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A value as written, and where: `origin` is "file:line", or the option that gave it.

    `inner` are the origins of what the value holds: of the keys of a table and the texts of a list by themselves, of
    those in a list of tables by the table's number and the key.
    """

    value: Value
    origin: str
    inner: Mapping[KeyPath, str] = field(default_factory=dict)

    def origin_of(self, name: str) -> str:
        """Where a key of a table or a text of a list is given."""
        return self.inner.get((name,), self.origin)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file, at a line and column from 1."""

    line: int
    column: int
    message: str


_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


CONFIGURATION_HINT = "Mend the configuration; `policylint config verify` checks it, docs/configuration.md describes it."


def read_settings(
    path: Path,
    shown: str,
    table: tuple[str, ...] = (),
    keys: Mapping[str, Key] = KEYS,
    hint: str = CONFIGURATION_HINT,
) -> dict[str, Setting]:
    """The settings in a TOML file that may have these `keys`, or in its `table` (pyproject.toml).

    Raises UserError 'bad-configuration' that lists every fault with its line and a caret, and gives the `hint`.
    """
    text = _text(path, shown)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)
        message = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise _refused(shown, text, [Fault(line, column, f"this is no TOML: {message}")], hint) from error
    for part in table:
        values = values.get(part, {})
    places = _Places(text, table)
    faults: list[Fault] = []
    settings = {}
    for name, value in _checked(values, keys, (), places, faults):
        inner = {path: f"{shown}:{line}" for path, line in _inner(name, value, keys[name].kind, places)}
        settings[name] = Setting(value, f"{shown}:{places.of((name,))[0]}", inner)
    if faults:
        raise _refused(shown, text, sorted(faults, key=lambda fault: (fault.line, fault.column)), hint)
    return settings


def _inner(name: str, value: Value, kind: Kind, places: _Places) -> Iterator[tuple[KeyPath, int]]:
    """The lines of what the value of a setting holds."""
    if kind is Kind.TABLES:
        tables = cast("tuple[Mapping[str, object], ...]", value)
        for path in [(number, key) for number, each in enumerate(tables) for key in each]:
            yield path, places.of((name, *path))[0]
    elif kind is Kind.TABLE:
        for key in cast("Mapping[str, object]", value):
            yield (key,), places.of((name, key))[0]
    elif kind is Kind.TEXTS:
        for text in cast("tuple[str, ...]", value):
            yield (text,), places.of_text((name,), text)


def refused_at(path: Path, shown: str, faults: Sequence[tuple[KeyPath, str]], hint: str) -> UserError:
    """The fault of a file whose keys hold what is allowed, but not there: each at the path of a key."""
    text = _text(path, shown)
    places = _Places(text, ())
    return _refused(shown, text, [Fault(*places.of(key), message) for key, message in faults], hint)


def _text(path: Path, shown: str) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise UserError("bad-configuration", f"{shown}: cannot be read: {error.strerror}", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise UserError("bad-configuration", f"{shown}: is not UTF-8", "Save the file as UTF-8.") from error


class _Places:
    """Where the keys of a TOML text stand, by their path."""

    def __init__(self, text: str, table: tuple[str, ...]) -> None:
        """Read the lines of `text`; paths start below `table`."""
        self._found: dict[KeyPath, tuple[int, int]] = {}
        self._lines = text.splitlines()
        here: KeyPath = ()
        counts: dict[KeyPath, int] = {}
        for number, line in enumerate(self._lines, start=1):
            if header := _HEADER.match(line):
                here = _parts(header[2])
                if header[1] == "[[":
                    counts[here] = counts.get(here, -1) + 1
                    here = (*here, counts[here])
                else:
                    outer = next((here[:n] for n in range(len(here) - 1, 0, -1) if here[:n] in counts), None)
                    here = (*outer, counts[outer], *here[len(outer) :]) if outer else here
                self._found.setdefault(here, (number, header.start(2) + 1))
            elif key := _KEY.match(line):
                path = here
                for part in _parts(key[1]):
                    path = (*path, part)
                    self._found.setdefault(path, (number, key.start(1) + 1))
        self._table = table

    def of(self, path: KeyPath) -> tuple[int, int]:
        """Line and column of the key at `path`, or of the nearest key around it."""
        whole: KeyPath = (*self._table, *path)
        while whole and whole not in self._found:
            whole = whole[:-1]
        return self._found.get(whole, (1, 1))

    def of_text(self, path: KeyPath, text: str) -> int:
        """Line of a text in the list at `path`; that of its key if the text is written with escapes."""
        first = self.of(path)[0]
        quoted = (f'"{text}"', f"'{text}'")
        lines = enumerate(self._lines[first - 1 :], start=first)
        return next((number for number, line in lines if any(each in line for each in quoted)), first)


def _parts(key: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in _PART.findall(key))


def _checked(
    values: Mapping[str, object], keys: Mapping[str, Key], above: KeyPath, places: _Places, faults: list[Fault]
) -> Iterator[tuple[str, Value]]:
    for name, value in values.items():
        path = (*above, name)
        key = keys.get(name)
        if key is None:
            near = get_close_matches(name, keys, 1)
            guess = f"; did you mean '{near[0]}'?" if near else f"; known are {', '.join(sorted(keys))}"
            faults.append(Fault(*places.of(path), f"unknown key '{name}'{guess}"))
            continue
        read = _value(value, key, path, places, faults)
        if read is not None:
            yield name, read


def _value(value: object, key: Key, path: KeyPath, places: _Places, faults: list[Fault]) -> Value | None:
    def fault(wanted: str) -> None:
        faults.append(Fault(*places.of(path), f"'{path[-1]}' is {wanted}"))

    match key.kind:
        case Kind.TEXT | Kind.PATH if isinstance(value, str) and value:
            return value
        case Kind.FLAG if isinstance(value, bool):
            return value
        case Kind.NUMBER if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        case Kind.DATE if isinstance(value, date) and not isinstance(value, datetime):
            return value
        case Kind.CHOICE if value in key.choices and isinstance(value, str):
            return value
        case Kind.TEXTS | Kind.PATHS if isinstance(value, str) and value:
            return (value,)
        case Kind.TEXTS | Kind.PATHS if isinstance(value, list) and all(
            isinstance(item, str) and item for item in value
        ):
            return tuple(value)
        case Kind.TABLE if isinstance(value, dict):
            return {
                name: item for name, item in value.items() if _named(name, item, key, (*path, name), places, faults)
            }
        case Kind.TABLES if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            tables = []
            for number, item in enumerate(value):
                below = (*path, number)
                tables.append(dict(_checked(item, key.keys or {}, below, places, faults)))
                faults += [
                    Fault(*places.of(below), f"'{path[-1]}' needs '{name}'")
                    for name in key.required
                    if item.get(name) in (None, "", [])
                ]
            return tuple(tables)
    fault(_WANTED[key.kind].format(", ".join(key.choices)))
    return None


_WANTED = {
    Kind.TEXT: "a text",
    Kind.PATH: "a path",
    Kind.FLAG: "true or false",
    Kind.NUMBER: "a whole number from 0",
    Kind.DATE: "a date such as 2026-01-31, without quotes",
    Kind.CHOICE: "one of {}",
    Kind.TEXTS: "a text or a list of texts",
    Kind.PATHS: "a path or a list of paths",
    Kind.TABLE: "a table",
    Kind.TABLES: "a list of tables",
}


def _named(name: str, value: object, key: Key, path: KeyPath, places: _Places, faults: list[Fault]) -> bool:
    """Whether one entry of a table is allowed; if not, the fault is noted."""
    if key.names is not None and name not in key.names:
        near = get_close_matches(name, key.names, 1)
        guess = f"; did you mean '{near[0]}'?" if near else f"; known are {', '.join(key.names)}"
        faults.append(Fault(*places.of(path), f"unknown name '{name}'{guess}"))
        return False
    if key.choices and value not in key.choices:
        faults.append(Fault(*places.of(path), f"'{name}' is one of {', '.join(key.choices)}"))
        return False
    if not key.choices and not isinstance(value, bool):
        faults.append(Fault(*places.of(path), f"'{name}' is true or false"))
        return False
    return True


def _refused(shown: str, text: str, faults: list[Fault], hint: str) -> UserError:
    lines = text.splitlines() or [""]
    parts = []
    for fault in faults:
        source = lines[min(fault.line, len(lines)) - 1]
        parts.append(
            f"{shown}:{fault.line}:{fault.column}: {fault.message}\n    {source}\n    {' ' * (fault.column - 1)}^"
        )
    return UserError("bad-configuration", "\n".join(parts), hint)
