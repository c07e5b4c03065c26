"""What is worked out once for each key, and found again by a look in a dict alone: `map` may do it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Remembered(dict[_Key, _Value]):
    """A dict that makes what it lacks of the key.

    Once it holds `most` keys it begins anew, and takes over what is asked for again before it has as many: what stands
    in every text is never made twice, and what stood in one does not stay. Together these are twice `most` at most.
    """

    def __init__(self, make: Callable[[_Key], _Value], most: int = sys.maxsize) -> None:
        """Nothing is remembered yet."""
        self._make = make
        self._most = most
        self._before: dict[_Key, _Value] = {}

    def __missing__(self, key: _Key) -> _Value:
        """Make it, unless it was there before, and remember it."""
        value = self._before[key] if key in self._before else self._make(key)
        if len(self) >= self._most:
            self._before = dict(self)
            self.clear()
        self[key] = value
        return value
