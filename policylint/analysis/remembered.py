"""What is worked out once for each key, and found again by a look in a dict alone: `map` may do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Remembered(dict[_Key, _Value]):
    """A dict that makes what it lacks of the key."""

    def __init__(self, make: Callable[[_Key], _Value]) -> None:
        """Nothing is remembered yet."""
        self._make = make

    def __missing__(self, key: _Key) -> _Value:
        """Make it and remember it."""
        value = self[key] = self._make(key)
        return value
