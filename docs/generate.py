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
from policylint.judging.sheets import MEMO, sheets
from policylint.report.memo import memo_markdown

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
from corpus_page import sizing  # noqa: E402
from performance_page import page  # noqa: E402

README = ROOT / "README.md"
REPORTS = ROOT / "docs" / "reports.md"
RULES = ROOT / "docs" / "rules.md"
CHANGES = ROOT / "docs" / "rule-changes.md"
CONFIGURATION = ROOT / "docs" / "configuration.md"
PAGES = ROOT / "docs" / "rules"
FIGURES = ROOT / "benchmarks" / "performance.json"
PERFORMANCE = ROOT / "docs" / "performance.md"
LARGE_RUN = ROOT / "benchmarks" / "corpus.json"
CORPUS = ROOT / "docs" / "corpus.md"
SCHEMAS = ROOT / "policylint" / "schema"
_KEYS = re.compile(r"<!-- keys -->.*?<!-- /keys -->", re.DOTALL)
_FIGURES = re.compile(r"<!-- figures -->.*?<!-- /figures -->", re.DOTALL)
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
            told = (titles, weight(rule), law(rule), ", ".join(rule.tags), rule.since)
            yield f"| [`{rule.id}`](rules/{rule.id}.md) | {' | '.join(told)} |"


def changes_page() -> Iterator[str]:
    """The lines of docs/rule-changes.md: a note on each rule under the version that it came with, newest first."""
    from packaging.version import Version

    yield "# Rules by version"
    yield ""
    yield "What an upgrade adds. The setting `rule-set` of the [configuration](configuration.md) asks no rule that is"
    yield "newer than the version it names; a rule on trial is asked only with `preview = true`."
    rules = sorted(load_rules().rules, key=lambda rule: (rule.family, rule.id))
    versions = sorted({version for rule in rules for version in (rule.since, *rule.changes)}, key=Version, reverse=True)
    for version in versions:
        yield ""
        yield f"## {version}"
        yield ""
        for rule in rules:
            if rule.since == version:
                trial = " (on trial)" if rule.preview else ""
                reason = " ".join(rule.why["en"].split())
                name = f"[`{rule.id}`](rules/{rule.id}.md){trial}"
                yield f"- {name}, {rule.family}, {weight(rule)}. **{rule.title['en']}.** {reason}"
        for rule in rules:
            if version in rule.changes:
                yield f"- [`{rule.id}`](rules/{rule.id}.md), changed. {rule.changes[version]['en']}"


def rule_pages() -> Iterator[tuple[Path, str]]:
    """A page for each rule: the memo on it in English, then in Dutch."""
    for sheet in sheets(MEMO):
        english, dutch = (memo_markdown(sheet, language) for language in ("en", "nl"))
        # The second memo stands under a heading of its own, its parts one level deeper.
        below = re.sub(r"^(#+) ", r"#\1 ", dutch, flags=re.MULTILINE)
        yield PAGES / f"{sheet.id}.md", f"{english}\n{below}\n[All rules](../rules.md)\n"


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


def corpus(text: str) -> str:
    """docs/corpus.md with the figures of the last large run."""
    lines = ["<!-- figures -->", *sizing(json.loads(LARGE_RUN.read_text("utf-8"))), "<!-- /figures -->"]
    return _FIGURES.sub(lambda _: "\n".join(lines), text)


def main() -> None:
    """Write or check."""
    wanted = {
        README: readme(README.read_text("utf-8")),
        REPORTS: readme(REPORTS.read_text("utf-8")),
        RULES: "\n".join(rules_page()) + "\n",
        **dict(rule_pages()),
        CHANGES: "\n".join(changes_page()) + "\n",
        CONFIGURATION: configuration(CONFIGURATION.read_text("utf-8")),
        PERFORMANCE: "\n".join(page(json.loads(FIGURES.read_text("utf-8")))) + "\n",
        CORPUS: corpus(CORPUS.read_text("utf-8")),
        SCHEMAS / "configuration.schema.json": json.dumps(configuration_schema(), indent=2) + "\n",
        SCHEMAS / "rule.schema.json": json.dumps(rule_schema(), indent=2) + "\n",
    }
    gone = [path for path in PAGES.glob("*.md") if path not in wanted]
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        if stale or gone:
            names = ", ".join(path.relative_to(ROOT).as_posix() for path in [*stale, *gone])
            sys.exit(f"not up to date: {names}; run python docs/generate.py")
        return
    for path in gone:
        path.unlink()
    PAGES.mkdir(exist_ok=True)
    for path in stale:
        path.write_text(wanted[path], "utf-8")


if __name__ == "__main__":
    main()
