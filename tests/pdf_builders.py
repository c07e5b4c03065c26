"""PDFs made at test time, by another library than the one that reads them, and by hand where they must be bad."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable, Sequence

from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

TOP = 780  # of 842 points, measured from below as the format does
LEFT = 72
LEADING = 14

Drawing = Callable[[Canvas], None]


def pdf(
    *pages: Drawing, user: str | None = None, owner: str | None = None, size: tuple[float, float] = (595, 842)
) -> bytes:
    """A PDF with what each of `pages` draws; with a password to open it, or to change it only."""
    locked = None if user is None and owner is None else StandardEncryption(user or "", owner, canPrint=0)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, encrypt=locked, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def text(*lines: str, x: float = LEFT, y: float = TOP, font: str = "Helvetica", size: float = 11) -> Drawing:
    """Lines below each other; an empty one leaves a gap."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        place = y
        for line in lines:
            canvas.drawString(x, place, line)
            place -= LEADING

    return draw


def together(*drawings: Drawing) -> Drawing:
    """Several drawings on one page."""

    def draw(canvas: Canvas) -> None:
        for drawing in drawings:
            drawing(canvas)

    return draw


def scan(canvas: Canvas) -> None:
    """A page that is a picture."""
    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)


def ruled_table(rows: Sequence[Sequence[str]], x: float = LEFT, y: float = 500, width: float = 150) -> Drawing:
    """A table with lines around its cells."""

    def draw(canvas: Canvas) -> None:
        table = Table([list(row) for row in rows], colWidths=width)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONTSIZE", (0, 0), (-1, -1), 10)]))
        table.wrapOn(canvas, 500, 500)
        table.drawOn(canvas, x, y)

    return draw


def raw_pdf(objects: Iterable[bytes], root: int = 1) -> bytes:
    """A PDF of `objects`, numbered from 1, whatever they are."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, root, start)
    return bytes(out)


def stream(body: bytes, extra: bytes = b"", packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        body, extra = zlib.compress(body, 9), extra + b" /Filter /FlateDecode"
    return b"<< /Length %d%s >>\nstream\n" % (len(body), extra) + body + b"\nendstream"


FONT = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> %s >>"


def one_page(content: bytes, *more: bytes, catalog: bytes = b"", resources: bytes = b"", page: bytes = b"") -> bytes:
    """A PDF of one page with `content` as object 4; `more` objects follow from number 5."""
    return raw_pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s %s >>"
            % (FONT % resources, page),
            content,
            *more,
        ]
    )


SAYS = b"BT /F1 12 Tf 72 700 Td (We process your personal data.) Tj ET"
