"""What the user can mend: every such fault is an `UserError`, never a traceback."""

from __future__ import annotations


class UserError(Exception):
    """A fault the user can mend: what is wrong, where, and what to do about it.

    `code` is a stable slug for machines ("not-found", "binary", ...), `message` says what and
    where, `hint` says what to do.
    """

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[UserError], tuple[str, str, str]]:
        """An error that crosses from one process to another stays whole."""
        return type(self), (self.code, self.message, self.hint)


def missing_extra(message: str, extra: str) -> UserError:
    """The error 'missing-extra': what cannot be done without the libraries of an extra, and how to install them."""
    hint = f"Run in the folder of policylint: pip install '.[{extra}]', or uv tool install --reinstall '.[all,{extra}]'"
    return UserError("missing-extra", message, hint)
