"""Which documents are layered notices: as the configuration groups them, or all of a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from policylint.config.settings import Settings, Together
from policylint.files import SUFFIXES, Source, expand
from policylint.patterns import fits

ALL = Together("", ())
"""The group of all documents of a run."""


def with_partners(sources: Sequence[Source], settings_for: Callable[[Source], Settings]) -> tuple[Source, ...]:
    """`sources`, and behind them what belongs to the same notices: what one document lacks another may say.

    What the configuration excludes is left out.
    """
    found = list(sources)
    known = {_identity(source) for source in sources}
    for source in sources:
        settings = settings_for(source)
        group = group_of(source, settings)
        for pattern in group.files if group else ():
            for partner in expand([pattern], exclude=settings.exclude):
                if partner.failure is None and partner.path.lower().endswith(SUFFIXES):
                    near = Source(_from_here(partner.path))
                    if _identity(near) not in known:
                        known.add(_identity(near))
                        found.append(near)
    return tuple(found)


def group_of(source: Source, settings: Settings) -> Together | None:
    """The notice that a document is a part of: the first of the configuration with a pattern that fits it."""
    if source.failure is not None:
        return None
    path = os.path.abspath(source.path)  # noqa: PTH100 - a name on standard input is no path
    return next((each for each in settings.together if any(fits(path, pattern) for pattern in each.files)), None)


def groups(sources: Sequence[Source], settings: Sequence[Settings], everything: bool) -> dict[Together, list[int]]:
    """The places of the documents of each notice; one document alone is none."""
    found: dict[Together, list[int]] = {}
    for number, (source, held) in enumerate(zip(sources, settings, strict=True)):
        group = (ALL if source.failure is None else None) if everything else group_of(source, held)
        if group is not None:
            found.setdefault(group, []).append(number)
    return {group: places for group, places in found.items() if len(places) > 1}


def _identity(source: Source) -> str:
    """What makes two sources the same document; a text on standard input stands for the file that it is named after."""
    return os.path.realpath(source.path) if source.path else ""


def _from_here(path: str) -> str:
    """An absolute path as one would type it: from the current folder, if it lies below."""
    near = os.path.relpath(path)
    return path if near.startswith(os.pardir) else near
