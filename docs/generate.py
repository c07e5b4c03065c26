"""Writes what can be generated into the documents: the real output that README.md shows.

usage: python docs/generate.py [--check]

`--check` writes nothing and exits with 1 if a document is not as it would be written.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"(<!-- output: (?P<command>[^>]*?) -->\n```text\n).*?(?P<end>```\n)", re.DOTALL)


def output_of(command: str) -> str:
    """What a documented `policylint ...` command prints, as of a fixed day."""
    words = shlex.split(command)
    run = subprocess.run(
        [sys.executable, "-m", "policylint", *words[1:]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return run.stdout.replace("`", "'")


def generated(text: str) -> str:
    """A document with its output blocks as they are today."""
    return _BLOCK.sub(lambda match: match[1] + output_of(match["command"]) + match["end"], text)


def main() -> None:
    """Write or check."""
    before = README.read_text("utf-8")
    after = generated(before)
    if "--check" in sys.argv[1:]:
        if before != after:
            sys.exit("README.md is not up to date: run python docs/generate.py")
    else:
        README.write_text(after, "utf-8")


if __name__ == "__main__":
    main()
