"""Judgements put away: the verdicts on many documents, in order, without taking the memory that they all would take."""

from __future__ import annotations

import os
import pickle
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, overload

from policylint.errors import UserError
from policylint.result import Judgement

if TYPE_CHECKING:
    import msgspec

_FEW = 50
"""So many are held as they are; those behind them lie in a temporary file until they are asked for."""
_PICKLED = b"p"
_PACKED = b"m"


class Shelf(Sequence[Judgement]):
    """Judgements in order, which may be replaced; each is read anew whenever it is asked for.

    What is put away raises UserError 'unwritable' if the folder for temporary files has no room.
    """

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        """Begin with `judgements`."""
        self._places: list[Judgement | tuple[int, int]] = []
        self._file: BinaryIO | None = None
        for each in judgements:
            self.append(each)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places)

    @overload
    def __getitem__(self, number: int) -> Judgement: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Judgement]: ...
    def __getitem__(self, number: int | slice) -> Judgement | Sequence[Judgement]:
        """The judgement at a place, or a list of those in a range."""
        if isinstance(number, slice):
            return [self[place] for place in range(*number.indices(len(self)))]
        place = self._places[number]
        if isinstance(place, Judgement):
            return place
        file = self._opened()
        file.seek(place[0])
        return unpacked(file.read(place[1]))

    def __setitem__(self, number: int, judgement: Judgement) -> None:
        """Put another judgement in a place."""
        self._places[number] = judgement if len(self) <= _FEW else self._written(judgement)

    def append(self, judgement: Judgement) -> None:
        """Add a judgement at the end."""
        self._places.append(judgement if len(self) < _FEW else self._written(judgement))

    def _written(self, judgement: Judgement) -> tuple[int, int]:
        data = packed(judgement)
        try:
            file = self._opened()
            start = file.seek(0, os.SEEK_END)
            file.write(data)
            file.flush()
        except OSError as error:
            folder = tempfile.gettempdir()
            message = f"{folder}: verdicts on many documents are put away here, and cannot be: {error.strerror}"
            raise UserError("unwritable", message, "Make room, or name another folder in TMPDIR.") from error
        return start, len(data)

    def _opened(self) -> BinaryIO:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="policylint-")  # noqa: SIM115 - it lasts as long as we do
            weakref.finalize(self, self._file.close)
        return self._file


class Changed(Sequence[Judgement]):
    """Judgements as `change` makes them, whenever they are asked for."""

    def __init__(self, judgements: Sequence[Judgement], change: Callable[[Judgement], Judgement]) -> None:
        """Change `judgements`."""
        self._judgements = judgements
        self._change = change

    def __len__(self) -> int:
        """How many there are."""
        return len(self._judgements)

    @overload
    def __getitem__(self, number: int) -> Judgement: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Judgement]: ...
    def __getitem__(self, number: int | slice) -> Judgement | Sequence[Judgement]:
        """The judgement at a place, or a list of those in a range."""
        if isinstance(number, slice):
            return [self._change(each) for each in self._judgements[number]]
        return self._change(self._judgements[number])

    def __iter__(self) -> Iterator[Judgement]:
        """All of them in order."""
        return map(self._change, self._judgements)


def packed(judgement: Judgement) -> bytes:
    """A judgement as bytes for a process of the same version: faster than by pickle."""
    import msgspec

    try:
        return _PACKED + msgspec.msgpack.encode(judgement)
    except UnicodeEncodeError:
        # Half a character, as the name of a file or a damaged text may have.
        return _PICKLED + pickle.dumps(judgement)


def unpacked(data: bytes) -> Judgement:
    """The judgement that `packed` made these bytes of."""
    if data.startswith(_PICKLED):
        judgement: Judgement = pickle.loads(data[1:])  # noqa: S301 - of our own making
        return judgement
    return _decoder().decode(memoryview(data)[1:])


@cache
def _decoder() -> msgspec.msgpack.Decoder[Judgement]:
    import msgspec

    return msgspec.msgpack.Decoder(Judgement)
