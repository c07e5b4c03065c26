"""Reads rule files: `rules/concepts/*.yaml` and `rules/<family>/<id>.yaml`.

The format is described in docs/writing-rules.md. All faults of all files are reported at once, as
file:line:column, with what is wrong and what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from policylint.analysis.clauses import RESERVED
from policylint.analysis.recognisers import VALUE_NAMES
from policylint.analysis.vocabulary import LANGUAGES, Concept
from policylint.analysis.wordings import WordingError, parse_wording
from policylint.builtin import rules_folder
from policylint.errors import UserError
from policylint.facts import FACTS
from policylint.judging.checks import CHECKS
from policylint.judging.conditions import read_conditions, read_texts
from policylint.judging.prebuilt import prebuilt
from policylint.judging.rules import Applicability, Example, Rule, RuleSet, Texts
from policylint.judging.yamlfile import Entry, Fault, read_yaml
from policylint.kind import KIND_NAMES
from policylint.national_law import national_law
from policylint.result import Applies, Law, Severity, Status, Subject

FAMILIES = ("requirements", "outdated", "unfair", "contradictions", "leftovers", "clarity", "quality", "exceptions")
PLACEHOLDERS = frozenset({"quote", "entry", "since", "successor", "value"})

if TYPE_CHECKING:
    from hashlib import _Hash

_T = TypeVar("_T")
_GAPS = (Status.MISSING, Status.VAGUE)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SHARED_KEYS = ("title", "law", "severity", "since", "name", "group", "section", "concepts", "tags", "preview",
                "changes")  # fmt: skip
_TEXT_KEYS = ("message", "why", "advice", "model", "examples")
_REQUIRED_KEYS = ("title", "law", "severity", "since", "message", "why", "advice", "model")
_REQUIREMENT_KEYS = (*_SHARED_KEYS, "subject", "headings", "only_when", "applies", "met", "vague", *_TEXT_KEYS)
_FINDING_KEYS = (*_SHARED_KEYS, "found", "check", *_TEXT_KEYS)


def load_rules(folder: Path | None = None, *, strict: bool = True, beside: Sequence[Path] = ()) -> RuleSet:
    """The rules of a folder (default: the built-in ones), and of the folders `beside` it.

    Rules of all folders share their concepts. Unless `strict`, examples of the first folder are not read and its
    wordings are not parsed before a text needs them: they are most of a rule file, and the built-in ones are tested.

    Raises UserError ('bad-rules') that lists every fault of every file.
    """
    if folder is None and not strict and not beside:
        return _built_in(rules_folder(), _version_of(rules_folder()))
    return _load([_Pack(folder or rules_folder(), strict), *(_Pack(own, True) for own in beside)])


@lru_cache(maxsize=1)
def _built_in(root: Path, version: str) -> RuleSet:
    """The built-in rules, read once in a process for as long as their files are of this version."""
    kept = prebuilt(root)
    # The YAML beside it is what counts: somebody may have changed it.
    return kept if kept is not None and kept.version == version else _load([_Pack(root, strict=False)])


def _load(packs: Sequence[_Pack]) -> RuleSet:
    """The rules of some folders. Raises UserError ('bad-rules') that lists every fault of every file."""
    for pack in packs:
        if not pack.root.is_dir():
            hint = "name a folder with concepts and rule files"
            raise UserError("bad-rules", f"there is no folder {pack.root}", hint)
        if not any(pack.root.glob("*/*.yaml")):
            hint = "Name a folder like rules/ of policylint; docs/writing-rules.md describes it"
            raise UserError("bad-rules", f"{pack.root} holds no rules", hint)
    faults: list[Fault] = []
    digest = sha256()
    concepts: dict[str, Concept] = {}
    phrases: list[tuple[str, str]] = []
    for pack in packs:
        for entry, _ in pack.entries("concepts", digest, faults):
            _add_concepts(entry, concepts, pack.strict, phrases)
    for name in sorted((RESERVED | KIND_NAMES) - concepts.keys()):
        faults.append(
            Fault(_shown(packs[0].root / "concepts", packs[0].root), 1, 1, f"the concept '{name}' is lacking")
        )
    rules: dict[str, Rule] = {}
    for family in FAMILIES:
        for pack in packs:
            for entry, path in pack.entries(family, digest, faults):
                rule = _rule(entry, path, pack.root, family, concepts, faults, pack.strict)
                if rule.id in rules:
                    entry.fault(f"a rule '{rule.id}' stands in {rules[rule.id].path} already")
                rules[rule.id] = rule
    if faults:
        listed = "\n".join(str(fault) for fault in sorted(faults))
        raise UserError("bad-rules", listed, "mend the rule files; docs/writing-rules.md describes the format")
    return RuleSet(tuple(rules.values()), tuple(concepts.values()), _short(digest), tuple(phrases))


def _version_of(root: Path) -> str:
    """The version of the rules of one folder, without reading them."""
    digest = sha256()
    for kind in ("concepts", *FAMILIES):
        for path in sorted((root / kind).glob("*.yaml")):
            digest.update(path.read_bytes())
    return _short(digest)


def _short(digest: _Hash) -> str:
    return digest.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Pack:
    """A folder of rules, and whether it is read strictly."""

    root: Path
    strict: bool

    def entries(self, kind: str, digest: _Hash, faults: list[Fault]) -> Iterator[tuple[Entry, Path]]:
        """The files of a family, or of concepts, that are YAML; all are added to the digest."""
        for path in sorted((self.root / kind).glob("*.yaml")):
            digest.update(path.read_bytes())
            entry = read_yaml(path, _shown(path, self.root), faults, up_to=None if self.strict else "examples")
            if entry is not None:
                yield entry, path


def _shown(path: Path, root: Path) -> str:
    return (Path(root.name) / path.relative_to(root)).as_posix()


def _add_concepts(
    entry: Entry, concepts: dict[str, Concept], strict: bool, phrases: list[tuple[str, str]] | None = None
) -> None:
    """Read the concepts of a mapping into `concepts`; a name that is there already is a fault.

    With `phrases`, what stands under the key `examples` is read into them.
    """
    found = entry.mapping(None)
    if phrases is not None and "examples" in found:
        for language, texts in found.pop("examples").mapping(LANGUAGES).items():
            phrases += ((language, text) for item in texts.items() if (text := item.text()) is not None)
    for concept in _concepts(found, strict):
        if concept.name in concepts:
            entry.fault(f"a concept '{concept.name}' exists already")
        concepts[concept.name] = concept


def _concepts(found: Mapping[str, Entry], strict: bool) -> Iterator[Concept]:
    for name, value in found.items():
        if not _ID.fullmatch(name):
            value.fault(f"'{name}' is no name for a concept: lower case words with hyphens")
        if name in VALUE_NAMES:
            value.fault(f"'{name}' is the name of a recognised value already")
        found = value.mapping(("predicate", *LANGUAGES), LANGUAGES)
        predicate = found["predicate"].flag() if "predicate" in found else False
        wordings = {language: tuple(_wordings(found[language], strict)) for language in LANGUAGES if language in found}
        yield Concept(name, bool(predicate), wordings)


def _wordings(entry: Entry, strict: bool) -> Iterator[str]:
    seen: set[str] = set()
    for item in entry.items():
        source = item.text()
        if source is None:
            continue
        if source.lower() in seen and not source.startswith("="):
            item.fault(f"the wording '{source}' stands here twice")
        seen.add(source.lower())
        if strict:
            try:
                parse_wording(source)
            except WordingError as error:
                item.fault(f"wording '{source}': {error}")
        yield source


def _rule(
    entry: Entry,
    path: Path,
    root: Path,
    family: str,
    concepts: dict[str, Concept],
    faults: list[Fault],
    strict: bool,
) -> Rule:
    """Read one rule; its own concepts are added to `concepts`."""
    rule_id = path.stem
    if not _ID.fullmatch(rule_id):
        faults.append(Fault(_shown(path, root), 1, 1, f"'{rule_id}' is no rule id: lower case words with hyphens"))
    is_requirement = family == "requirements"
    conditions = ("met",) if is_requirement else ()
    keys = entry.mapping(
        _REQUIREMENT_KEYS if is_requirement else _FINDING_KEYS,
        (*_REQUIRED_KEYS, *conditions, *(("examples",) if strict else ())),
    )
    # What is wrong with an exception is seen only once everything is judged.
    if not is_requirement and family != "exceptions" and ("found" in keys) == ("check" in keys):
        entry.fault("a rule needs either 'found' or 'check'")
    if "concepts" in keys:
        _add_concepts(keys["concepts"], concepts, strict)
    known = frozenset(concepts) | VALUE_NAMES
    gaps = _GAPS if is_requirement and "vague" in keys else (Status.MISSING,) if is_requirement else (None,)
    return Rule(
        id=rule_id,
        family=family,
        name=(keys["name"].text() if "name" in keys else None) or (rule_id if is_requirement else None),
        path=_shown(path, root),
        title=_texts(keys.get("title")),
        law=tuple(_law(keys["law"])) if "law" in keys else (),
        severity=_per_gap(keys.get("severity"), gaps, _severity),
        message=_per_gap(keys.get("message"), gaps, _texts),
        why=_texts(keys.get("why")),
        advice=_texts(keys.get("advice")),
        model=_texts(keys.get("model")),
        since=_version(keys["since"]) if "since" in keys else "",
        met=read_conditions(keys["met"], known) if "met" in keys else (),
        vague=read_conditions(keys["vague"], known) if "vague" in keys else (),
        only_when=read_conditions(keys["only_when"], known) if "only_when" in keys else (),
        found=read_conditions(keys["found"], known, rows=True) if "found" in keys else (),
        check=keys["check"].choice(tuple(CHECKS)) if "check" in keys else None,
        applies=_applies(keys["applies"], known) if "applies" in keys else None,
        section=tuple(_names(keys["section"], known)) if "section" in keys else (),
        headings="headings" in keys and keys["headings"].flag() is True,
        group=keys["group"].text() if "group" in keys else None,
        tags=tuple(text for item in keys["tags"].items() if (text := item.text())) if "tags" in keys else (),
        subject=_subject(keys["subject"]) if "subject" in keys else Subject.OTHER,
        preview=bool(keys["preview"].flag()) if "preview" in keys else False,
        changes=_changes(keys["changes"], keys.get("since")) if "changes" in keys else {},
        examples=tuple(_examples(keys["examples"], gaps, "only_when" in keys)) if "examples" in keys else (),
    )


def _subject(entry: Entry) -> Subject:
    return Subject(entry.choice(list(Subject)) or Subject.OTHER)


def _version(entry: Entry) -> str:
    """The version of the rules that a rule came with."""
    text = entry.text() or ""
    if not _VERSION.fullmatch(text):
        entry.fault(f"'{text}' is no version such as 0.2.0")
    return text


def _changes(entry: Entry, since: Entry | None) -> Mapping[str, Texts]:
    """What versions after the one that a rule came with made of it."""
    first = (since.text() if since is not None else None) or ""
    changes = {}
    for version, texts in entry.mapping(None).items():
        if not _VERSION.fullmatch(version):
            texts.fault(f"'{version}' is no version such as 0.2.0")
        elif _VERSION.fullmatch(first) and _parts(version) <= _parts(first):
            texts.fault(f"the rule came with {first}, so {version} cannot have changed it")
        changes[version] = read_texts(texts)
    return changes


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _law(entry: Entry) -> Iterator[Law]:
    """The sources of a rule; verified are those that the file says somebody verified."""
    for item in entry.items():
        keys = item.mapping(("reference", "url", "verified", "country"), ("reference", "url", "verified"))
        reference = keys["reference"].text() if "reference" in keys else None
        url = keys["url"].text() if "url" in keys else None
        verified = keys["verified"].flag() if "verified" in keys else None
        country = keys["country"].choice(tuple(national_law().laws)) if "country" in keys else None
        if reference and url:
            yield Law(reference, url, country or "", verified is True)


def _texts(entry: Entry | None) -> Texts:
    if entry is None:
        return {}
    texts = read_texts(entry)
    used = {language: set(_PLACEHOLDER.findall(text)) for language, text in texts.items()}
    for language, names in used.items():
        for name in sorted(names - PLACEHOLDERS):
            entry.fault(f"unknown placeholder '{{{name}}}' ({language}); allowed are {', '.join(sorted(PLACEHOLDERS))}")
    if len({frozenset(names) for names in used.values()}) > 1:
        entry.fault("the languages use different placeholders")
    return texts


def _severity(entry: Entry | None) -> Severity:
    chosen = entry.choice(list(Severity)) if entry is not None else None
    return Severity(chosen) if chosen else Severity.ERROR


def _per_gap(
    entry: Entry | None, gaps: tuple[Status | None, ...], read: Callable[[Entry | None], _T]
) -> dict[Status | None, _T]:
    """What a rule has once, or once per gap (`missing`, `vague`) when it is a requirement."""
    if entry is None or gaps == (None,):
        return {None: read(entry)}
    keys = entry.mapping([str(gap) for gap in gaps], [str(gap) for gap in gaps])
    return {gap: read(keys.get(str(gap))) for gap in gaps}


def _applies(entry: Entry, known: frozenset[str]) -> Applicability:
    keys = entry.mapping(("facts", "when", "otherwise", "reason"), ("when", "otherwise", "reason"))
    facts = keys["facts"].items() if "facts" in keys else ()
    otherwise = keys["otherwise"].choice([Applies.NO, Applies.UNCLEAR]) if "otherwise" in keys else None
    return Applicability(
        facts=tuple(fact for item in facts if (fact := item.choice(FACTS)) is not None),
        when=read_conditions(keys["when"], known) if "when" in keys else (),
        otherwise=Applies(otherwise) if otherwise else Applies.UNCLEAR,
        reason=_texts(keys.get("reason")),
    )


def _names(entry: Entry, known: frozenset[str]) -> Iterator[str]:
    for item in entry.items():
        name = item.choice(known)
        if name is not None:
            yield name


def _examples(entry: Entry, gaps: tuple[Status | None, ...], may_not_apply: bool) -> Iterator[Example]:
    outcomes = ("found", "silent") if gaps == (None,) else ("met", *sorted(str(gap) for gap in gaps))
    allowed = (*outcomes, str(Status.NOT_APPLICABLE)) if may_not_apply else outcomes
    for language, by_outcome in entry.mapping(LANGUAGES, LANGUAGES).items():
        for outcome, items in by_outcome.mapping(allowed, outcomes).items():
            for item in items.items():
                yield from _example(item, language, outcome)


def _example(item: Entry, language: str, outcome: str) -> Iterator[Example]:
    points = outcome not in ("missing", "silent", Status.NOT_APPLICABLE)
    if not points:
        text, at = item.text(), None
    else:
        keys = item.mapping(("text", "at"), ("text", "at"))
        text = keys["text"].text() if "text" in keys else None
        at = keys["at"].text() if "at" in keys else None
        if at is not None and text is not None and at not in text:
            keys["at"].fault(f"'{at}' does not stand in the example")
    if text is not None:
        yield Example(language, outcome, text, at, item.line)
