"""Writes files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from policylint.errors import UserError


def write_whole(path: Path, data: bytes) -> None:
    """Write a file by way of one beside it, so that nobody ever sees half of it. Raises UserError 'unwritable'."""
    aside = ""
    try:
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.absolute().parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(aside).chmod(mode)
        Path(aside).replace(path)
    except OSError as error:
        if aside:
            Path(aside).unlink(missing_ok=True)
        hint = "Check that the folder is there and that you may write in it."
        raise UserError("unwritable", f"{path}: cannot be written: {error.strerror}", hint) from error


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
