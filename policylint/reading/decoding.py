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
_HINTS = (
    # How the name of a kind of file ends, and what to do with such a file.
    ("image", "Pictures are not read: give the text itself, or have text recognition (OCR) make a text of it."),
    ("archive", "Take the policy out of it and check that file."),
    (
        ")",
        "If it is a Word or OpenDocument file, let its name end in .docx or .odt again; else take the policy out.",
    ),
    ("PDF document", "Let its name end in .pdf again and check that file."),
    ("RTF document", "Let its name end in .rtf again and check that file."),
)
_STRAY = re.compile(b"\xef\xbf\xbd")
# How many well-formed multi-byte sequences must stand against each stray byte. Text in a one-byte encoding
# hardly ever forms a single one by accident.
_VALID_PER_STRAY = 4

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_META = re.compile(rb"<meta\b[^<>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"\s*<\?xml\b[^<>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 16_384
_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_DECLARABLE = frozenset(
    "utf-8 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 iso8859-2 iso8859-3 iso8859-4 iso8859-5 "
    "iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman "
    "cp866 cp874 cp932 cp949 gb18030 big5 euc_jp".split()
)


def _seen_as_cp1252(first: int, last: int) -> str:
    """What the bytes [first, last] show as in Windows-1252, and in Latin-1 where that leaves them undefined."""
    signs = bytes(range(first, last + 1)).decode("cp1252", errors="ignore")
    return re.escape(signs) + (f"{chr(first)}-{chr(min(last, 0x9F))}" if first <= 0x9F else "")


# The letters of western Europe, and the quotes, dashes, bullets and euro of the general punctuation. Other pairs
# stand in proper text: a French "à" with a no-break space and a quote, capitals before a quote.
_GARBLED = re.compile(
    f"[ÃÅ][{_seen_as_cp1252(0x80, 0x9F)}]|[ÃÂ][{_seen_as_cp1252(0xA0, 0xBF)}]|"
    f"Å[{_seen_as_cp1252(0xA1, 0xBF)}]|â[{_seen_as_cp1252(0x80, 0x84)}][{_seen_as_cp1252(0x80, 0xBF)}]|ï»¿|ï¿½"
)
_GARBLED_STARTS = ("Ã", "Å", "Â", "â", "ï»¿", "ï¿½")


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` without byte order mark, the codec's name, and how many characters were replaced by U+FFFD."""

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode by a fixed ladder: mark, UTF-16 without mark, UTF-8, `declared`, UTF-8 with stray bytes, Windows-1252.

    `declared` is what `declared_encoding` found. Valid UTF-8 goes before it: text in another encoding is
    hardly ever valid by accident, while pages that were saved in UTF-8 often keep an old declaration.
    Raises `UserError` "empty" for nothing but white space and "binary" for what is no text.
    """
    decoded = _decode(data, declared)
    if not decoded.text or decoded.text.isspace():
        raise UserError("empty", "the file is empty", "Give a file that holds the text of the policy.")
    return decoded


def declared_encoding(data: bytes) -> str | None:
    """The codec that an HTML page declares near its top, by the rules of the HTML standard; None if it names none.

    A `meta` goes before an XML declaration, comments do not count, and names stand for what browsers take them for.
    """
    head = _COMMENT.sub(b"", data[:_DECLARED_WITHIN])
    match = _META.search(head) or _XML_DECLARATION.match(head)
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii").strip()).name
    except LookupError:
        return None
    name = _AS_BROWSERS_DO.get(name, name)
    return name if name in _DECLARABLE else None


def garbled(text: str) -> int:
    """How many characters of `text` were UTF-8 that an earlier program took for Windows-1252 ("Ã«" for "ë")."""
    if text.isascii() or not any(sign in text for sign in _GARBLED_STARTS):
        return 0
    return sum(1 for _ in _GARBLED.finditer(text))


def _decode(data: bytes, declared: str | None) -> Decoded:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            hint = next((hint for end, hint in _HINTS if name.endswith(end)), _READABLE)
            raise UserError("binary", f"this is {name}, not text", hint)
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
    if declared not in (None, "utf-8", "cp1252"):
        return _replacing(data, declared)
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
