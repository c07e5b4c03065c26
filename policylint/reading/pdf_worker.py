"""The words of a PDF with their places, read in a process of its own.

The library that parses is native code and a policy is untrusted: a file that crashes it, loops or asks for
gigabytes costs this process, not the run. A request on standard input is a line with two numbers, how much memory
may be used and how many bytes follow, and the bytes of the file. One line of JSON goes out for the document, one for
every page, and `{"end":true}`. The process reads file after file until its input ends. Nothing of this package is
imported here, so that starting is cheap.

Run as: python -I pdf_worker.py SYS_PATH...
"""

from __future__ import annotations

import ctypes
import json
import math
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

if __name__ == "__main__":
    # As the caller finds it: nothing is taken from the folder of this file or from the environment.
    sys.path[:] = sys.argv[1:]

try:
    import pypdfium2
    import pypdfium2.raw as raw
except (ImportError, OSError):
    if __name__ != "__main__":
        raise
    sys.stdout.write('{"error":"missing-extra"}\n')
    sys.exit()

MAX_PAGES = 10_000
MAX_CHARACTERS = 20_000_000
MAX_PAGE_CHARACTERS = 500_000
_MAX_OBJECTS = 4_000
_MAX_LINKS = 2_000
_LONGEST_TARGET = 2_000
_LONGEST_WORD = 2_000
_THIN = 3.0  # points; a rectangle no thicker is a ruled line
_DOT = 8.0  # points; a square or circle no larger may be the bullet of a list
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi(?!light)", re.IGNORECASE)
_BOLD_WEIGHT = 600
# The library gives a hyphen at the end of a line as U+0002 and goes on with the next line at once.
_WORD = re.compile(r"[^\s\0\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_HYPHENS = str.maketrans("\x02\ufffe", "--")
_NOTE_MARK = re.compile(r"(?<=[^\W\d])\d{1,3}$|(?<=[.,;:)”\"'’])\d{1,3}$")
_ERROR_NAMES = {3: "damaged", 4: "encrypted", 5: "encrypted"}


class Style(NamedTuple):
    """How the text of one drawing command is set.

    Size in points as printed, bold or not, by how many quarters of a turn it stands askew (-1: other), colour,
    and the height of its line in the page's own space.
    """

    size: float
    bold: int
    turns: int
    colour: int
    origin: float


def main() -> None:
    """Answer requests until there are no more."""
    requests = sys.stdin.buffer
    while header := requests.readline():
        limit, size = map(int, header.split())
        _limit_memory(limit)
        _answer(requests.read(size))


def _answer(data: bytes) -> None:
    write = sys.stdout.write
    try:
        for record in records(data):
            write(json.dumps(record, ensure_ascii=True, separators=(",", ":")))
            write("\n")
            # The caller takes in this page while the next one is read.
            sys.stdout.flush()
    except MemoryError:
        write('\n{"error":"too-large"}\n')
    write('{"end":true}\n')
    sys.stdout.flush()


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the caller's time limit still holds
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def records(data: bytes) -> Iterator[dict[str, Any]]:
    """`{"pages": n}`, then a page each, or `{"error": code}` where it ends."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        yield {"error": _ERROR_NAMES.get(getattr(error, "err_code", 0) or 0, "damaged")}
        return
    try:
        yield from _records(document)
    finally:
        document.close()


def _records(document: pypdfium2.PdfDocument) -> Iterator[dict[str, Any]]:
    count = len(document)
    if count > MAX_PAGES:
        yield {"error": "too-many-pages"}
        return
    yield {"pages": count}
    characters = 0
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            yield {"damaged": True}
            continue
        try:
            record = _page(page)
        except pypdfium2.PdfiumError:
            record = {"damaged": True}
        finally:
            page.close()
        characters += record.get("characters", 0)
        if characters > MAX_CHARACTERS or record.get("characters", 0) > MAX_PAGE_CHARACTERS:
            yield {"error": "too-large"}
            return
        yield record


def _page(page: pypdfium2.PdfPage) -> dict[str, Any]:
    left, bottom, right, top = page.get_bbox()
    if not all(map(math.isfinite, (left, bottom, right, top))):
        left, bottom, right, top = 0.0, 0.0, 612.0, 792.0
    turn = _Turn(left, bottom, right, top, page.get_rotation() // 90)
    textpage = page.get_textpage()
    count = textpage.count_chars()
    if count > MAX_PAGE_CHARACTERS:
        return {"characters": count}
    text = _text(textpage, count)
    links = list(_links(page, turn))
    words = []
    styles: dict[int, Style] = {}
    has_error = raw.FPDFText_HasUnicodeMapError
    handle = textpage.raw
    rect = raw.FS_RECTF()
    reference = ctypes.byref(rect)
    get_box = raw.FPDFText_GetLooseCharBox
    for start, end in _spans(text, textpage, styles):
        word = text[start : min(end, start + _LONGEST_WORD)]
        if not word.isalnum():
            word = word.translate(_HYPHENS)
        style = _style(textpage, start, styles)
        x0 = y0 = x1 = y1 = 0.0
        if get_box(handle, start, reference):
            x0, y0, x1, y1 = rect.left, rect.bottom, rect.right, rect.top
        if end - start > 1 and get_box(handle, end - 1, reference):
            x0, y0, x1, y1 = min(x0, rect.left), min(y0, rect.bottom), max(x1, rect.right), max(y1, rect.top)
        if not math.isfinite(x0 + y0 + x1 + y1):
            x0 = y0 = x1 = y1 = 0.0
        x0, y0, x1, y1 = box = turn.box(x0, y0, x1, y1)
        # A font tells the letters of all its glyphs or, as a rule, of none.
        missing = sum(has_error(handle, n) == 1 for n in range(start, end)) if has_error(handle, start) == 1 else 0
        level = style.turns == 0 == turn.turns
        baseline = turn.top - style.origin if level else turn.point(*_origin(handle, start))[1]
        turns = (style.turns + turn.turns) % 4 if style.turns >= 0 else -1
        link = _link_at(links, box) if links else -1
        # To tenths of points; round() would take as long as the rest.
        x0, y0, x1, y1 = (
            int(10 * x0 + 0.5) / 10,
            int(10 * y0 + 0.5) / 10,
            int(10 * x1 + 0.5) / 10,
            int(10 * y1 + 0.5) / 10,
        )
        words.append(
            (
                word,
                x0,
                y0,
                x1,
                y1,
                int(10 * baseline + 0.5) / 10,
                style.size,
                style.bold,
                turns,
                link,
                missing,
                style.colour,
            )
        )
    rules, dots, image = _objects(page, turn)
    textpage.close()
    return {
        "width": round(turn.width, 1),
        "height": round(turn.height, 1),
        "characters": count,
        "words": words,
        "links": [target for _, target in links],
        "rules": rules,
        "dots": dots,
        "image": image,
    }


class _Turn:
    """From the page's own space (origin below left, before rotation) to what is seen, top down."""

    def __init__(self, left: float, bottom: float, right: float, top: float, turns: int) -> None:
        self.left, self.bottom, self.right, self.top, self.turns = left, bottom, right, top, turns % 4
        width, height = right - left, top - bottom
        self.width, self.height = (height, width) if turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        if self.turns == 0 and x0 <= x1 and y0 <= y1:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)


