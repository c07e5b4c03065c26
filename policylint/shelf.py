"""Judgements put away: the verdicts on many documents, in order, without taking the memory that they all would take."""

from __future__ import annotations

import os
import pickle
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO, overload

from policylint.document import Remark
from policylint.errors import UserError
from policylint.result import Failure, Judgement

if TYPE_CHECKING:
    import msgspec

_FEW = 50
"""So many are held as they are; those behind them lie in a temporary file until they are asked for."""
_PICKLED = b"p"
_PACKED = b"m"


@dataclass(frozen=True, slots=True)
class Head:
    """What is asked of every judgement of a run: a small part, which is read in a tenth of the time of the whole."""

    path: str
    kind: str | None = None
    report_language: str | None = None
    remarks: tuple[Remark, ...] = ()
    failure: Failure | None = None


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
        return place if isinstance(place, Judgement) else unpacked(self._data(*place))

    def heads(self) -> Iterator[Head | Judgement]:
        """The head of each judgement, in order; of one that is at hand the whole."""
        for place in self._places:
            yield place if isinstance(place, Judgement) else _head(self._data(*place))

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

    def _data(self, start: int, length: int) -> bytes:
        file = self._opened()
        file.seek(start)
        return file.read(length)

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


def heads(judgements: Sequence[Judgement]) -> Iterable[Head | Judgement]:
    """The heads of judgements; where they are not put away, the whole of each."""
    return judgements.heads() if isinstance(judgements, Shelf) else judgements


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
    judgement: Judgement = _read(data, Judgement)
    return judgement


def _head(data: bytes) -> Head | Judgement:
    head: Head | Judgement = _read(data, Head)
    return head


def _read(data: bytes, of: type) -> Any:
    """What bytes hold: as much of it as `of` has, but all that was pickled."""
    if data.startswith(_PICKLED):
        return pickle.loads(data[1:])  # noqa: S301 - of our own making
    return _decoder(of).decode(memoryview(data)[1:])


@cache
def _decoder(of: type) -> msgspec.msgpack.Decoder[Any]:
    import msgspec

    return msgspec.msgpack.Decoder(of)
