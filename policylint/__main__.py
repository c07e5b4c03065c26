"""The console script."""

from __future__ import annotations

import gc
import os
import sys

from policylint import __version__


def main() -> None:
    """Run policylint on the command line and leave with its exit code."""
    # Answered before typer is imported: scripts and editors ask for the version at every start.
    if sys.argv[1:] == ["--version"]:
        print(f"policylint {__version__}")
        return
    # A run ends before it makes cycles worth looking for; looking for them takes a tenth of its time.
    gc.disable()
    # Looking for plug-ins in every installed package takes longer than reading the command line.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from policylint.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    # Everything is written and flushed; tearing down the language libraries would take a fifth of a second more.
    os._exit(code)


if __name__ == "__main__":
    main()
