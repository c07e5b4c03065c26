"""Writes files whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from shutil import copymode
from zipfile import BadZipFile, ZipFile, is_zipfile

from policylint.errors import UserError

_REPORT_MARK = b"policylint report"
"""What every report for people says of its origin."""
_COMMENT_MARK = b"<!-- policylint -->"
"""What a report in Markdown opens with."""
_LARGEST_REPORT = 50_000_000
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def is_report(path: Path) -> bool:
    """Whether a file is an earlier report of ours, so that it may be replaced, or holds nothing at all."""
    try:
        size = path.stat().st_size
        if not 0 < size <= _LARGEST_REPORT:
            return size == 0
        if is_zipfile(path):
            with ZipFile(path) as package:
                properties = package.getinfo("docProps/core.xml")
                return properties.file_size < _LARGEST_REPORT and _REPORT_MARK in package.read(properties)
        data = path.read_bytes()
        return _REPORT_MARK in data or data.startswith(_COMMENT_MARK)
    except (OSError, KeyError, BadZipFile, NotImplementedError, RuntimeError):
        return False


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file, all at once or piece by piece, by way of one beside it, so that nobody ever sees half of it.

    Raises UserError 'unwritable'.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        try:
            with beside.open("wb") as file:
                file.writelines([data] if isinstance(data, bytes) else data)
            if target.exists():
                copymode(target, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        hint = "Check that the folder is there and that you may write in it."
        if error.errno in _NO_ROOM:
            hint = "Make room, or write elsewhere."
        raise UserError("unwritable", f"{path}: cannot be written: {error.strerror}", hint) from error
