"""What the links of a text say besides their words: an address, a number, or another page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from policylint.analysis.recognisers import Value
from policylint.document import Block, Document

_NAMES = {"mailto": "email", "tel": "phone"}


def link_values(document: Document, block: Block) -> Iterator[Value]:
    """The links of a block as values at offsets in the block: `email`, `phone` or `link` (the target)."""
    first = bisect_left(document.links, block.start, key=lambda link: link.start)
    for link in document.links[first:]:
        if link.start >= block.end:
            return
        if not link.target.strip():
            continue
        scheme, _, rest = link.target.partition(":")
        name = _NAMES.get(scheme.lower(), "link")
        yield Value(name, link.start - block.start, link.end - block.start, rest if name != "link" else link.target)
