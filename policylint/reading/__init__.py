"""Reading a policy: from a file's bytes to a `Document`."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from policylint.document import Document, Numbering
from policylint.errors import UserError
from policylint.reading.assembly import Provenance, assemble
from policylint.reading.decoding import decode
from policylint.reading.markdown import read_markdown
from policylint.reading.plaintext import read_text

FORMATS = ("markdown", "text", "pdf")

_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_OTHER_SUFFIXES = {
    ".docx": "Word",
    ".doc": "Word",
    ".odt": "OpenDocument",
    ".rtf": "RTF",
    ".html": "HTML",
    ".htm": "HTML",
    ".xhtml": "HTML",
    ".epub": "EPUB",
    ".pages": "Pages",
    ".pptx": "PowerPoint",
    ".xlsx": "Excel",
}
_READ = "Formats that are read: Markdown (.md, .markdown), plain text (.txt, .text) and PDF (.pdf)."
_MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6}[ \t]+\S|---[ \t]*$)|\]\((?:https?:|mailto:|/|#)", re.MULTILINE)
_SNIFFED = 20_000


def read(path: str, data: bytes, format: str | None = None) -> Document:
    """Read the bytes of the file at `path`.

    `format` is one of `FORMATS`; without it the suffix decides, and for a name without one (standard
    input) the text itself. Raises `UserError`: "unsupported-format", "binary", or "empty" (nothing a visitor reads).
    """
    chosen = format or _format_of(path)
    if chosen is not None and chosen not in FORMATS:
        raise UserError("unsupported-format", f"unknown format {chosen!r}", _READ)
    if chosen == "pdf" or (chosen is None and data.startswith(b"%PDF-")):
        return _filled(_read_pdf(path, data))
    decoded = decode(data)
    if chosen is None:
        chosen = "markdown" if _looks_like_markdown(decoded.text) else "text"
    blocks = read_markdown(decoded.text) if chosen == "markdown" else read_text(decoded.text)
    digest = hashlib.sha256(data).hexdigest()
    return _filled(assemble(decoded.text, blocks, Provenance(path, digest, chosen, decoded.encoding, decoded.replaced)))


def _read_pdf(path: str, data: bytes) -> Document:
    from policylint.reading.pdf import read_pdf

    pdf = read_pdf(data)
    provenance = Provenance(
        path,
        hashlib.sha256(data).hexdigest(),
        "pdf",
        "pdf",
        pdf.replaced,
        Numbering.PAGES,
        pdf.pages,
        pdf.pages_without_text,
        pdf.left_out,
    )
    return assemble(pdf.source, pdf.blocks, provenance)


def _filled(document: Document) -> Document:
    if not document.text:
        raise UserError(
            "empty",
            "there is no visible text in this file",
            "Give a file that holds the text of the policy, not only markup or front matter.",
        )
    return document


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
    if suffix == ".pdf":
        return "pdf"
    return "markdown" if suffix in _MARKDOWN_SUFFIXES else "text"


def _looks_like_markdown(text: str) -> bool:
    return sum(1 for _ in _MARKDOWN_SIGNS.finditer(text[:_SNIFFED])) >= 2
