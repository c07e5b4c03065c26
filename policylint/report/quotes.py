"""Quoted words: made harmless for a terminal, shortened around the words that decide."""

from __future__ import annotations

import re
from dataclasses import dataclass

ELLIPSIS = "…"

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_UNSAFE: dict[int, str | None] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys(range(0xE0000, 0xE0080)),
    **{ord(character): None for character in _BIDI + _INVISIBLE},
    0x7F: "\u2421",
    **dict.fromkeys(map(ord, "\t\n\v\f\r\x85\u2028\u2029"), " "),
}
_SPACES = re.compile(r"[ \u00a0]{2,}")


# What build services take for a command when a line begins with it ("::error") or holds it ("##[group]", "##vso[").
_COMMAND = re.compile(r":(?=:[A-Za-z-]+(?: |::))|##(?=\w*\[)")


def visible(text: str) -> str:
    """`text` as one harmless line: control characters shown as symbols, text-direction controls removed.

    Marks by which a build service would take it for a command get a space in them.
    """
    # All that is taken out or replaced cannot be printed, and few texts hold any of it.
    if text.isprintable() and not ("  " in text or "::" in text or "##" in text):
        return text
    return _COMMAND.sub(r"\g<0> ", _SPACES.sub(" ", text.translate(_UNSAFE)))


def harmless(text: str) -> str:
    """`text` as `visible` shows it, its lines and the spaces in them kept: for what points with a caret."""
    return "\n".join(_COMMAND.sub(r"\g<0> ", line.translate(_UNSAFE)) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A harmless quote in three parts; `focus` holds the words that decide, all of them if the rest is empty."""

    before: str
    focus: str
    after: str


def _tail(text: str, limit: int) -> str:
    """The last words of `text` in at most `limit` characters, with an ellipsis when words were left out."""
    if len(text) <= limit:
        return text
    start = len(text) - max(limit - 2, 0)
    if text[start - 1] != " ":
        space = text.find(" ", start)
        start = space if space >= 0 else start
    kept = text[start:]
    return f"{ELLIPSIS} {kept.lstrip()}" if kept.strip() else f"{ELLIPSIS} "


def _head(text: str, limit: int) -> str:
    """The first words of `text` in at most `limit` characters, with an ellipsis when words were left out."""
    if len(text) <= limit:
        return text
    end = max(limit - 2, 0)
    if text[end] != " ":
        space = text.rfind(" ", 0, end)
        end = space if space >= 0 else end
    kept = text[:end]
    return f"{kept.rstrip()} {ELLIPSIS}" if kept.strip() else f" {ELLIPSIS}"


def shorten(text: str, limit: int) -> str:
    """`text` harmless, cut at a word to about `limit` characters."""
    return _head(visible(text).strip(), limit)


def excerpt(quote: str, focus: tuple[int, int], limit: int) -> Excerpt:
    """`quote` harmless and in about `limit` characters around `focus` (offsets in `quote`)."""
    start, end = focus
    before, middle, after = visible(quote[:start]), visible(quote[start:end]), visible(quote[end:])
    before, after = before.lstrip(), after.rstrip()
    if not middle.strip() or not (before or after):
        return Excerpt("", _head((before + middle + after).strip(), limit), "")
    if len(middle) > limit:
        half = limit // 2
        middle = f"{_head(middle, half)} {_tail(middle, half).removeprefix(ELLIPSIS).lstrip()}"
    room = max(limit - len(middle), 0)
    share = min(len(after), room // 2)
    before = _tail(before, max(room - share, 0))
    after = _head(after, max(room - len(before), 0))
    return Excerpt(before, middle, after)
