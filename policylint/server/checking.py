"""Checks the text of an open document under the settings of its folder, like `policylint check` does with a file."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from policylint.accepting import Judged, accept
from policylint.config.settings import Settings
from policylint.errors import UserError
from policylint.faults import internal
from policylint.files import Source
from policylint.patterns import fits
from policylint.result import Failure, Judgement
from policylint.run import Workshop, judge_bytes
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
    """Check a text as the contents of the file at `path`; whatever goes wrong is the judgement's failure."""
    settings = Settings()
    try:
        settings = workshop.settings_for(Source(path))
        if any(fits(os.path.abspath(path), pattern) for pattern in settings.exclude):  # noqa: PTH100
            return Checked(path, version, text, settings, None)
        judgement = _judge(path, text, settings, workshop, told)
    except UserError as error:
        judgement = Judgement(path, failure=Failure(error.code, error.message, error.hint))
    # The server must outlive a fault of ours in one document.
    except Exception as error:  # noqa: BLE001
        judgement = Judgement(path, failure=internal(error, told))
    return Checked(path, version, text, settings, judgement)


def _judge(path: str, text: Text, settings: Settings, workshop: Workshop, told: Callable[[str], None]) -> Judgement:
    rules = workshop.rules(settings)
    names = workshop.names(settings)
    as_of = settings.as_of or date.today()
    judgement = judge_bytes(path, data_of(text.source), rules, settings, as_of, told)
    accepted = accept([Judged(judgement, settings, rules.rules, names)], max(as_of, date.today()))
    return accepted.documents[0]
