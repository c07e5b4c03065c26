"""What a command on one document says when it cannot be read or judged, in the language of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policylint.errors import UserError

if TYPE_CHECKING:
    from policylint.files import Source
    from policylint.result import Failure


def refused(name: str, failure: Failure | UserError, language: str | None) -> UserError:
    """The error that tells why the document called `name` is not judged."""
    from policylint.report.failures import in_language
    from policylint.result import Failure

    told = in_language(Failure(failure.code, failure.message, failure.hint), language)
    return UserError(told.code, f"{name}: {told.message}", told.hint)


def contents(name: str, source: Source, language: str | None) -> bytes:
    """The bytes of the document called `name`. Raises UserError for one that is not there or cannot be read."""
    from policylint.files import read

    if source.failure is not None:
        raise refused(name, source.failure, language)
    try:
        return read(source)
    except UserError as error:
        raise refused(name, error, language) from error
