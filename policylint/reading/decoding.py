"""From bytes to text: which encoding a file is in, and what could not be decoded."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from policylint.errors import UserError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 first: its little-endian mark starts with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive (a Word, OpenDocument or zip file)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
)
_CONTROLS = bytes(n for n in range(32) if n not in b"\t\n\v\f\r") + b"\x7f"
_HIGH = bytes(range(0x80, 0x100))
_READABLE = "Save it as plain text or Markdown in UTF-8 and check that file."
_STRAY = re.compile(b"\xef\xbf\xbd")
# How many well-formed multi-byte sequences must stand against each stray byte. Text in a one-byte encoding
# hardly ever forms a single one by accident.
_VALID_PER_STRAY = 4


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` without byte order mark, the codec's name, and how many characters were replaced by U+FFFD."""

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes) -> Decoded:
    """Decode by a fixed ladder: mark, UTF-16 without mark, UTF-8, UTF-8 with stray bytes, Windows-1252.

    Raises `UserError` "empty" for nothing but white space and "binary" for what is no text.
    """
    decoded = _decode(data)
    if not decoded.text or decoded.text.isspace():
        raise UserError("empty", "the file is empty", "Give a file that holds the text of the policy.")
    return decoded


def _decode(data: bytes) -> Decoded:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise UserError("binary", f"this is {name}, not text", _READABLE)
    if b"\0" in data:
        wide = _utf16_without_mark(data)
        if wide is None:
            raise UserError("binary", "this is a binary file, not text", _READABLE)
        return _replacing(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if len(data) - len(data.translate(None, _CONTROLS)) > len(data) / 100:
        raise UserError("binary", "this is a binary file, not text", _READABLE)
    lenient = _replacing(data, "utf-8")
    high = len(data) - len(data.translate(None, _HIGH))
    valid = len(lenient.text) - (len(data) - high) - lenient.replaced
    if valid >= _VALID_PER_STRAY * lenient.replaced:
        return lenient
    if high > 0.3 * len(data):
        raise UserError("binary", "this is no text in UTF-8, UTF-16 or Windows-1252", _READABLE)
    return _replacing(data, "cp1252")


def _replacing(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    replaced = text.count("\ufffd")
    if replaced and encoding == "utf-8":
        # A U+FFFD that stands in the file was lost before us.
        replaced -= len(_STRAY.findall(data))
    return Decoded(text, encoding, replaced)


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None
