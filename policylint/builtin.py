"""Where the built-in rules lie."""

from __future__ import annotations

from pathlib import Path


def rules_folder() -> Path:
    """The folder of the built-in rules: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "rules"
    return installed if installed.is_dir() else package.parent / "rules"
