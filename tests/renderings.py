"""The samples in every format, written by other programs than the readers use."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from markdown_it import MarkdownIt

SAMPLES = sorted(
    path for path in (Path(__file__).parent.parent / "samples").iterdir() if path.is_file() and path.stem != "README"
)
MARKDOWN = [path for path in SAMPLES if path.suffix == ".md"]
TEXTS = [path for path in SAMPLES if path.suffix == ".txt"]
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Site</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/shop">Winkel</a></li></ul></nav>
<div class="content">{}</div>
<footer><a href="/a">Over ons</a> <a href="/b">Pers</a> <a href="/c">Werken bij</a> <a href="/d">Sitemap</a></footer>
</body></html>"""

Renderer = Callable[[Sequence[Path], Path], list[Path]]
"""Writes the named files again in a folder, in another format, and says where each stands."""


class NotInstalledError(Exception):
    """A program is needed that this computer lacks."""


def run(*command: str, text: str | None = None) -> None:
    """Run a program of the operating system."""
    if shutil.which(command[0]) is None:
        raise NotInstalledError(command[0])
    subprocess.run(command, input=text, check=True, capture_output=True, encoding="utf-8", timeout=300)


def by_pandoc(suffix: str, writer: str = "") -> Renderer:
    """From Markdown, by pandoc."""

    def render(sources: Sequence[Path], folder: Path) -> list[Path]:
        targets = [folder / f"{source.stem}.{suffix}" for source in sources]
        for source, target in zip(sources, targets, strict=True):
            options = ["--standalone", "--wrap=none", "--metadata", "title= "]
            options += ["--to", writer] if writer else []
            run("pandoc", *options, "--from", "gfm", str(source), "--output", str(target))
        return targets

    return render


def by_libreoffice(suffix: str, before: Renderer | None = None) -> Renderer:
    """From what `before` makes, or from the text itself, by LibreOffice Writer."""
    kinds = {"rtf": "rtf:Rich Text Format", "html": "html:HTML (StarWriter)", "pdf": "pdf:writer_pdf_Export"}

    def render(sources: Sequence[Path], folder: Path) -> list[Path]:
        if before is not None:
            (folder / "before").mkdir()
            sources = before(sources, folder / "before")
        run(
            *("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--writer"),
            *("--infilter=Text (encoded):UTF8,LF,,,",) * (sources[0].suffix == ".txt"),
            *("--convert-to", kinds.get(suffix, suffix), "--outdir", str(folder), *map(str, sources)),
        )
        return [folder / f"{source.stem}.{suffix}" for source in sources]

    return render


def by_chromium(sources: Sequence[Path], folder: Path) -> list[Path]:
    """A page printed to PDF by a browser."""
    (folder / "before").mkdir()
    pages = by_pandoc("html")(sources, folder / "before")
    targets = [folder / f"{page.stem}.pdf" for page in pages]
    for page, target in zip(pages, targets, strict=True):
        profile = f"--user-data-dir={folder}/profile"
        options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", profile)
        run("chromium", *options, f"--print-to-pdf={target}", str(page))
    return targets


def by_markdown_it(page: str) -> Renderer:
    """The body of a web page, put in `page`."""

    def render(sources: Sequence[Path], folder: Path) -> list[Path]:
        targets = [folder / f"{source.stem}.html" for source in sources]
        for source, target in zip(sources, targets, strict=True):
            body = str(MarkdownIt("commonmark").enable("table").render(source.read_text("utf-8")))
            target.write_text(page.format(body), "utf-8")
        return targets

    return render


def encoded(encoding: str) -> Renderer:
    """The text itself in another encoding."""

    def render(sources: Sequence[Path], folder: Path) -> list[Path]:
        targets = [folder / source.name for source in sources]
        for source, target in zip(sources, targets, strict=True):
            target.write_bytes(source.read_text("utf-8").encode(encoding))
        return targets

    return render


FROM_MARKDOWN: dict[str, Renderer] = {
    "html by markdown-it": by_markdown_it("{}"),
    "site by markdown-it": by_markdown_it(PAGE),
    "html by pandoc": by_pandoc("html"),
    "md by pandoc": by_pandoc("md", "gfm"),
    "txt by pandoc": by_pandoc("txt", "plain"),
    "docx by pandoc": by_pandoc("docx"),
    "odt by pandoc": by_pandoc("odt"),
    "rtf by pandoc": by_pandoc("rtf"),
    "html by LibreOffice": by_libreoffice("html", by_pandoc("odt")),
    "docx by LibreOffice": by_libreoffice("docx", by_pandoc("odt")),
    "odt by LibreOffice": by_libreoffice("odt", by_pandoc("docx")),
    "rtf by LibreOffice": by_libreoffice("rtf", by_pandoc("odt")),
    "pdf by LibreOffice": by_libreoffice("pdf", by_pandoc("docx")),
    "pdf by Chromium": by_chromium,
}
FROM_TEXT: dict[str, Renderer] = {
    f"{suffix} by LibreOffice": by_libreoffice(suffix) for suffix in ("html", "docx", "odt", "rtf", "pdf")
}
ENCODED: dict[str, Renderer] = {name: encoded(name) for name in ("utf-8-sig", "utf-16", "utf-16-be", "cp1252")}
