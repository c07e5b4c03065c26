"""Indented JSON written piece by piece: as `json.dumps` would, without ever holding the whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


def value(of: Json) -> Iterator[str]:
    """A value that is small enough to be held."""
    yield json.dumps(of, ensure_ascii=False, indent=2)


def array(members: Iterable[Iterator[str]]) -> Iterator[str]:
    """An array of members that are asked for one after the other."""
    return _between("[", (("", member) for member in members), "]")


def table(members: Mapping[str, Iterator[str]]) -> Iterator[str]:
    """An object with these members."""
    return _between("{", ((f"{json.dumps(name)}: ", member) for name, member in members.items()), "}")


def values(of: Iterable[Json]) -> Iterator[str]:
    """An array of values of which each is small enough to be held."""
    return array(map(value, of))


def tabled(of: Mapping[str, Json]) -> dict[str, Iterator[str]]:
    """The members of an object that are small enough to be held, for `table`."""
    return {name: value(each) for name, each in of.items()}


def _between(opening: str, members: Iterable[tuple[str, Iterator[str]]], closing: str) -> Iterator[str]:
    yield opening
    empty = True
    for name, pieces in members:
        yield f"\n  {name}" if empty else f",\n  {name}"
        empty = False
        # Within strings lines are never broken.
        yield from (piece.replace("\n", "\n  ") for piece in pieces)
    yield closing if empty else f"\n{closing}"
