"""Reading a policy: from a file's bytes to a `Document`."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from policylint.document import Document
from policylint.errors import UserError
from policylint.reading import office
from policylint.reading.assembly import Provenance, assemble
from policylint.reading.decoding import decode
from policylint.reading.markdown import read_markdown
from policylint.reading.plaintext import read_text

FORMATS = ("markdown", "text", "docx", "odt", "rtf")

_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_OFFICE_SUFFIXES = {
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".dotm": "docx",
    ".odt": "odt",
    ".ott": "odt",
    ".rtf": "rtf",
    ".doc": "doc",
}
_OTHER_SUFFIXES = {
    ".pdf": "PDF",
    ".html": "HTML",
    ".htm": "HTML",
    ".xhtml": "HTML",
    ".epub": "EPUB",
    ".pages": "Pages",
    ".pptx": "PowerPoint",
    ".xlsx": "Excel",
}
_READ = (
    "Formats that are read: Markdown (.md, .markdown), plain text (.txt, .text), "
    "Word (.docx), OpenDocument (.odt) and RTF (.rtf)."
)
_MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6}[ \t]+\S|---[ \t]*$)|\]\((?:https?:|mailto:|/|#)", re.MULTILINE)
_SNIFFED = 20_000


def read(path: str, data: bytes, format: str | None = None) -> Document:
    """Read the bytes of the file at `path`.

    `format` is one of `FORMATS`; without it the suffix decides, and for a name without one (standard
    input) the bytes themselves. Raises `UserError`: "unsupported-format", "binary", "empty" (nothing a visitor
    reads), or the codes of the reader of the format.
    """
    chosen = format or _format_of(path)
    if chosen is not None and chosen not in (*FORMATS, *office.FORMATS):
        raise UserError("unsupported-format", f"unknown format {chosen!r}", _READ)
    digest = hashlib.sha256(data).hexdigest()
    if chosen in office.FORMATS or (chosen is None and office.recognises(data)):
        document = office.read_office(path, data, digest)
    else:
        decoded = decode(data)
        if chosen is None:
            chosen = "markdown" if _looks_like_markdown(decoded.text) else "text"
        blocks = read_markdown(decoded.text) if chosen == "markdown" else read_text(decoded.text)
        document = assemble(decoded.text, blocks, Provenance(path, digest, chosen, decoded.encoding, decoded.replaced))
    if not document.text:
        raise UserError(
            "empty",
            "there is no visible text in this file",
            "Give a file that holds the text of the policy, not only markup or front matter.",
        )
    return document


def _format_of(path: str) -> str | None:
    suffix = PurePath(path).suffix.lower()
    if suffix in _OFFICE_SUFFIXES:
        return _OFFICE_SUFFIXES[suffix]
    if suffix in _OTHER_SUFFIXES:
        name = _OTHER_SUFFIXES[suffix]
        raise UserError(
            "unsupported-format",
            f"{name} files are not read",
            f"{_READ} Save or export the text in one of them.",
        )
    if not suffix:
        return None
    return "markdown" if suffix in _MARKDOWN_SUFFIXES else "text"


def _looks_like_markdown(text: str) -> bool:
    return sum(1 for _ in _MARKDOWN_SIGNS.finditer(text[:_SNIFFED])) >= 2
