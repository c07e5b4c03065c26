"""YAML as a tree of entries that know their place, read strictly.

Every scalar is the text as written (no `no` becomes False, no date becomes an object), a repeated
key is a fault, and faults are collected so that a file's author sees all of them at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import yaml

# A longer list of names helps nobody to find the right one.
_MOST_LISTED = 40


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in a file, at a line and column from 1."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Leaves out what kind of value each scalar may be, for all are read as text: a quarter of the time."""

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """Nothing is resolved by its place."""

    def ascend_resolver(self) -> None:
        """Nothing is resolved by its place."""

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:  # noqa: ARG002
        """No tag."""
        return ""


class Entry:
    """A node of a YAML file; readers return None and record a fault where the node is not as wanted."""

    def __init__(self, node: yaml.Node, path: str, faults: list[Fault]) -> None:
        """Wrap a composed node of the file at `path`; faults are appended to `faults`."""
        self._node = node
        self._path = path
        self._faults = faults

    @property
    def line(self) -> int:
        """The line where the node begins, from 1."""
        return int(self._node.start_mark.line) + 1

    def fault(self, message: str) -> None:
        """Record that something is wrong here."""
        mark = self._node.start_mark
        self._faults.append(Fault(self._path, mark.line + 1, mark.column + 1, message))

    @property
    def is_mapping(self) -> bool:
        """Whether the node has keys."""
        return isinstance(self._node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """Whether the node is a list."""
        return isinstance(self._node, yaml.SequenceNode)

    def mapping(self, allowed: Sequence[str] | None, required: Sequence[str] = ()) -> dict[str, Entry]:
        """The node's keys; unknown, repeated and lacking ones are faults (`allowed` None: any key)."""
        if not isinstance(self._node, yaml.MappingNode):
            self.fault("keys are expected here: " + (", ".join(allowed) if allowed else "name: value"))
            return {}
        found: dict[str, Entry] = {}
        for key_node, value_node in self._node.value:
            key = Entry(key_node, self._path, self._faults)
            name = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if not name:
                key.fault("a key must be a word")
            elif name in found:
                key.fault(f"the key '{name}' stands here twice")
            elif allowed is not None and name not in allowed:
                key.fault(f"unknown key '{name}'{_nearest(name, allowed)}; allowed are {', '.join(allowed)}")
            else:
                found[name] = Entry(value_node, self._path, self._faults)
        for name in required:
            if name not in found:
                self.fault(f"the key '{name}' is lacking")
        return found

    def items(self) -> Iterator[Entry]:
        """The node's items; not a list: a fault and nothing."""
        if not isinstance(self._node, yaml.SequenceNode):
            self.fault("a list is expected here")
            return
        for node in self._node.value:
            yield Entry(node, self._path, self._faults)

    def text(self) -> str | None:
        """The text as written, None (and a fault) if the node is none or empty."""
        if not isinstance(self._node, yaml.ScalarNode):
            self.fault("a text is expected here")
            return None
        value = str(self._node.value).strip()
        if not value:
            self.fault("this must not be empty")
            return None
        return value

    def choice(self, allowed: Collection[str]) -> str | None:
        """A text out of `allowed`."""
        value = self.text()
        if value is not None and value not in allowed:
            self.fault(f"'{value}' is not allowed here{_nearest(value, allowed)}{_listed(allowed)}")
            return None
        return value

    def flag(self) -> bool | None:
        """`true` or `false`."""
        value = self.choice(("true", "false"))
        return None if value is None else value == "true"

    def number(self, least: int, most: int) -> int | None:
        """A whole number within bounds."""
        value = self.text()
        if value is None:
            return None
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            self.fault(f"'{value}' is no whole number from {least} to {most}")
            return None
        return int(value)

    def day(self) -> date | None:
        """A date as YYYY-MM-DD."""
        value = self.text()
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fault(f"'{value}' is no date (YYYY-MM-DD)")
            return None


def read_yaml(path: Path, shown: str, faults: list[Fault], *, up_to: str | None = None) -> Entry | None:
    """The root entry of a YAML file; `shown` names the file in faults. None if it is no YAML.

    What begins with the top-level key `up_to` is not read.
    """
    try:
        text = path.read_text("utf-8")
        node = yaml.compose(text.partition(f"\n{up_to}:")[0] if up_to else text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        faults.append(Fault(shown, line, column, f"this is no YAML: {error.problem or error.context}"))
        return None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        faults.append(Fault(shown, 1, 1, f"this cannot be read: {error}"))
        return None
    if node is None:
        faults.append(Fault(shown, 1, 1, "the file is empty"))
        return None
    return Entry(node, shown, faults)


def _listed(allowed: Collection[str]) -> str:
    if len(allowed) > _MOST_LISTED:
        return ""
    return "; allowed are " + ", ".join(allowed if isinstance(allowed, Sequence) else sorted(allowed))


def _nearest(name: str, allowed: Collection[str]) -> str:
    near = get_close_matches(name, sorted(allowed), 1)
    return f" (did you mean '{near[0]}'?)" if near else ""
