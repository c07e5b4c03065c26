"""Fuzzes the readers, guided by coverage: whatever the bytes, a document that holds together or a `UserError`.

usage: python benchmarks/fuzz.py FORMAT FOLDER [SECONDS] [-LIBFUZZER_OPTION=VALUE ...]

FORMAT is html, markdown, docx, odt, rtf or pdf; FOLDER keeps the inputs that reach new code, begun with seeds made from
the samples (by pandoc, and by reportlab for PDF), and those that failed (crash-*, timeout-*). Word and OpenDocument are
fuzzed part by part, for a changed byte in a zip file only breaks its checksum: an input is the parts, each after a line
`%%%% NAME`. PDF is read in this process, so that its code is seen. Needs `pip install atheris reportlab`; atheris is no
dependency of the project.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["policylint.reading", "policylint.document"]):
    from policylint.document import Document
    from policylint.errors import UserError
    from policylint.reading import html, opendocument, pdf, pdf_process, pdf_worker, read, rtf, word  # noqa: F401

SAMPLES = Path(__file__).parent.parent / "samples"
SEED_CHARACTERS = 1500
SECONDS = 600
PARTS = {
    "docx": ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/_rels/document.xml.rels"),
    "odt": ("content.xml", "styles.xml"),
}
MARK = b"\n%%%% "


def chunks() -> Iterator[str]:
    """The samples in pieces of about a page."""
    for path in sorted(each for each in SAMPLES.iterdir() if each.is_file()):
        piece = ""
        for paragraph in path.read_text("utf-8").split("\n\n"):
            piece += paragraph + "\n\n"
            if len(piece) > SEED_CHARACTERS:
                yield piece
                piece = ""
        yield piece


def seed(format: str, text: str) -> bytes:
    """A piece of a sample as an input of the fuzzer."""
    if format == "markdown":
        return text.encode()
    if format == "pdf":
        return printed(text)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"seed.{format}"
        command = ["pandoc", "--standalone", "--metadata", "title= ", "--from", "gfm", "--output", str(target)]
        subprocess.run(command, input=text.encode(), check=True)
        if format not in PARTS:
            return target.read_bytes()
        with zipfile.ZipFile(target) as package:
            return b"".join(MARK + name.encode() + b"\n" + package.read(name) for name in PARTS[format])


def printed(text: str) -> bytes:
    """A PDF that is not compressed, so that a changed byte changes what is drawn."""
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=0, invariant=1)
    for half in (text[: len(text) // 2], text[len(text) // 2 :]):
        place = 780
        for line in half.splitlines():
            title = line.startswith("#")
            canvas.setFont("Helvetica-Bold" if title else "Helvetica", 16 if title else 11)
            canvas.drawString(72, place, line.lstrip("# "))
            place -= 22 if title else 14
        canvas.rect(70, 60, 200, 20)
        canvas.linkURL("https://example.org/privacy", (72, 60, 200, 80))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def packed(data: bytes, parts: tuple[str, ...]) -> bytes:
    """The parts of an input as the package that a word processor would write."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        if parts == PARTS["docx"]:
            package.writestr("[Content_Types].xml", "<Types/>")
        contents = dict(part.partition(b"\n")[::2] for part in data.split(MARK))
        for name in parts:
            if name.encode() in contents:
                package.writestr(name, contents[name.encode()])
    return file.getvalue()


def pages_in_process(data: bytes) -> pdf_process.PackedPages:
    """What `pages_of` gives, without the process of its own."""
    pages = pdf_process.PackedPages()
    for record in pdf_worker.records(data):
        if "error" in record:
            raise UserError(record["error"], "the worker gave up", "none")
        if "pages" not in record:
            pages.add(json.dumps(record).encode())
    return pages


def check(document: Document) -> None:
    """What holds for every document: blocks in order, each with a place in the source."""
    assert document.text and document.blocks[0].start == 0 and document.blocks[-1].end == len(document.text)
    for before, after in pairwise(document.blocks):
        assert before.start < before.end == after.start - 1
    for block in document.blocks:
        assert document.block_text(block) == document.block_text(block).strip()
        place = document.source_map.locate(block.start, block.end)
        assert (place.line or place.paragraph or 0) > 0 and (place.column or 0) > 0
    for link in document.links:
        assert 0 <= link.start < link.end <= len(document.text)


def target(format: str) -> Callable[[bytes], None]:
    """The function that is fuzzed."""

    def run(data: bytes) -> None:
        try:
            document = read("policy", packed(data, PARTS[format]) if format in PARTS else data, format)
        except UserError as error:
            assert error.message and error.hint
            return
        check(document)

    return run


def main() -> None:
    """Make seeds and fuzz."""
    format, folder, *rest = sys.argv[1:]
    found = Path(folder)
    found.mkdir(parents=True, exist_ok=True)
    if not any(found.iterdir()):
        for number, text in enumerate(chunks()):
            (found / f"seed-{number:02}").write_bytes(seed(format, text))
    seconds = rest.pop(0) if rest and rest[0].isdigit() else str(SECONDS)
    if format == "pdf":
        pdf.pages_of = pages_in_process
    options = ["-timeout=30", "-rss_limit_mb=1500", f"-artifact_prefix={found}/", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], str(found), f"-max_total_time={seconds}", *options, *rest], target(format))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
