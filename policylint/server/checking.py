"""Checks the text of an open document under the settings of its folder, like `policylint check` does with a file."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from policylint.config.settings import Settings
from policylint.errors import UserError
from policylint.faults import internal
from policylint.files import Source
from policylint.patterns import fits
from policylint.result import Failure, Judgement
from policylint.run import Workshop, run
from policylint.server.texts import Text


@dataclass(frozen=True)
class Checked:
    """A version of an open document, and what came of checking it (None: its settings pass it over)."""

    path: str
    version: int | None
    text: Text
    settings: Settings
    judgement: Judgement | None


def data_of(source: str) -> bytes:
    """The text of an editor as bytes that are read as nothing else; a half character becomes a question mark."""
    return codecs.BOM_UTF8 + source.encode("utf-8", "replace")


def check_text(path: str, version: int | None, text: Text, workshop: Workshop, told: Callable[[str], None]) -> Checked:
    """Check a text as the contents of the file at `path`, with the other documents of its notice as they are saved.

    Whatever goes wrong is the judgement's failure.
    """
    settings = Settings()
    try:
        settings = workshop.settings_for(Source(path))
        if any(fits(os.path.abspath(path), pattern) for pattern in settings.exclude):  # noqa: PTH100
            return Checked(path, version, text, settings, None)
        as_of = settings.as_of or date.today()
        done = run([Source(path)], workshop, as_of, told, contents={path: data_of(text.source)})
        judgement = done.result.documents[0]
    except UserError as error:
        judgement = Judgement(path, failure=Failure(error.code, error.message, error.hint))
    # The server must outlive a fault of ours in one document.
    except Exception as error:  # noqa: BLE001
        judgement = Judgement(path, failure=internal(error, told))
    return Checked(path, version, text, settings, judgement)
