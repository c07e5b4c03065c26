"""The text of a document that was judged, for reports that show it: read again, for keeping it all takes memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256

from policylint.document import Document
from policylint.errors import UserError
from policylint.files import Source
from policylint.files import read as bytes_of
from policylint.reading import read
from policylint.result import Judgement


def texts(contents: Mapping[str, bytes]) -> Callable[[Judgement], Document | None]:
    """A function that gives the text of a judged document; None if the file is gone or no longer as it was judged.

    `contents` are the bytes of documents that cannot be read twice, by path.
    """

    def text_of(judgement: Judgement) -> Document | None:
        try:
            held = contents.get(judgement.path)
            data = bytes_of(Source(judgement.path)) if held is None else held
            return read(judgement.path, data) if sha256(data).hexdigest() == judgement.sha256 else None
        except UserError:
            return None

    return text_of
