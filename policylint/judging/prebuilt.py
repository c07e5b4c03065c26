"""The built-in rules as a wheel holds them: parsed when it was built, which saves every start a tenth of a second."""

from __future__ import annotations

from pathlib import Path

from policylint.judging.rules import RuleSet

FILE = "prebuilt.msgpack"


def prebuilt(folder: Path) -> RuleSet | None:
    """The rules that stand parsed in a folder of rules, as a build left them; None where there are none."""
    file = folder / FILE
    if not file.is_file():
        return None
    import msgspec

    try:
        return msgspec.msgpack.decode(file.read_bytes(), type=RuleSet)
    except msgspec.MsgspecError:
        return None


def build(rules: RuleSet) -> bytes:
    """What stands in the file."""
    import msgspec

    return msgspec.msgpack.encode(rules)
