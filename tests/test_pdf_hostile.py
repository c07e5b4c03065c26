"""PDFs that are damaged or made to harm: a clear error or the text, in bounded time and memory."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_builders import FONT, SAYS, one_page, pdf, raw_pdf, stream, text

from policylint.errors import UserError
from policylint.reading import read
from policylint.reading.pdf_process import _ReadingProcess, pages_of

SENTENCE = "We process your personal data."
CODES = {"damaged", "encrypted", "too-large", "too-slow", "no-text", "unreadable-text", "empty"}


def outcome(data: bytes) -> str:
    """The text of a PDF, or the code of the error."""
    try:
        return read("policy.pdf", data).text
    except UserError as error:
        assert error.message
        assert error.hint
        assert error.code in CODES
        return error.code


def page_tree_that_loops() -> bytes:
    pages = b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % (FONT % b"")
    return raw_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, stream(SAYS)])


def form_that_draws_itself(times: int) -> bytes:
    form = b" /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    return one_page(stream(SAYS + b" /X Do"), stream(b"/X Do " * times, form), resources=b"/XObject << /X 5 0 R >>")


def forms_that_double(levels: int = 24) -> bytes:
    """Each form draws the next twice: 2 to the power of `levels` at the end."""
    forms = []
    for n in range(levels):
        following = b"/XObject << /X %d 0 R >>" % (6 + n)
        body = SAYS if n == levels - 1 else b"/X Do /X Do"
        extra = b" /Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources " + FONT % following
        forms.append(stream(body, extra))
    return one_page(stream(b"/X Do"), *forms, resources=b"/XObject << /X 5 0 R >>")


def with_javascript() -> bytes:
    action = b"<< /S /JavaScript /JS (app.alert\\(1\\); while\\(true\\) {}) >>"
    return one_page(stream(SAYS), action, catalog=b"/OpenAction 5 0 R /AA << /WC 5 0 R >>", page=b"/AA << /O 5 0 R >>")


def with_an_embedded_file() -> bytes:
    names = b"/Names << /EmbeddedFiles << /Names [(a.exe) 5 0 R] >> >>"
    return one_page(
        stream(SAYS),
        b"<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>",
        stream(b"MZ Secret sentence of the file.", b" /Type /EmbeddedFile"),
        catalog=names,
    )


@pytest.mark.parametrize(
    "data",
    [
        page_tree_that_loops(),
        form_that_draws_itself(1),
        with_javascript(),
        with_an_embedded_file(),
        one_page(stream(SAYS), page=b"/CropBox [0 0 1e30 1e30]"),
        one_page(stream(SAYS), page=b"/MediaBox [0 0 14400000 14400000]"),
        b"junk before the mark\n" + one_page(stream(SAYS)),
        one_page(stream(SAYS)).replace(b"startxref\n", b"startxref\n99"),
        one_page(stream(SAYS)).replace(b"0000000", b"9999999"),
        one_page(stream(SAYS)) + b"\0" * 5000,
    ],
    ids=[
        "page tree that loops",
        "form that draws itself",
        "javascript",
        "embedded file",
        "endless crop box",
        "gigantic page",
        "junk before",
        "cross-references lost",
        "cross-references wrong",
        "junk behind",
    ],
)
def test_the_text_is_read_all_the_same(data: bytes) -> None:
    assert outcome(data) in (SENTENCE, f"{SENTENCE}\n{SENTENCE}")


def without_pages(kids: bytes, count: int) -> bytes:
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return raw_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages])


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        pytest.param(b"%PDF-1.7\n", {"damaged"}, id="mark only"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 50, {"damaged"}, id="noise"),
        pytest.param(b"", {"damaged"}, id="nothing"),
        pytest.param(b"\xff\xd8\xff\xe0 a picture that is named .pdf", {"damaged"}, id="picture"),
        pytest.param(pdf(text(SENTENCE))[:300], {"damaged"}, id="cut off"),
        pytest.param(without_pages(b"2 0 R", 1), {"damaged", "no-text"}, id="no pages"),
        pytest.param(without_pages(b"", 99_999_999), {"damaged", "too-large", "no-text"}, id="count of pages"),
        pytest.param(one_page(stream(b"q " * 10_000 + b"[" * 100_000)), {"no-text"}, id="nesting"),
    ],
)
def test_what_holds_nothing_is_an_error(data: bytes, codes: set[str]) -> None:
    assert outcome(data) in codes


def test_streams_that_unpack_to_gigabytes_end() -> None:
    started = time.monotonic()
    bomb = one_page(stream(b" " * 150_000_000 + SAYS, packed=True))
    assert len(bomb) < 200_000
    assert outcome(bomb) in {SENTENCE, "damaged", "too-large", "no-text"}
    assert time.monotonic() - started < 60


def test_work_that_never_ends_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(UserError) as caught:
        pages_of(forms_that_double(), seconds=2)
    assert caught.value.code in {"too-slow", "too-large", "damaged"}
    assert time.monotonic() - started < 20


def test_one_process_reads_document_after_document() -> None:
    reader = _ReadingProcess()
    whole = one_page(stream(SAYS))
    try:
        reader.read(whole, 30, 768 << 20)
        first = reader._process
        assert first is not None
        assert len(reader.read(whole, 30, 768 << 20)) == 1
        assert reader._process is first
        for harm in (forms_that_double(), b"%PDF-1.7\n"):
            with pytest.raises(UserError):
                reader.read(harm, 1, 768 << 20)
            assert first.poll() is not None
            assert len(reader.read(whole, 30, 768 << 20)) == 1
        second = reader._process
        assert second is not None and second is not first
        second.kill()
        second.wait()
        assert len(reader.read(whole, 30, 768 << 20)) == 1
    finally:
        reader.stop()
    assert reader._process is None


def test_the_process_is_started_anew_after_some_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policylint.reading.pdf_process._DOCUMENTS", 2)
    reader = _ReadingProcess()
    seen = []
    try:
        for _ in range(4):
            reader.read(one_page(stream(SAYS)), 30, 768 << 20)
            assert reader._process is not None
            seen.append(reader._process.pid)
    finally:
        reader.stop()
    assert seen[0] == seen[1] != seen[2] == seen[3]


def page_of(characters: int) -> bytes:
    """A page so large that all of them can be seen."""
    line = b"(" + b"We process data. " * 60 + b") Tj 0 -12 Td "
    shows = b"BT /F1 10 Tf 72 14000 Td " + line * (characters // (17 * 60)) + b"ET"
    return one_page(stream(shows, packed=True), page=b"/MediaBox [0 0 14400 14400]")


def test_memory_is_bounded() -> None:
    with pytest.raises(UserError) as caught:
        pages_of(form_that_draws_itself(2), memory=150 * 1024 * 1024)
    assert caught.value.code in {"too-large", "damaged"}


def test_a_page_with_more_than_a_page_can_hold_is_an_error() -> None:
    assert outcome(page_of(700_000)) == "too-large"


def test_nothing_of_an_embedded_file_is_read() -> None:
    assert "Secret" not in outcome(with_an_embedded_file())


WHOLE = pdf(text(SENTENCE, "It is for parcels."), text("We keep it for two years."))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=0, max_size=9)), min_size=1, max_size=30))
def test_any_damage_gives_text_or_an_error(damage: list[tuple[int, bytes]]) -> None:
    data = bytearray(WHOLE)
    for place, change in damage:
        data[place : place + len(change)] = change
    outcome(bytes(data))


@settings(max_examples=8, deadline=None)
@given(st.integers(0, len(WHOLE)))
def test_any_end_gives_text_or_an_error(end: int) -> None:
    outcome(WHOLE[:end])
