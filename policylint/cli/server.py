"""`policylint server`: a language server, which an editor starts and talks to over standard input and output."""

from __future__ import annotations

import gc

from policylint.cli.common import ConfigFile, Isolated, RulesFolder, Verbose, ending, told
from policylint.errors import missing_extra


def server(
    config: ConfigFile = None,
    isolated: Isolated = False,
    rules_folder: RulesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Show findings in an editor, as you type.

    A language server over standard input and output, which the editor starts: explanations and quick fixes too."""
    with ending(verbose):
        try:
            import pygls  # noqa: F401
        except ModuleNotFoundError:
            raise missing_extra("the language server needs pygls, which is not installed", "server") from None
        from policylint.run import Workshop
        from policylint.server.server import build

        # A command that ends soon needs no collector, but this one stays.
        gc.enable()
        build(lambda: Workshop({}, config, isolated, rules_folder), told(verbose)).start_io()
