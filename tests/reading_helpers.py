"""Short forms of documents, to compare with what a person would write down."""

from __future__ import annotations

from policylint.document import BlockKind, Document
from policylint.reading import read

_SIGNS = {BlockKind.PARAGRAPH: "p", BlockKind.ITEM: "-", BlockKind.CELL: "|", BlockKind.CONTENTS: "c"}


def plain(text: str) -> Document:
    """`text` read as plain text."""
    return read("policy.txt", text.encode())


def markdown(text: str) -> Document:
    """`text` read as Markdown."""
    return read("policy.md", text.encode())


def outline(document: Document) -> list[str]:
    """Each block as "sign text": p, -, |, c, or as many # as the heading's level."""
    return [
        ("#" * document.sections[block.section].level if block.kind is BlockKind.HEADING else _SIGNS[block.kind])
        + " "
        + document.block_text(block)
        for block in document.blocks
    ]


def lead_in(document: Document, text: str) -> str | None:
    """The text of the block that introduces the block `text`."""
    block = next(block for block in document.blocks if document.block_text(block) == text)
    return None if block.lead_in is None else document.block_text(document.blocks[block.lead_in])


def headers(document: Document, text: str) -> list[str]:
    """The texts of the headers of the cell `text`."""
    block = next(block for block in document.blocks if document.block_text(block) == text)
    return [document.block_text(document.blocks[index]) for index in block.headers]
