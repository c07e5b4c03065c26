"""`policylint server`: a language server, which an editor starts and talks to over standard input and output."""

from __future__ import annotations

import gc

from policylint.cli.common import ConfigFile, Isolated, RulesFolder, Verbose, ending, told
from policylint.errors import UserError


def server(
    config: ConfigFile = None,
    isolated: Isolated = False,
    rules_folder: RulesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Serve an editor: findings as you type, explanations, quick fixes (language server protocol, stdio)."""
    with ending(verbose):
        try:
            import pygls  # noqa: F401
        except ModuleNotFoundError:
            hint = "pip install 'policylint[server]'"
            raise UserError("no-server", "the language server needs pygls, which is not installed", hint) from None
        from policylint.run import Workshop
        from policylint.server.server import build

        # A command that ends soon needs no collector, but this one stays.
        gc.enable()
        build(lambda: Workshop({}, config, isolated, rules_folder), told(verbose)).start_io()
