"""Writes what can be generated: README.md's real output, the pages on rules and configuration, and the JSON Schemas.

usage: python docs/generate.py [--check]

`--check` writes nothing and exits with 1 if a document is not as it would be written.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from policylint.config.keys import KEYS
from policylint.config.schema import configuration_schema
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import Rule
from policylint.judging.ruleschema import rule_schema

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
RULES = ROOT / "docs" / "rules.md"
CHANGES = ROOT / "docs" / "rule-changes.md"
CONFIGURATION = ROOT / "docs" / "configuration.md"
SCHEMAS = ROOT / "policylint" / "schema"
_KEYS = re.compile(r"<!-- keys -->.*?<!-- /keys -->", re.DOTALL)
_BLOCK = re.compile(r"(<!-- output: (?P<command>[^>]*?) -->\n```text\n).*?(?P<end>```\n)", re.DOTALL)


def output_of(command: str) -> str:
    """What a documented `policylint ...` command prints."""
    words = shlex.split(command)
    run = subprocess.run(
        [sys.executable, "-m", "policylint", *words[1:]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return run.stdout.replace("`", "'")


def readme(text: str) -> str:
    """A document with its output blocks as they are today."""
    return _BLOCK.sub(lambda match: match[1] + output_of(match["command"]) + match["end"], text)


def rules_page() -> Iterator[str]:
    """The lines of docs/rules.md: every rule with its law, by family."""
    rules = load_rules().rules
    yield "# Rules"
    yield ""
    yield f"{len(rules)} rules. Each is one file, `rules/<family>/<rule>.yaml`, with its law, wordings and examples;"
    yield "[writing rules](writing-rules.md) describes the format. A law marked with * is not verified yet, and"
    yield "never an error."
    for family, members in groupby(rules, key=lambda rule: rule.family):
        yield ""
        yield f"## {family}"
        yield ""
        yield "| rule | in English | in Dutch | weight | law | tags | since |"
        yield "|---|---|---|---|---|---|---|"
        for rule in members:
            titles = f"{rule.title['en']} | {rule.title['nl']}"
            yield f"| `{rule.id}` | {titles} | {weight(rule)} | {law(rule)} | {', '.join(rule.tags)} | {rule.since} |"


def changes_page() -> Iterator[str]:
    """The lines of docs/rule-changes.md: a note on each rule under the version that it came with, newest first."""
    from packaging.version import Version

    yield "# Rules by version"
    yield ""
    yield "What an upgrade adds. The setting `rule-set` of the [configuration](configuration.md) asks no rule that is"
    yield "newer than the version it names; a rule on trial is asked only with `preview = true`."
    rules = sorted(load_rules().rules, key=lambda rule: (rule.family, rule.id))
    versions = sorted({rule.since for rule in rules}, key=Version, reverse=True)
    for version in versions:
        yield ""
        yield f"## {version}"
        yield ""
        for rule in rules:
            if rule.since == version:
                trial = " (on trial)" if rule.preview else ""
                reason = " ".join(rule.why["en"].split())
                yield f"- `{rule.id}`{trial}, {rule.family}, {weight(rule)}. **{rule.title['en']}.** {reason}"


def weight(rule: Rule) -> str:
    """How heavy a rule's findings are, per gap for a requirement."""
    return ", ".join(f"{gap}: {severity}" if gap else str(severity) for gap, severity in rule.severity.items())


def law(rule: Rule) -> str:
    """The sources of a rule."""
    return "; ".join(source.reference for source in rule.law) + ("" if rule.verified else " *")


def configuration(text: str) -> str:
    """docs/configuration.md with its table of keys as it is today."""
    lines = ["<!-- keys -->", "| key | what it is for | holds | per file |", "|---|---|---|---|"]
    for name, key in KEYS.items():
        holds = ", ".join(key.choices or key.names or ()) or key.kind.replace("texts", "text, or a list")
        lines.append(f"| `{name}` | {key.purpose} | {holds} | {'yes' if key.per_file else ''} |")
    return _KEYS.sub(lambda _: "\n".join([*lines, "<!-- /keys -->"]), text)


def main() -> None:
    """Write or check."""
    wanted = {
        README: readme(README.read_text("utf-8")),
        RULES: "\n".join(rules_page()) + "\n",
        CHANGES: "\n".join(changes_page()) + "\n",
        CONFIGURATION: configuration(CONFIGURATION.read_text("utf-8")),
        SCHEMAS / "configuration.schema.json": json.dumps(configuration_schema(), indent=2) + "\n",
        SCHEMAS / "rule.schema.json": json.dumps(rule_schema(), indent=2) + "\n",
    }
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        if stale:
            names = ", ".join(path.relative_to(ROOT).as_posix() for path in stale)
            sys.exit(f"not up to date: {names}; run python docs/generate.py")
        return
    for path in stale:
        path.write_text(wanted[path], "utf-8")


if __name__ == "__main__":
    main()
