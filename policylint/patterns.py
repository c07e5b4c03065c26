"""Patterns of files, as configurations and exceptions write them."""

from __future__ import annotations

import fnmatch


def fits(path: str, pattern: str) -> bool:
    """Whether an absolute path fits an absolute pattern; `*` also fits what has slashes, a folder all below it."""
    return fnmatch.fnmatchcase(path, pattern) or fnmatch.fnmatchcase(path, f"{pattern.rstrip('/')}/*")
