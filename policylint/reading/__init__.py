"""Reading a policy: from a file's bytes to a `Document`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePath

from policylint.document import Document
from policylint.errors import UserError
from policylint.reading.assembly import Provenance, RawBlock, assemble
from policylint.reading.decoding import declared_encoding, decode
from policylint.reading.markdown import read_markdown
from policylint.reading.markup import is_markup
from policylint.reading.plaintext import read_text

FORMATS = ("html", "markdown", "text")

_SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
_OTHER_SUFFIXES = {
    ".pdf": "PDF",
    ".docx": "Word",
    ".doc": "Word",
    ".odt": "OpenDocument",
    ".rtf": "RTF",
    ".epub": "EPUB",
    ".pages": "Pages",
    ".pptx": "PowerPoint",
    ".xlsx": "Excel",
}
_READ = "Formats that are read: Markdown (.md, .markdown), web pages (.html, .htm, .xhtml) and plain text (.txt)."
_MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6}[ \t]+\S|---[ \t]*$)|\]\((?:https?:|mailto:|/|#)", re.MULTILINE)
_PAGE_START = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SNIFFED = 20_000


def read(path: str, data: bytes, format: str | None = None) -> Document:
    """Read the bytes of the file at `path`.

    `format` is one of `FORMATS`; without it the suffix decides, and for a name without one (standard
    input) the text itself. Raises `UserError`: "unsupported-format", "binary", or "empty" (nothing a visitor reads).
    """
    chosen = format or _format_of(path)
    if chosen is not None and chosen not in FORMATS:
        raise UserError("unsupported-format", f"unknown format {chosen!r}", _READ)
    decoded = decode(data, declared_encoding(data) if _may_be_page(chosen, data) else None)
    chosen = chosen or _format_by_content(decoded.text)
    blocks, left_out = _blocks(decoded.text, chosen)
    digest = hashlib.sha256(data).hexdigest()
    provenance = Provenance(path, digest, chosen, decoded.encoding, decoded.replaced, left_out=left_out)
    document = assemble(decoded.text, blocks, provenance)
    if not document.text:
        raise UserError(
            "empty",
            "there is no visible text in this file",
            "Give a file that holds the text of the policy, not only markup or front matter.",
        )
    return document


def _may_be_page(format: str | None, data: bytes) -> bool:
    return format == "html" or (format is None and b"<" in data[:_SNIFFED])


def _blocks(text: str, format: str) -> tuple[Iterable[RawBlock], float]:
    """The blocks of a text and the share of it that was left out."""
    if format == "html":
        from policylint.reading.html import read_html

        return read_html(text)
    return (read_markdown(text) if format == "markdown" else read_text(text)), 0.0


def _format_of(path: str) -> str | None:
    suffix = PurePath(path).suffix.lower()
    if suffix in _OTHER_SUFFIXES:
        name = _OTHER_SUFFIXES[suffix]
        raise UserError(
            "unsupported-format",
            f"{name} files are not read",
            f"{_READ} Save or export the text in one of them.",
        )
    if not suffix:
        return None
    return _SUFFIXES.get(suffix, "text")


def _format_by_content(text: str) -> str:
    if _PAGE_START.match(text[:_SNIFFED]) or (text.lstrip()[:1] == "<" and is_markup(text)):
        return "html"
    return "markdown" if _looks_like_markdown(text) else "text"


def _looks_like_markdown(text: str) -> bool:
    return sum(1 for _ in _MARKDOWN_SIGNS.finditer(text[:_SNIFFED])) >= 2
