"""Puts the built-in rules, parsed, into the wheel beside their YAML."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ParsedRules(BuildHookInterface[Any]):
    """Adds a file to the wheel that the project itself does not hold, so that it is never older than the rules."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Parse the rules; an editable installation reads the YAML itself, which its owner may change."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from policylint.judging.prebuilt import FILE, build
        from policylint.judging.rulefiles import load_rules

        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / FILE
        file.write_bytes(build(load_rules(strict=False)))
        build_data["force_include"][str(file)] = f"policylint/rules/{FILE}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Clear up."""
        if version != "editable":
            self._folder.cleanup()
