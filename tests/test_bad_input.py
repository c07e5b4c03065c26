"""Files that are odd or made to harm, of any format: the text, or an error that says what to do, in bounded time."""

from __future__ import annotations

import codecs
import os
import time
from pathlib import Path

import pytest
from office_files import docx_bytes, odt_bytes, p, rtf_bytes

from policylint import files
from policylint.errors import UserError
from policylint.reading import read

SENTENCE = "Wij bewaren uw gegevens zeven jaar."
FORMATS = ("txt", "md", "html", "docx", "odt", "rtf")


def written(format: str, text: str) -> bytes:
    """`text` as one paragraph of a file."""
    if format == "docx":
        return docx_bytes(p(text))
    if format == "odt":
        return odt_bytes(f"<text:p>{text}</text:p>")
    if format == "rtf":
        return rtf_bytes(
            "\\pard "
            + "".join(c if c.isascii() else f"\\u{ord(c) - 65536 * (ord(c) > 32767)}?" for c in text)
            + "\\par"
        )
    return (f"<p>{text}</p>" if format == "html" else text).encode()


def fault(path: str, data: bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        read(path, data)
    assert caught.value.message and caught.value.hint
    return caught.value


@pytest.mark.parametrize("format", FORMATS)
def test_invisible_characters_hide_no_words(format: str) -> None:
    hidden = "Wij be\u200bwaren \u202euw\u202c geg\u00adevens\ufeff ze\u2066ven\u2069 jaar.\u200f"
    assert read(f"a.{format}", written(format, hidden)).text == SENTENCE


@pytest.mark.parametrize("format", FORMATS)
def test_a_line_of_megabytes_takes_linear_time(format: str) -> None:
    started = time.monotonic()
    document = read(f"a.{format}", written(format, " ".join(map(hex, range(200_000))) + " " + SENTENCE))
    assert document.text.endswith(SENTENCE) and document.coverage.characters > 1_500_000
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("format", FORMATS)
def test_a_word_of_megabytes_takes_linear_time(format: str) -> None:
    started = time.monotonic()
    assert len(read(f"a.{format}", written(format, "".join(map(hex, range(200_000))))).text) >= 1_000_000
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("sign", ["- ", "[", "![", "[[]", "*", "_", "`", "<", "(", "{{", "<b>"])
def test_markdown_nested_a_hundred_thousand_deep(sign: str) -> None:
    started = time.monotonic()
    document = read("a.md", f"# Privacy\n\n{sign * 100_000}\n\n{SENTENCE}\n".encode())
    assert document.text.endswith(SENTENCE)
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("sign", ["> ", "1. ", "+ - "])
def test_lists_and_quotes_so_deep_that_text_would_be_lost(sign: str) -> None:
    assert fault("a.md", f"# Privacy\n\n{sign * 100_000}x\n\n{SENTENCE}\n".encode()).code == "too-deep"
    assert SENTENCE in read("a.md", f"{sign * 8}x\n\n{SENTENCE}\n".encode()).text


@pytest.mark.parametrize("name", ["a.txt", "a.md", "-"])
def test_nul_bytes_are_no_text(name: str) -> None:
    assert fault(name, SENTENCE.encode() + b"\0\0" + SENTENCE.encode()).code == "binary"


def test_half_characters_are_counted_and_left_out() -> None:
    document = read("a.txt", codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le") + b"\x00\xd8")
    assert (document.text.rstrip("\ufffd"), document.coverage.replaced) == (SENTENCE, 1)
    with pytest.raises(UserError):
        read("a.txt", b"\xed\xa0\x80" * 20)


@pytest.mark.parametrize("path", ["a.txt", "a.html", "a.docx", "a.pdf", "a.rtf", "-"])
def test_bytes_beyond_the_limit_are_not_looked_at(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policylint.reading.LARGEST", 50)
    assert fault(path, b"%PDF-" + b" " * 46).code == "too-large"


def failure(source: files.Source) -> str:
    with pytest.raises(UserError) as caught:
        files.read(source)
    assert caught.value.message and caught.value.hint
    return caught.value.code


def test_a_file_that_vanishes_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE)
    (source,) = files.expand([str(path)])
    path.unlink()
    assert failure(source) == "not-found"
    path.mkdir()
    assert failure(source) == "unreadable"


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 1000)
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE)
    (source,) = files.expand([str(path)])
    path.write_text(SENTENCE * 1000)
    assert failure(source) == "too-large"


@pytest.mark.skipif(os.name != "posix", reason="named pipes")
def test_a_file_that_becomes_a_pipe_does_not_stop_the_run(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE)
    (source,) = files.expand([str(path)])
    path.unlink()
    os.mkfifo(path)
    assert failure(source) == "not-a-file"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE)
    path.chmod(0)
    assert failure(files.Source(str(path))) == "unreadable"
