"""Files of word processors, written part by part: what a test puts in is what stands in the file."""

from __future__ import annotations

import io
import zipfile

from policylint.document import Document
from policylint.reading import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMESPACES = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def docx_bytes(body: str, links: dict[str, str] | None = None, namespace: str = W, **parts: str) -> bytes:
    """A Word file with this body; `parts` (styles, numbering, footnotes, header1, ...) are the insides of others."""
    relations = []
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(
            [f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>']
        ),
        "word/document.xml": f'<w:document xmlns:w="{namespace}" {_NAMESPACES}><w:body>{body}</w:body></w:document>',
    }
    for name, inside in parts.items():
        kind = name.rstrip("0123456789")
        root = _ROOTS.get(kind, "hdr" if kind == "header" else "ftr")
        files[f"word/{name}.xml"] = f'<w:{root} xmlns:w="{namespace}" {_NAMESPACES}>{inside}</w:{root}>'
        relations.append(f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>')
    for identity, target in (links or {}).items():
        relations.append(
            f'<Relationship Id="{identity}" Type="{_OFFICE}/hyperlink" Target="{target}" TargetMode="External"/>'
        )
    files["word/_rels/document.xml.rels"] = _relations(relations)
    return packed(files)


def _relations(relations: list[str]) -> str:
    inside = "".join(relations)
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def docx(body: str, links: dict[str, str] | None = None, **parts: str) -> Document:
    """A Word file with this body, read."""
    return read("policy.docx", docx_bytes(body, links, **parts))


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def styled(style: str) -> str:
    """The property that gives a paragraph a style."""
    return f'<w:pStyle w:val="{style}"/>'


def row(*cells: str, properties: str = "") -> str:
    """A row of cells, each a paragraph unless it holds XML of its own."""
    inside = "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in cells)
    return f"<w:tr>{properties}{inside}</w:tr>"


_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OPEN = " ".join(
    [
        *(f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "text", "table", "style")),
        f'xmlns:draw="{_OASIS}drawing:1.0" xmlns:fo="{_OASIS}xsl-fo-compatible:1.0"',
        f'xmlns:svg="{_OASIS}svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"',
    ]
)


def odt_bytes(text: str, styles: str = "", master: str = "") -> bytes:
    """An OpenDocument text with this content, automatic styles and master pages."""
    body = f"<office:body><office:text>{text}</office:text></office:body>"
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_OPEN}>{automatic}{body}</office:document-content>",
            "styles.xml": f"<office:document-styles {_OPEN}><office:master-styles><style:master-page>{master}"
            "</style:master-page></office:master-styles></office:document-styles>",
        }
    )


def odt(text: str, styles: str = "", master: str = "") -> Document:
    """An OpenDocument text with this content, read."""
    return read("policy.odt", odt_bytes(text, styles, master))


def rtf(body: str) -> Document:
    """An RTF file with this body, read."""
    return read("policy.rtf", rtf_bytes(body))


def rtf_bytes(body: str) -> bytes:
    """An RTF file with this body, after a style sheet with two headings and contents."""
    head = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}"
        r"{\f2\fcharset128 MS Gothic;}}{\colortbl;\red0\green0\blue0;}"
        r"{\stylesheet{Normal;}{\s1 \b heading 1;}{\s2\outlinelevel1 Kopje;}{\s3 toc 1;}}{\info{\title Geheim}}"
    )
    return (head + body + "}").encode("latin-1")
