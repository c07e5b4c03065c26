"""Writes files whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copymode

from policylint.errors import UserError


def write_whole(path: Path, data: bytes) -> None:
    """Write a file by way of one beside it, so that nobody ever sees half of it. Raises UserError 'unwritable'."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        try:
            beside.write_bytes(data)
            if target.exists():
                copymode(target, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        hint = "Check that the folder is there and that you may write in it."
        raise UserError("unwritable", f"{path}: cannot be written: {error.strerror}", hint) from error
