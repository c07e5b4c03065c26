"""Files of word processors: which of their formats the bytes are in, whatever the name says."""

from __future__ import annotations

from policylint.document import Document, Numbering
from policylint.errors import UserError
from policylint.reading.assembly import Provenance, assemble
from policylint.reading.package import is_ole, is_package, ole_error, package_format

FORMATS = ("docx", "odt", "rtf", "doc")

_RTF = b"{\\rtf"


def recognises(data: bytes) -> bool:
    """Whether the bytes are a word processor's and no text."""
    return data.lstrip()[: len(_RTF)] == _RTF or is_ole(data) or is_package(data)


def read_office(path: str, data: bytes, sha256: str) -> Document:
    """Read a file of a word processor. Places are paragraphs.

    Raises `UserError`: "unsupported-format", and the codes of the reader of the format.
    """
    if is_ole(data):
        raise ole_error(data)
    if is_package(data):
        format = package_format(data)
        if format == "odt":
            from policylint.reading.opendocument import read_odt

            reading = read_odt(data)
        else:
            from policylint.reading.word import read_docx

            reading = read_docx(data)
        encoding = "utf-8"
    elif data.lstrip().startswith(_RTF):
        from policylint.reading.rtf import read_rtf

        format, encoding = "rtf", "ascii"
        reading = read_rtf(data)
    else:
        raise UserError(
            "damaged",
            "this is no file of a word processor, whatever its name says",
            "Save the text as .docx or .odt in a word processor, or name a text file .txt or .md.",
        )
    provenance = Provenance(
        path,
        sha256,
        format,
        encoding,
        reading.replaced,
        numbering=Numbering.PARAGRAPHS,
        pictures=reading.pictures,
    )
    return assemble(reading.source, reading.blocks, provenance)