def _text(textpage: pypdfium2.PdfTextPage, count: int) -> str:
    """One character per index of the page; what has none, or more, is fetched one by one."""
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(textpage.raw, 0, count, buffer)
    if written == count + 1:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", errors="surrogatepass")
        if len(text) == count:
            return text
    get = raw.FPDFText_GetUnicode
    return "".join(_character(get(textpage.raw, n)) for n in range(count))


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 else "\ufffd" if code else "\0"


def _spans(text: str, textpage: pypdfium2.PdfTextPage, styles: dict[int, Style]) -> Iterator[tuple[int, int]]:
    """Where words stand in `text`; the small number of a footnote is parted from the word it hangs on."""
    for match in _WORD.finditer(text):
        start, end = match.span()
        if end - start > 1 and text[end - 1].isdigit():
            mark = _NOTE_MARK.search(match.group())
            if mark is not None and mark.start():
                first, last = _style(textpage, start, styles), _style(textpage, end - 1, styles)
                if last.size < 0.8 * first.size:
                    yield start, start + mark.start()
                    start += mark.start()
        yield start, end


def _origin(handle: Any, index: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, index, x, y)
    return (x.value, y.value) if math.isfinite(x.value) and math.isfinite(y.value) else (0.0, 0.0)


def _style(textpage: pypdfium2.PdfTextPage, index: int, known: dict[int, Style]) -> Style:
    handle = raw.FPDFText_GetTextObject(textpage.raw, index)
    key = ctypes.addressof(handle.contents) if handle else 0
    if key and key in known:
        return known[key]
    size = float(raw.FPDFText_GetFontSize(textpage.raw, index))
    matrix = raw.FS_MATRIX()
    turns = 0
    if raw.FPDFText_GetMatrix(textpage.raw, index, matrix):
        size *= math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
        nearest = round(angle / 90)
        turns = (-nearest) % 4 if abs(angle - 90 * nearest) < 3 else -1
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(textpage.raw, index, buffer, 128, flags)
    name = buffer.raw[: max(min(length, 128) - 1, 0)].decode("utf-8", errors="replace")
    bold = bool(_BOLD_NAME.search(name)) or raw.FPDFText_GetFontWeight(textpage.raw, index) >= _BOLD_WEIGHT
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(textpage.raw, index, red, green, blue, alpha)
    colour = red.value << 16 | green.value << 8 | blue.value
    origin = _origin(textpage.raw, index)[1]
    size = round(min(size, 1000.0), 1) if math.isfinite(size) else 0.0
    style = Style(size, int(bold), turns, colour, origin)
    if key:
        known[key] = style
    return style


