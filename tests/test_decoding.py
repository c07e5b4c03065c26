"""Which encoding a file is in, and what is no text."""

from __future__ import annotations

import codecs
import zlib

import pytest

from policylint.errors import UserError
from policylint.reading.decoding import decode

DUTCH = "Wij bewaren uw e-mailadres één jaar – coördinatie, café, financiële gegevens: € 5."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (DUTCH.encode(), "utf-8"),
        (codecs.BOM_UTF8 + DUTCH.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + DUTCH.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + DUTCH.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + DUTCH.encode("utf-32-le"), "utf-32-le"),
        (DUTCH.encode("utf-16-le"), "utf-16-le"),
        (DUTCH.encode("utf-16-be"), "utf-16-be"),
        (DUTCH.encode("cp1252"), "cp1252"),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.replaced) == (DUTCH, encoding, 0)


def test_one_stray_byte_does_not_turn_utf8_into_mojibake() -> None:
    decoded = decode("één coördinator, financiële gegevens en ".encode() + b"\x93 meer")
    assert decoded.text.startswith("één coördinator, financiële gegevens")
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 1)


def test_a_replacement_character_in_the_file_is_not_counted() -> None:
    decoded = decode("één, coördinatie, financiële, privé, café\ufffd ".encode() + b"\x93")
    assert decoded.replaced == 1


def test_bytes_that_windows_1252_leaves_undefined_are_counted() -> None:
    decoded = decode("Privé beleid ".encode("cp1252") + b"\x81 en \x9d")
    assert (decoded.encoding, decoded.replaced) == ("cp1252", 2)


def test_line_ends_and_odd_characters_stay() -> None:
    assert decode("a\r\nb\rc\u00ad\u200bd\x0ce".encode()).text == "a\r\nb\rc\u00ad\u200bd\x0ce"


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u00a0\n".encode()])
def test_nothing_but_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(UserError) as error:
        decode(data)
    assert error.value.code == "empty"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n1 0 obj\n", "PDF"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"{\\rtf1\\ansi Privacybeleid}", "RTF"),
        (zlib.compress(DUTCH.encode() * 9), "binary"),
        (b"tekst met een \x00 erin", "binary"),
        (b"\x01\x02\x03\xff tekst" * 5, "binary"),
        (bytes(range(0x80, 0x100)) * 2, "no text"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, name: str) -> None:
    with pytest.raises(UserError) as error:
        decode(data)
    assert error.value.code == "binary"
    assert name in error.value.message
    assert error.value.hint
