"""The release note of the rules, from what their files say: what each version added, and changed in older rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policylint.judging.sheets import Sheet
from policylint.report.memo import weights


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    new: str
    preview: str
    changed: str
    nothing: str


_WORDS: Mapping[str, _Words] = {
    "nl": _Words(
        "Regels per versie", "Nieuw", "Nieuw, als proef (alleen met `preview`)", "Gewijzigd", "Geen wijziging."
    ),
    "en": _Words("Rules by version", "New", "New, in preview (asked only with `preview`)", "Changed", "No change."),
}


def rule_changes(sheets: Iterable[Sheet], language: str, after: str = "") -> str:
    """What each version did to the rules as Markdown, the newest version first, up to the version `after`."""
    words = _WORDS[language]
    known = tuple(sheets)
    versions = {sheet.since for sheet in known} | {version for sheet in known for version in sheet.changes}
    newer = sorted((each for each in versions if _number(each) > _number(after)), key=_number, reverse=True)
    lines = [f"# {words.title}"]
    for version in newer:
        lines += ["", f"## {version}"]
        new = [sheet for sheet in known if sheet.since == version]
        for title, preview in ((words.new, False), (words.preview, True)):
            rows = [_row(sheet, language) for sheet in new if sheet.preview is preview]
            lines += ["", f"### {title} ({len(rows)})", "", *rows] if rows else []
        changed = list(_changed(known, version, language))
        lines += ["", f"### {words.changed} ({len(changed)})", "", *changed] if changed else []
    return "\n".join([*lines, *([] if newer else ["", words.nothing])]) + "\n"


def _row(sheet: Sheet, language: str) -> str:
    return f"- `{sheet.id}` ({sheet.family}; {weights(sheet, language)}): {sheet.title[language]}"


def _changed(sheets: Iterable[Sheet], version: str, language: str) -> Iterator[str]:
    for sheet in sheets:
        if version in sheet.changes:
            yield f"- `{sheet.id}`: {sheet.changes[version][language]}"


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part)
