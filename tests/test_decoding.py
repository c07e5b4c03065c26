"""Which encoding a file is in, and what is no text."""

from __future__ import annotations

import codecs
import zlib

import pytest

from policylint.errors import UserError
from policylint.reading import read
from policylint.reading.decoding import declared_encoding, decode, garbled

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
    ("data", "name", "advice"),
    [
        (b"%PDF-1.7\n1 0 obj\n", "PDF", "end in .pdf"),
        (b"PK\x03\x04\x14\x00", "zip", "end in .docx"),
        (b"\x89PNG\r\n\x1a\n", "PNG", "text recognition"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG", "text recognition"),
        (b"\x1f\x8b\x08\x00", "gzip", "Take the policy out"),
        (b"{\\rtf1\\ansi Privacybeleid}", "RTF", "end in .rtf"),
        (zlib.compress(DUTCH.encode() * 9), "binary", "plain text"),
        (b"tekst met een \x00 erin", "binary", "plain text"),
        (b"\x01\x02\x03\xff tekst" * 5, "binary", "plain text"),
        (bytes(range(0x80, 0x100)) * 2, "no text", "plain text"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, name: str, advice: str) -> None:
    with pytest.raises(UserError) as error:
        decode(data)
    assert error.value.code == "binary"
    assert name in error.value.message
    assert advice in error.value.hint


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=windows-1251>", "cp1251"),
        ("<META http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'>", "cp1252"),
        ('<?xml version="1.0" encoding="iso-8859-15"?><html>', "iso8859-15"),
        ('<?xml version="1.0" encoding="iso-8859-15"?><meta charset="iso-8859-2">', "iso8859-2"),
        ("<!-- <meta charset=koi8-r> --><meta charset=latin1>", "cp1252"),
        ("<meta charset='utf-16'>", "utf-8"),
        ("<meta charset=utf-7>", None),
        ("<meta charset=unicode_escape>", None),
        ("<meta charset=zip>", None),
        ("<meta charset=onbekend>", None),
        ("<meta name=x content=y>", None),
        ("een gewone tekst", None),
    ],
)
def test_what_a_page_declares(head: str, encoding: str | None) -> None:
    assert declared_encoding(head.encode()) == encoding


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<meta charset=iso-8859-2><p>Łódź</p>".encode("iso8859-2"), "iso8859-2"),
        (
            "<?xml version='1.0' encoding='windows-1251'?><p>Łódź</p>".replace("Łódź", "Привет").encode("cp1251"),
            "cp1251",
        ),
        (codecs.BOM_UTF8 + "<meta charset=iso-8859-2><p>Łódź</p>".encode(), "utf-8"),
        ("<meta charset=iso-8859-1><p>één coördinator</p>".encode(), "utf-8"),
        ("<meta charset=utf-8><p>één coördinator</p>".encode("cp1252"), "cp1252"),
        (codecs.BOM_UTF16_LE + "<meta charset=utf-8><p>één</p>".encode("utf-16-le"), "utf-16-le"),
        ("<html><meta charset=utf-8><p>één</p>".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_encoding_of_a_page(data: bytes, encoding: str) -> None:
    document = read("page.html", data)
    assert document.encoding == encoding
    assert document.text in ("Łódź", "Привет", "één coördinator", "één")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("geïnformeerd", 1),
        ("één coördinator, € 5 – “vrij” … Žižek œ", 12),
        ("naïef café's", 2),
    ],
)
def test_garbled_text_is_counted(text: str, count: int) -> None:
    assert garbled(text) == 0
    for codec in ("cp1252", "latin-1"):
        seen = "".join(bytes([byte]).decode(codec, errors="ignore") or chr(byte) for byte in text.encode())
        assert garbled(seen) == count


@pytest.mark.parametrize(
    "text",
    [
        "voilà » et « à la carte »",
        "NÃO, SÃO PAULO; Ângela Å ",
        "Wij vragen € 5,- per jaar: “naïeve” coördinatie…",
        "ÉÉN, ÖSTERREICH â la",
    ],
)
def test_proper_text_is_not_garbled(text: str) -> None:
    assert garbled(text) == 0


def test_a_text_of_which_much_could_not_be_decoded_is_an_error() -> None:
    torn = codecs.BOM_UTF16_LE + b"\x00\xd8a\x00" * 50
    with pytest.raises(UserError) as error:
        read("a.txt", torn)
    assert error.value.code == "unreadable-text" and error.value.hint


def test_garbled_text_is_named_and_not_changed() -> None:
    document = read("page.html", "<p>U wordt geÃ¯nformeerd, &Atilde;&copy;&Atilde;&copy;n keer.</p>".encode())
    assert document.coverage.garbled == 3
    assert document.text == "U wordt geÃ¯nformeerd, Ã©Ã©n keer."
