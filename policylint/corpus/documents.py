"""What a corpus holds: one entry per policy, with what its row says of it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from difflib import get_close_matches

from policylint.errors import UserError
from policylint.reading import SUFFIXES
from policylint.result import Failure

_MEDIA_TYPES = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns of the input; one that the user did not name may be absent."""

    id: str | None = None
    text: str | None = None
    bytes: str | None = None
    format: str | None = None
    language: str | None = None
    jurisdiction: str | None = None
    date: str | None = None

    def found(self, available: Iterable[str], place: str) -> dict[str, str]:
        """The column of each part of an entry among those `available` in the input at `place`, by the part's name.

        Raises UserError 'missing-column': for one that the user named, and where there is neither text nor bytes; and
        'double-column'.
        """
        names = list(available)
        chosen = {}
        for each in fields(self):
            named: str | None = getattr(self, each.name)
            if (named or each.name) in names:
                chosen[each.name] = named or each.name
            elif named is not None:
                raise _missing(f"{place}: there is no column '{named}'", named, names)
        if not chosen.keys() & {"text", "bytes"}:
            message = f"{place}: there is no column 'text' or 'bytes'"
            raise _missing(message, "text", names, " Name yours with --text or --bytes.")
        for name in chosen.values():
            if names.count(name) > 1:
                hint = "Give the columns different names, and name the right one."
                raise UserError("double-column", f"{place}: there are several columns '{name}'", hint)
        return chosen


def _missing(message: str, name: str, names: list[str], advice: str = "") -> UserError:
    near = get_close_matches(name.lower(), [each.lower() for each in names], 1, 0.6)
    guess = [each for each in names if near and each.lower() == near[0]]
    hint = f"did you mean '{guess[0]}'?" if guess else f"Columns are {', '.join(names) or 'none'}."
    return UserError("missing-column", message, hint + advice)


@dataclass(frozen=True, slots=True)
class Entry:
    """A policy of the corpus: its `number` (from 0, through all files), and where it stands.

    `source` is the file, `row` the row or line in it, both from 0; `format` is one of `reading.FORMATS` or None. What
    cannot be judged has a `failure` and no data.
    """

    number: int
    source: str
    row: int
    id: str
    data: bytes | None = None
    format: str | None = None
    language: str | None = None
    jurisdiction: str | None = None
    date: date | None = None
    failure: Failure | None = None


def entry_of(values: Mapping[str, object], number: int, source: str, row: int, largest: int) -> Entry:
    """The entry that a row's values make, by the names in `Columns`; a text larger than `largest` bytes is left out.

    A text may be str or the bytes of its UTF-8, bytes may be bytes or base64.
    """
    name = values.get("id")
    shown = f"{source}#{row}" if name is None else name.decode("utf-8", "replace") if isinstance(name, bytes) else name
    try:
        data = _data(values, largest)
        return Entry(
            number,
            source,
            row,
            str(shown),
            data,
            _format(_word(values.get("format"))),
            _language(_word(values.get("language"))),
            _country(_word(values.get("jurisdiction"))),
            _date(values.get("date")),
        )
    except UserError as error:
        return Entry(number, source, row, str(shown), failure=Failure(error.code, error.message, error.hint))


def _data(values: Mapping[str, object], largest: int) -> bytes:
    given = values.get("text")
    if given is None:
        given = values.get("bytes")
        if isinstance(given, str):
            try:
                given = base64.b64decode(given, validate=True)
            except (binascii.Error, ValueError):
                raise UserError("bad-bytes", "the bytes are no base64", "Write bytes in JSON as base64.") from None
    if isinstance(given, str):
        given = given.encode("utf-8", "replace")
    if given is None:
        raise UserError("no-text", "this row has neither text nor bytes", "Leave the row out, or fetch the text anew.")
    if not isinstance(given, bytes):
        kind = type(given).__name__
        raise UserError("no-text", f"a text is expected here, not {kind}", "Write the text as a string.")
    check_size(len(given), largest)
    return given


def check_size(size: int, largest: int) -> None:
    """Raises UserError 'too-large' for a text of more than `largest` bytes."""
    if size > largest:
        hint = "Give the policy alone, or allow larger texts with --max-bytes."
        raise UserError("too-large", f"this text of {size:,} bytes is larger than {largest:,}", hint)


def _word(value: object) -> str | None:
    if value is None:
        return None
    return (value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)).strip() or None


def _format(value: str | None) -> str | None:
    if value is None:
        return None
    name = value.partition(";")[0].strip().lower()
    known = {**_MEDIA_TYPES, **SUFFIXES, **{suffix[1:]: format for suffix, format in SUFFIXES.items()}}
    if name in SUFFIXES.values():
        return name
    if name not in known:
        hint = f"Formats are {', '.join(dict.fromkeys(SUFFIXES.values()))}; a suffix or a media type will do."
        raise UserError("unsupported-format", f"unknown format '{value}'", hint)
    return known[name]


def _language(value: str | None) -> str | None:
    """The language of a tag such as nl-BE."""
    return value.lower().partition("-")[0] if value is not None else None


def _country(value: str | None) -> str | None:
    """A country's code as policylint names it; ISO 3166 calls the United Kingdom otherwise."""
    return "UK" if value is not None and value.upper() == "GB" else value


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    text = _word(value)
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        hint = "Write days as YYYY-MM-DD, or give the column a type of dates."
        raise UserError("bad-date", f"'{text[:40]}' is no date", hint) from None
