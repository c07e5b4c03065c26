"""Reading a policy: from a file's bytes to a `Document`."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import PurePath

from policylint.document import Document, Numbering
from policylint.errors import UserError
from policylint.reading import office
from policylint.reading.assembly import Provenance, assemble
from policylint.reading.decoding import declared_encoding, decode
from policylint.reading.markdown import read_markdown
from policylint.reading.markup import is_markup
from policylint.reading.plaintext import read_text
from policylint.reading.remarks import find_remarks
from policylint.reading.thresholds import LARGEST, REPLACED_MAXIMUM

SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".dotm": "docx",
    ".odt": "odt",
    ".ott": "odt",
    ".rtf": "rtf",
    ".doc": "doc",
}
"""The format that each suffix stands for; a file with another suffix is read as text, if it is text."""
FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))

_OTHER_SUFFIXES = {".epub": "EPUB", ".pages": "Pages", ".pptx": "PowerPoint", ".xlsx": "Excel"}
_READ = (
    "Formats that are read: plain text (.txt), Markdown (.md), web pages (.html), PDF (.pdf), Word (.docx), "
    "OpenDocument (.odt) and RTF (.rtf)."
)
_MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6}[ \t]+\S|---[ \t]*$)|\]\((?:https?:|mailto:|/|#)", re.MULTILINE)
_PAGE_START = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_PDF = b"%PDF-"
_SNIFFED = 20_000


def read(path: str, data: bytes, format: str | None = None) -> Document:
    """Read the bytes of the file at `path`.

    `format` is one of `FORMATS`; without it the suffix decides, and for a name without one (standard
    input) the bytes themselves. Raises `UserError`: "too-large", "unsupported-format", "binary", "unreadable-text"
    (much of it cannot be decoded), "empty" (nothing a visitor reads), or the codes of the reader of the format.
    """
    if len(data) > LARGEST:
        hint = "Give the policy alone, without the rest of the file."
        raise UserError("too-large", f"this is larger than {LARGEST // 1_000_000} MB", hint)
    chosen = format or _format_of(path)
    if chosen is not None and chosen not in FORMATS:
        raise UserError("unsupported-format", f"unknown format {chosen!r}", _READ)
    digest = hashlib.sha256(data).hexdigest()
    if chosen in office.FORMATS or (chosen is None and office.recognises(data)):
        document = office.read_office(path, data, digest)
    elif chosen == "pdf" or (chosen is None and data.startswith(_PDF)):
        document = _read_pdf(path, data, digest)
    else:
        document = _read_text(path, data, digest, chosen)
    if not document.text:
        raise UserError(
            "empty",
            "there is no visible text in this file",
            "Give a file that holds the text of the policy, not only markup or front matter.",
        )
    return document


def _read_pdf(path: str, data: bytes, digest: str) -> Document:
    from policylint.reading.pdf import read_pdf

    pdf = read_pdf(data)
    provenance = Provenance(
        path, digest, "pdf", "pdf", pdf.replaced, Numbering.PAGES, pdf.pages, pdf.pages_without_text, pdf.left_out
    )
    return assemble(pdf.source, pdf.blocks, provenance)


def _read_text(path: str, data: bytes, digest: str, format: str | None) -> Document:
    may_be_page = format == "html" or (format is None and b"<" in data[:_SNIFFED])
    decoded = decode(data, declared_encoding(data) if may_be_page else None)
    format = format or _format_by_content(decoded.text)
    if decoded.replaced > REPLACED_MAXIMUM * len(decoded.text):
        raise UserError(
            "unreadable-text",
            f"{decoded.replaced} of the {len(decoded.text)} characters of this file could not be decoded",
            "Save it again in UTF-8 and check that file.",
        )
    left_out, pictures = 0.0, 0
    if format == "html":
        from policylint.reading.html import read_html

        blocks, left_out, pictures = read_html(decoded.text)
    else:
        blocks = read_markdown(decoded.text) if format == "markdown" else read_text(decoded.text)
    provenance = Provenance(
        path, digest, format, decoded.encoding, decoded.replaced, left_out=left_out, pictures=pictures
    )
    document = assemble(decoded.text, blocks, provenance)
    return replace(document, remarks=find_remarks(decoded.text, document))


def _format_of(path: str) -> str | None:
    suffix = PurePath(path).suffix.lower()
    if suffix in _OTHER_SUFFIXES:
        name = _OTHER_SUFFIXES[suffix]
        raise UserError(
            "unsupported-format",
            f"{name} files are not read",
            f"{_READ} Save or export the text in one of them.",
        )
    return SUFFIXES.get(suffix, "text") if suffix else None


def _format_by_content(text: str) -> str:
    if _PAGE_START.match(text[:_SNIFFED]) or (text.lstrip()[:1] == "<" and is_markup(text)):
        return "html"
    return "markdown" if _looks_like_markdown(text) else "text"


def _looks_like_markdown(text: str) -> bool:
    return sum(1 for _ in _MARKDOWN_SIGNS.finditer(text[:_SNIFFED])) >= 2
