"""The matrix as a spreadsheet."""

from __future__ import annotations

import io

from policylint.errors import missing_extra
from policylint.report.matrix import matrix_of, words_of
from policylint.result import Result, Status

_COLOURS = {
    Status.MET: ("#E3F3E7", "#1A6334"),
    Status.VAGUE: ("#FDF0D3", "#7A4A00"),
    Status.MISSING: ("#FBE4E2", "#9D1C1C"),
    Status.NOT_APPLICABLE: ("#F3F4F6", "#57606A"),
}


def render_xlsx(result: Result) -> bytes:
    """Two sheets: documents with a status per requirement, and requirements with their sums.

    Names are text, never formulas. Raises UserError 'missing-extra' if XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError as error:
        raise missing_extra("writing spreadsheets needs a library that is not installed", "xlsx") from error
    matrix, words = matrix_of(result), words_of(result)
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": words.report_title, "author": "policylint report", "comments": words.disclaimer})
    looks = {
        status: book.add_format({"bg_color": ground, "font_color": ink, "border": 1, "border_color": "#D5DAE0"})
        for status, (ground, ink) in _COLOURS.items()
    }
    bold = book.add_format({"bold": True})
    turned = book.add_format({"bold": True, "rotation": 60, "valign": "bottom"})
    counted = (Status.MET, Status.VAGUE, Status.MISSING)

    sheet = book.add_worksheet(words.requirements[:31])
    sheet.write_string(0, 0, words.head.text, bold)
    for place, status in enumerate(counted, start=1):
        sheet.write_string(0, place, words.statuses[status], turned)
    first = len(counted) + 1
    for column in matrix.columns:
        sheet.write_string(0, first + column.number - 1, column.title, turned)
    for number, row in enumerate(matrix.rows, start=1):
        sheet.write_string(number, 0, row.path)
        if row.failure:
            sheet.write_string(number, first, row.failure)
            continue
        for place, status in enumerate(counted, start=1):
            sheet.write_number(number, place, row.counts[status])
        for place, found in enumerate(row.statuses):
            if found is not None:
                sheet.write_string(number, first + place, words.statuses[found], looks[found])
    sheet.set_row(0, 160)
    sheet.set_column(0, 0, 40)
    sheet.set_column(first, first + max(len(matrix.columns), 1) - 1, 13)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(matrix.rows), 1), first + max(len(matrix.columns), 1) - 1)

    sums = book.add_worksheet(words.total[:31])
    for place, title in enumerate((words.requirements, *(words.statuses[status] for status in counted))):
        sums.write_string(0, place, title, bold)
    for number, column in enumerate(matrix.columns, start=1):
        sums.write_string(number, 0, column.title)
        for place, status in enumerate(counted, start=1):
            sums.write_number(number, place, column.counts[status])
    sums.set_column(0, 0, 60)
    sums.set_column(1, 3, 16)
    sums.freeze_panes(1, 0)
    book.close()
    return stream.getvalue()
