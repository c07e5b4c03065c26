"""Sheets: what a rule file says of its rule, without what makes it work.

Listing and explaining rules must be quick, so only the parts of a file that are asked for are read,
and nothing is compiled. `rulefiles` checks the files; here they are taken to be right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from policylint.builtin import rules_folder

HEAD = frozenset({"title", "law", "severity", "since", "name", "group", "tags", "preview", "changes"})
MEMO = HEAD | {"message", "why", "advice", "model", "examples"}

_TOP_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of one rule; parts that were not read are empty.

    `severity` and `message` are by gap (`missing`, `vague`), or under "" for a finding; `examples`
    by language and outcome; `changes` by the version that made them.
    """

    id: str
    family: str
    path: str
    title: Texts
    law: tuple[Mapping[str, str], ...]
    severity: Mapping[str, str]
    since: str
    name: str | None
    tags: tuple[str, ...]
    preview: bool
    changes: Mapping[str, Texts]
    message: Mapping[str, Texts]
    why: Texts
    advice: Texts
    model: Texts
    examples: Mapping[str, Mapping[str, tuple[str, ...]]]


def sheets(parts: Collection[str] = HEAD, folder: Path | None = None, rule: str | None = None) -> Iterator[Sheet]:
    """The sheets of the rules in a folder (default: the built-in ones), or of one `rule`, by family and id."""
    root = folder or rules_folder()
    for path in sorted(root.glob(f"*/{rule or '*'}.yaml")):
        if path.parent.name != "concepts":
            yield _sheet(path, parts)


def _sheet(path: Path, parts: Collection[str]) -> Sheet:
    text = path.read_text("utf-8")
    keys = list(_TOP_KEY.finditer(text))
    ends = [*(key.start() for key in keys[1:]), len(text)]
    chosen = "".join(text[key.start() : end] for key, end in zip(keys, ends, strict=True) if key[1] in parts)
    # Every value stays the text that is written, but for the lists and tables around it.
    data: dict[str, Any] = yaml.load(chosen, Loader=_LOADER) or {}  # noqa: S506 (safe loaders both)
    severity, message = data.get("severity", {}), data.get("message", {})
    by_gap = isinstance(severity, dict)
    return Sheet(
        id=path.stem,
        family=path.parent.name,
        path=str(path),
        title=data.get("title", {}),
        law=tuple(data.get("law", ())),
        severity=severity if by_gap else {"": severity},
        since=str(data.get("since", "")),
        name=data.get("name"),
        tags=tuple(data.get("tags", ())),
        preview=bool(data.get("preview", False)),
        changes=data.get("changes", {}),
        message=message if by_gap else {"": message},
        why=data.get("why", {}),
        advice=data.get("advice", {}),
        model=data.get("model", {}),
        examples={
            language: {
                outcome: tuple(str(item["text"] if isinstance(item, dict) else item).strip() for item in items)
                for outcome, items in by_outcome.items()
            }
            for language, by_outcome in data.get("examples", {}).items()
        },
    )
