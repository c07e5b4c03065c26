"""Policies in a folder, one per file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from policylint.corpus.documents import Entry, check_size
from policylint.corpus.stretches import Stretch, Survey
from policylint.errors import UserError
from policylint.files import Source, read
from policylint.reading import SUFFIXES
from policylint.result import Failure


def survey(root: Path, names: Sequence[str], least: int) -> Survey:
    """The policies below `root`, known by their names and contents."""
    digest = sha256()
    sizes = []
    for name in names:
        try:
            data = read(Source(str(root / name)))
        except UserError as error:
            data = error.code.encode()
        sizes.append(len(data))
        digest.update(f"{name}\0{sha256(data).hexdigest()}\n".encode("utf-8", "surrogateescape"))
    parts = [slice(start, start + least) for start in range(0, len(names), least)]
    stretches = tuple(
        Stretch("policy", str(root), "", 0, len(names[part]), sum(sizes[part]), files=tuple(names[part]))
        for part in parts
    )
    return Survey(".", sum(sizes), digest.hexdigest(), stretches)


def entries(stretch: Stretch, largest: int) -> Iterator[Entry]:
    """The policies of a stretch; the name of the file is the id."""
    for number, name in enumerate(stretch.files, stretch.first):
        path = Path(stretch.path, name)
        shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        try:
            data = read(Source(str(path)))
            check_size(len(data), largest)
            yield Entry(number, shown, 0, shown, data, SUFFIXES.get(path.suffix.lower(), "text"))
        except UserError as error:
            yield Entry(number, shown, 0, shown, failure=Failure(error.code, error.message, error.hint))
