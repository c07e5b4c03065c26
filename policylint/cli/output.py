"""Reports: which are asked, whether they can be written, and writing them whole or not at all."""

from __future__ import annotations

import os
import posixpath
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from policylint.cli.common import Colour, forgiving_stdout, hush
from policylint.errors import UserError
from policylint.shelf import Changed
from policylint.writing import is_report, write_whole

if TYPE_CHECKING:
    from policylint.config.settings import Configuration
    from policylint.files import Source
    from policylint.judging.rules import Rule
    from policylint.report.page import Page
    from policylint.report.paper import Texts
    from policylint.result import Judgement, Result

_PIPE_WIDTH = 100
_WIDTHS = (20, 160)
_NARROW = 60
_STDOUT = "-"
_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
_SUMMARY = "GITHUB_STEP_SUMMARY"
_SUMMARY_LIMIT = 1_000_000


class Format(StrEnum):
    """What a report is written as."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    CHECKSTYLE = "checkstyle"
    RDJSON = "rdjson"
    MARKDOWN = "markdown"
    CSV = "csv"
    MATRIX = "matrix"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


class Detail(StrEnum):
    """How much the report for people tells."""

    SUMMARY = "summary"
    NORMAL = "normal"
    FULL = "full"


_FOR_PEOPLE = (Format.HTML, Format.DOCX, Format.PDF, Format.MARKDOWN)
_SHEETS = (".xlsx", ".html", ".htm")
_BINARY = (Format.DOCX, Format.PDF)


@dataclass(frozen=True, slots=True)
class Output:
    """A report that is asked, and the file it goes to (None: standard output)."""

    format: Format
    file: Path | None


@dataclass(frozen=True, slots=True)
class Manners:
    """How the reports for people are written, and whether SARIF lists what somebody has accepted."""

    colour: Colour
    quiet: bool
    detail: Detail
    plain: bool
    show_suppressed: bool


def outputs_of(configuration: Configuration) -> tuple[Output, ...]:
    """The outputs that are set, on the command line or in a file. Raises UserError 'bad-output'."""
    setting = configuration.values.get("output")
    return parse_outputs(configuration.settings.output, setting.origin if setting else "--output")


def parse_outputs(texts: Iterable[str], origin: str) -> tuple[Output, ...]:
    """The outputs that `FORMAT[:FILE]` texts name; text on standard output if there are none.

    `origin` is where the texts were set: an option, or a file with a line.

    Raises UserError 'bad-output' for a format that does not exist and for two reports in one place; the annotations
    for GitHub may go to standard output beside another report, since GitHub takes them out of it.
    """
    outputs = tuple(dict.fromkeys(_output(text, origin) for text in texts)) or (Output(Format.TEXT, None),)
    places = [output.file and output.file.absolute() for output in outputs if output != Output(Format.GITHUB, None)]
    for place in places:
        if places.count(place) > 1:
            where = "standard output" if place is None else str(place)
            raise UserError("bad-output", f"{origin}: two reports go to {where}", "Give each report a file of its own.")
    return outputs


def _output(text: str, origin: str) -> Output:
    name, _, file = text.partition(":")
    if name not in list(Format):
        near = get_close_matches(name, list(Format), 1)
        suffix = Path(text).suffix.lower().removeprefix(".")
        if suffix in list(Format):
            hint = f"Write {suffix}:{text}"
        else:
            hint = f"did you mean '{near[0]}'?" if near else "Write FORMAT or FORMAT:FILE."
        message = f"{origin}: there is no format '{name}'; there are {', '.join(Format)}"
        raise UserError("bad-output", message, hint)
    if "\0" in file:
        raise UserError("bad-output", f"{origin}: no file has such a name", "Name another file.")
    if name in _BINARY and file in ("", _STDOUT):
        raise UserError("bad-output", f"{origin}: {name} is not written to the screen", f"Name a file: {name}:FILE.")
    return Output(Format(name), None if file in ("", _STDOUT) else Path(file))


def without_reports(sources: Sequence[Source], outputs: Iterable[Output], named: Sequence[str]) -> Sequence[Source]:
    """The documents but for reports of an earlier run that lie among them, unless the user names one."""
    files = {os.path.realpath(output.file) for output in outputs if output.file is not None}
    kept = [each for each in sources if each.path in named or each.stdin or os.path.realpath(each.path) not in files]
    return kept or sources


def check_writable(outputs: Iterable[Output], sources: Iterable[Source], *, force: bool) -> None:
    """Refuse, before anything is judged, files that cannot be written or that are themselves judged.

    A report for people replaces an earlier one, and another file only with `force`: it bears the name of a document.

    Raises UserError 'unwritable-output' and 'exists'.
    """
    read = real_paths(sources)
    for output in outputs:
        if output.file is not None:
            check_place(output.file, read)
            if not force and _is_for_people(output, output.file) and output.file.is_file():
                refuse_existing(output.file, is_report(output.file))


def real_paths(sources: Iterable[Source]) -> frozenset[str]:
    """Where the documents that are read lie, links followed."""
    return frozenset(os.path.realpath(each.path) for each in sources if not each.stdin and each.failure is None)


def check_place(file: Path, read: frozenset[str]) -> None:
    """Refuse a file that cannot be written, or that is one of those `read`. Raises UserError 'unwritable-output'."""
    if os.path.realpath(file) in read:
        raise _unwritable(file, "it is one of the documents to check")
    if file.is_dir():
        raise _unwritable(file, "it is a folder")
    folder = next(each for each in file.absolute().parents if each.exists())
    if not folder.is_dir():
        raise _unwritable(file, f"{folder} is no folder")
    if file.exists() and not os.access(file, os.W_OK):
        raise _unwritable(file, "this file is read-only")
    if not file.exists() and not os.access(folder, os.W_OK):
        raise _unwritable(file, f"you may not write in the folder {folder}")


def refuse_existing(file: Path, replaceable: bool) -> None:
    """Raises UserError 'exists' for a file that is there and may not be replaced."""
    if file.exists() and not replaceable:
        raise UserError("exists", f"{file}: this file is there already", "Name another one, or add --force.")


def _is_for_people(output: Output, file: Path) -> bool:
    return output.format in _FOR_PEOPLE or (output.format is Format.MATRIX and file.suffix.lower() in _SHEETS)


def write_outputs(
    outputs: Sequence[Output], result: Result, rules: Sequence[Rule], manners: Manners, texts: Texts
) -> None:
    """Write every report; `rules` are those that were asked, `texts` gives the text of a document.

    Files come first: a reader may leave at any moment.

    Raises UserError 'unwritable-output'.
    """
    local = replace(result, documents=Changed(result.documents, _at_root))
    for output in outputs:
        if output.file is not None:
            write_file(output.file, _rendered(output, result, local, rules, manners, texts))
    if any(output.format is Format.GITHUB for output in outputs):
        _write_summary(local)
    try:
        for output in outputs:
            if output.file is None and output.format in (Format.TEXT, Format.MATRIX):
                _write_lines(output.format, result, manners)
            elif output.file is None:
                # Other formats are UTF-8 wherever they are written.
                sys.stdout.flush()
                sys.stdout.buffer.writelines(_rendered(output, result, local, rules, manners, texts))
        sys.stdout.flush()
    except BrokenPipeError:
        hush()


def _rendered(
    output: Output, result: Result, local: Result, rules: Sequence[Rule], manners: Manners, texts: Texts
) -> Iterable[bytes]:
    """A report as the bytes of its file, piece by piece; `local` is the result with the paths that services need."""
    match output.format:
        case Format.HTML:
            from policylint.report.html.page import render_html

            return _encoded([render_html(result, texts)])
        case Format.MATRIX:
            return _matrix(result, output.file, manners)
        case Format.DOCX:
            from policylint.report.word import render_word

            return [render_word(result, texts)]
        case Format.PDF:
            from policylint.report.pdf import render_pdf

            return [render_pdf(result, texts)]
        case _:
            return _encoded(_as_text(output.format, result, local, rules, manners))


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    return (piece.encode("utf-8", "replace") for piece in pieces)


def _as_text(
    output_format: Format, result: Result, local: Result, rules: Sequence[Rule], manners: Manners
) -> Iterable[str]:
    match output_format:
        case Format.TEXT:
            return _plain_text(result, manners)
        case Format.JSON:
            from policylint.report.json_report import render_json

            return render_json(result)
        case Format.JSONL:
            from policylint.report.jsonl import render_jsonl

            return render_jsonl(result)
        case Format.SARIF:
            from policylint.report.sarif import render_sarif

            return render_sarif(local, rules, manners.show_suppressed)
        case Format.GITHUB:
            from policylint.report.github import render_github

            return [render_github(local)]
        case Format.GITLAB:
            from policylint.report.gitlab import render_gitlab

            return render_gitlab(local)
        case Format.JUNIT:
            from policylint.report.xml import render_junit

            return render_junit(local)
        case Format.CHECKSTYLE:
            from policylint.report.xml import render_checkstyle

            return render_checkstyle(local)
        case Format.RDJSON:
            from policylint.report.rdjson import render_rdjson

            return render_rdjson(local)
        case Format.MARKDOWN:
            from policylint.report.markdown import render_markdown

            return [render_markdown(local)]
        case Format.CSV:
            from policylint.report.matrix import render_csv

            return [render_csv(local)]
        case _:
            raise AssertionError(output_format)


def _plain_text(result: Result, manners: Manners) -> Iterator[str]:
    """The report for people as a file has it: a fixed width, no colour."""
    from policylint.report.terminal import brief_lines, in_letters, report_lines

    return in_letters((brief_lines if manners.quiet else report_lines)(result, _page(_PIPE_WIDTH, manners)))


def _matrix(result: Result, file: Path | None, manners: Manners) -> Iterable[bytes]:
    """The matrix in the form that the name of its file asks for; text for any other name."""
    match file.suffix.lower() if file else "":
        case ".xlsx":
            from policylint.report.sheet import render_xlsx

            return [render_xlsx(result)]
        case ".html" | ".htm":
            from policylint.report.html.page import render_matrix

            return _encoded([render_matrix(result)])
        case ".csv":
            return _encoded(_as_text(Format.CSV, result, result, (), manners))
        case _:
            from policylint.report.matrix import matrix_lines
            from policylint.report.terminal import in_letters

            return _encoded(in_letters(matrix_lines(result, _page(_PIPE_WIDTH, manners))))


def _write_lines(output_format: Format, result: Result, manners: Manners) -> None:
    from policylint.report.terminal import write_findings, write_matrix, write_report

    forgiving_stdout()
    terminal = sys.stdout.isatty()
    page = _page(line_width(), manners, colour=_in_colour(manners.colour, terminal), wrap_places=terminal)
    if output_format is Format.MATRIX:
        write_matrix(result, sys.stdout, page)
        return
    (write_findings if manners.quiet else write_report)(result, sys.stdout, page)


def line_width() -> int:
    """The columns of the terminal, within bounds; those of a page where the report goes elsewhere."""
    return min(max(get_terminal_size().columns, _WIDTHS[0]), _WIDTHS[1]) if sys.stdout.isatty() else _PIPE_WIDTH


def _page(width: int, manners: Manners, *, colour: bool = False, wrap_places: bool = False) -> Page:
    """The page of a report for people; on one too narrow for columns nothing stands side by side."""
    from policylint.report.page import Detail as PageDetail
    from policylint.report.page import Page

    plain = manners.plain or width < _NARROW
    return Page(width, colour, wrap_places=wrap_places, detail=PageDetail(manners.detail), plain=plain)


def _in_colour(color: Colour, terminal: bool) -> bool:
    """--color, then NO_COLOR, then FORCE_COLOR (both when not empty), then whether a terminal reads it."""
    if color is not Colour.AUTO:
        return color is Colour.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"


def write_file(file: Path, pieces: Iterable[bytes]) -> None:
    """Write a report to its file; its folders are made. A device or a pipe cannot be replaced, so it is written to."""
    try:
        if file.exists() and not file.is_file():
            with file.open("wb") as stream:
                stream.writelines(pieces)
            return
        Path(os.path.realpath(file)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(file, error.strerror or str(error)) from error
    write_whole(file, pieces)


def _write_summary(local: Result) -> None:
    """Add the report to the summary page of a GitHub job, if there is one."""
    name = os.environ.get(_SUMMARY)
    if not name:
        return
    from policylint.report.markdown import render_markdown

    # Letters may take several bytes, and other steps' commands write to the same page.
    text = render_markdown(local, _SUMMARY_LIMIT // 4)
    try:
        with Path(name).open("a", encoding="utf-8", errors="replace", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise _unwritable(Path(name), f"{error.strerror}; ${_SUMMARY} names it") from error


def _at_root(document: Judgement) -> Judgement:
    return replace(document, path=_from_root(document.path))


def _from_root(path: str) -> str:
    """A path as services know it, with slashes: from the root of the repository, or else from the current folder."""
    if not path or path.startswith("<"):
        return path
    here = Path.cwd()
    named = [Path(os.environ[name]) for name in _ROOTS if os.environ.get(name)]
    whole = Path(os.path.normpath(here / path))
    for root in (*(each for each in named if here.is_relative_to(each)), here):
        if whole.is_relative_to(root):
            return whole.relative_to(root).as_posix()
    return posixpath.normpath(Path(path).as_posix())


def _unwritable(file: Path, why: str) -> UserError:
    return UserError("unwritable-output", f"{file}: the report cannot be written: {why}", "Name another file.")
