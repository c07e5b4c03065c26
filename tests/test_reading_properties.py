"""What holds for any text whatever, and the errors of reading."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policylint.document import BlockKind, Document
from policylint.errors import UserError
from policylint.reading import read

# Bits that readers have rules for, so that they meet more often than by chance.
BITS = st.sampled_from(
    [
        "# ",
        "## ",
        "- ",
        "* ",
        "1. ",
        "2.1 ",
        "a) ",
        "•",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "    ",
        "   ",
        "|",
        "|---|",
        "**",
        "*",
        "_",
        "`",
        "```\n",
        "[",
        "](",
        ")",
        "![",
        "<b>",
        "</b>",
        "<li>",
        "<ul>",
        "</ul>",
        "<td>",
        "<br>",
        "<p>",
        "<!--",
        "-->",
        "&amp;",
        "&#233;",
        "\\*",
        "{{",
        "}}",
        "{%",
        "%}",
        "---\n",
        "===",
        "> ",
        ":",
        ".",
        "?",
        "!",
        ";",
        "Cookies",
        "Wij bewaren uw gegevens zeven jaar",
        "UW RECHTEN",
        "e\u0301",
        "\u00ad",
        "\u200b",
        "\u00a0",
        "\x0c",
        "\u2028",
        "\x00",
        "\u202e",
        "😀",
        "é",
        " ",
        "3",
        "....... 4",
        "http://a.example",
        "<https://b.example/é>",
        "[^1]",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(BITS, max_size=40).map("".join), st.text("ab .:\n\t-*#|<>&1", max_size=60))


def read_or_empty(text: str, format: str) -> Document | None:
    try:
        return read("-", b"\xef\xbb\xbf" + text.encode(), format)
    except UserError as error:
        assert error.code == "empty"
        return None


def is_from(source: str, character: str) -> bool:
    """Whether a visible character can come from this source character, composition apart."""
    parts = unicodedata.normalize("NFD", source)
    if unicodedata.normalize("NFD", character)[0] in parts:
        return True
    # Accents on one letter may change places; an entity or a rewritten address stands where it begins.
    return bool(unicodedata.combining(character) and unicodedata.combining(source)) or source in "&<"


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@settings(max_examples=300, deadline=None)
@example("e\u0301e\u0301 \u0344")
@example("| a\\|b | c |\n|---|---|\n| &eacute; | `x` |")
@example("- \u00a0\n0")
@example("1. \u00a0\n1")
@example("> - \u2003\n  \u00a0\n0\n1")
@example("<p>a</p><p>b</p><p>c</p><p>d</p><p>e</p> &amp f")
@given(text=TEXTS)
def test_every_visible_character_stands_in_the_source(format: str, text: str) -> None:
    document = read_or_empty(text, format)
    if document is None:
        return
    # Positions counted anew, by splitting at line ends only.
    lines = re.split(r"\r\n|\n|\r", text)
    for block in document.blocks:
        for offset in range(block.start, block.end):
            character = document.text[offset]
            if character.isspace():
                continue
            source = text[document.source_map.source_offset(offset)]
            place = document.source_map.place(offset)
            assert lines[place.line - 1][place.column - 1] == source
            assert is_from(source, character)


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_blocks_and_sections_are_in_order(format: str, text: str) -> None:
    document = read_or_empty(text, format)
    if document is None:
        return
    assert document.blocks[0].start == 0 and document.blocks[-1].end == len(document.text)
    for before, after in pairwise(document.blocks):
        assert before.start < before.end == after.start - 1
        assert document.text[before.end] == "\n"
    for number, block in enumerate(document.blocks):
        words = document.block_text(block)
        assert words == words.strip() and "\n" not in words and "  " not in words
        assert block.lead_in is None or block.lead_in < number
        assert all(document.blocks[header].kind is BlockKind.CELL for header in block.headers)
        section = document.sections[block.section]
        assert section.start <= block.start and block.end <= section.end
    for section in document.sections[1:]:
        assert section.parent is not None
        parent = document.sections[section.parent]
        assert parent.start <= section.start < section.end <= parent.end and parent.level < section.level
    for link in document.links:
        assert 0 <= link.start < link.end <= len(document.text)


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_reading_twice_gives_the_same(format: str) -> None:
    data = b"# Privacy\n\nWij bewaren:\n\n- niets\n"
    assert read("a.txt", data, format) == read("a.txt", data, format)


def test_the_head_of_a_document() -> None:
    data = "Privé\n\nWij bewaren niets.".encode("cp1252")
    document = read("beleid.txt", data)
    assert (document.path, document.format, document.encoding) == ("beleid.txt", "text", "cp1252")
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.coverage.characters, document.coverage.replaced) == (len(document.text), 0)


@pytest.mark.parametrize(
    ("path", "format"),
    [
        ("a.md", "markdown"),
        ("A.MARKDOWN", "markdown"),
        ("a.txt", "text"),
        ("a.text", "text"),
        ("a", "text"),
        ("-", "text"),
    ],
)
def test_the_suffix_decides(path: str, format: str) -> None:
    assert read(path, b"Wij bewaren niets.").format == format


def test_markdown_on_standard_input_is_recognised() -> None:
    assert read("-", b"# Privacy\n\n## Cookies\n\nWij bewaren niets.\n").format == "markdown"
    assert read("-", b"# Privacy\n\n## Cookies\n\nWij bewaren niets.\n", "text").format == "text"


@pytest.mark.parametrize(
    ("path", "data", "format", "code"),
    [
        ("a.pdf", b"%PDF-1.7", None, "damaged"),
        ("a.epub", b"PK\x03\x04", None, "unsupported-format"),
        ("a.html", b"<script>Tekst</script>", None, "empty"),
        ("a.docx", b"PK\x03\x04", None, "damaged"),
        ("a.txt", b"Tekst", "docx", "damaged"),
        ("a.txt", b"Tekst", "pages", "unsupported-format"),
        ("a.txt", b"%PDF-1.7", None, "binary"),
        ("a.txt", b" \n", None, "empty"),
        ("a.txt", "\u200b\u00ad".encode(), None, "empty"),
        ("a.md", b"---\ntitle: x\n---\n<!-- niets -->\n", None, "empty"),
    ],
)
def test_faults_that_the_user_can_mend(path: str, data: bytes, format: str | None, code: str) -> None:
    with pytest.raises(UserError) as error:
        read(path, data, format)
    assert error.value.code == code
    assert error.value.message and error.value.hint