def _links(page: pypdfium2.PdfPage, turn: _Turn) -> Iterator[tuple[tuple[float, float, float, float], str]]:
    """Rectangles that lead to an address."""
    document = page.pdf.raw
    position = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    for _ in range(_MAX_LINKS):
        if not raw.FPDFLink_Enumerate(page.raw, position, link):
            return
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        rect = raw.FS_RECTF()
        length = raw.FPDFAction_GetURIPath(document, action, None, 0)
        if not 1 < length <= _LONGEST_TARGET or not raw.FPDFLink_GetAnnotRect(link, rect):
            continue
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFAction_GetURIPath(document, action, buffer, length)
        target = buffer.raw[: length - 1].decode("utf-8", errors="replace")
        yield turn.box(rect.left, rect.bottom, rect.right, rect.top), target


def _link_at(links: list[tuple[tuple[float, float, float, float], str]], box: tuple[float, float, float, float]) -> int:
    if not links:
        return -1
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for n, ((x0, y0, x1, y1), _) in enumerate(links):
        if x0 <= x <= x1 and y0 <= y <= y1:
            return n
    return -1


def _objects(page: pypdfium2.PdfPage, turn: _Turn) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]], float]:
    """The ruled lines of a page, its drawn bullets, and which share of it an image covers at most."""
    rules: list[tuple[float, ...]] = []
    dots: list[tuple[float, ...]] = []
    image = 0.0
    sides = [ctypes.c_float() for _ in range(4)]
    area = max(turn.width * turn.height, 1.0)
    for n in range(min(raw.FPDFPage_CountObjects(page.raw), _MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, n)
        kind = raw.FPDFPageObj_GetType(item)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            continue
        if not raw.FPDFPageObj_GetBounds(item, *sides) or not all(math.isfinite(side.value) for side in sides):
            continue
        x0, y0, x1, y1 = turn.box(*(side.value for side in sides))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            seen = max(min(x1, turn.width) - max(x0, 0), 0) * max(min(y1, turn.height) - max(y0, 0), 0)
            image = max(image, seen / area)
        elif max(x1 - x0, y1 - y0) <= _DOT and abs((x1 - x0) - (y1 - y0)) <= 0.5 and x1 - x0 > 1:
            dots.append((round(x0, 1), round(y0, 1), round(x1, 1), round(y1, 1)))
        elif x1 - x0 <= _THIN or y1 - y0 <= _THIN:
            rules.append(tuple(round(side, 1) for side in (x0, y0, x1, y1)))
        elif y1 - y0 < turn.height / 2:
            a, b, c, d = (round(side, 1) for side in (x0, y0, x1, y1))
            rules.extend(((a, b, c, b), (a, d, c, d), (a, b, a, d), (c, b, c, d)))
    return rules, dots, round(image, 3)


if __name__ == "__main__":
    main()
