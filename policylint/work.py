"""The work of a run: documents judged under their settings, from the cache, in turn or side by side."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePath

from policylint.cache import Cache
from policylint.config.settings import Settings
from policylint.errors import UserError
from policylint.faults import internal
from policylint.files import Source, read
from policylint.judging.rules import RuleSet
from policylint.judging.selection import severity_of
from policylint.parallel import processes, side_by_side, task_is_done
from policylint.result import Failure, Judgement, Severity
from policylint.shelf import Shelf, packed, unpacked
from policylint.time_limit import time_limit

_SKIPPED = {
    "unsupported-language": "unsupported_language",
    "not-a-policy": "not_a_policy",
    "nothing-to-check": "allow_empty",
}
"""The setting that passes a failure over."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to judge, under its settings; `data` are its bytes where they cannot be read again.

    One that is `part` of a layered notice is judged whatever kind of text it is.
    """

    source: Source
    settings: Settings
    as_of: date
    part: bool = False
    data: bytes | None = field(default=None, repr=False)


def judged_in_order(
    tasks: Sequence[Task],
    rules: Sequence[RuleSet],
    jobs: int,
    cache: Cache | None,
    told: Callable[[str], None],
) -> Iterator[Judgement]:
    """The judgement of every task, in order, under the rules at its place; 0 `jobs` means as many as are worth it."""
    found = Shelf()
    left: list[tuple[Task, RuleSet]] = []
    is_left = []
    for task, asked in zip(tasks, rules, strict=True):
        known = _found(task, asked, cache)
        is_left.append(known is None)
        if known is None:
            left.append((task, asked))
        else:
            found.append(known)
    answers = _answers(left, processes(jobs, [_size(task) for task, _ in left]), told)
    known_ones = iter(found)
    for task, asked, is_judged in zip(tasks, rules, is_left, strict=True):
        document = next(answers if is_judged else known_ones)
        if is_judged and cache is not None and document.failure is None and document.sha256 is not None:
            cache.keep(_key(task, asked, cache, document.sha256), document)
        yield _weighed(_skipped(document, task.settings), asked, task.settings)


def judge_bytes(
    path: str,
    data: bytes,
    rules: RuleSet,
    settings: Settings,
    as_of: date,
    told: Callable[[str], None],
    part: bool = False,
) -> Judgement:
    """Judge the bytes of a document under its settings; what goes wrong becomes the judgement's failure."""
    judgement = _judged(path, data, rules, settings, as_of, told, part)
    return _weighed(_skipped(judgement, settings), rules, settings)


@dataclass(frozen=True, slots=True)
class _Bench:
    """What a process needs to judge: every set of rules once, however many documents are asked them."""

    rules: tuple[RuleSet, ...]

    def __call__(self, given: tuple[Task, int]) -> tuple[bytes, list[str]]:
        """The judgement of a task under the rules at a place, packed, and what a developer wants to read about it."""
        task, place = given
        told: list[str] = []
        return packed(_judge(task, self.rules[place], told.append)), told


def _answers(left: Sequence[tuple[Task, RuleSet]], jobs: int, told: Callable[[str], None]) -> Iterator[Judgement]:
    if jobs == 1:
        for task, asked in left:
            yield _judge(task, asked, told)
            task_is_done()
        return
    places = {id(asked): asked for _, asked in left}
    numbers = {each: number for number, each in enumerate(places)}
    given = [(task, numbers[id(asked)]) for task, asked in left]
    for data, texts in side_by_side(_Bench(tuple(places.values())), given, jobs, _lost):
        for text in texts:
            told(text)
        yield unpacked(data)


def _size(task: Task) -> int:
    if task.data is not None:
        return len(task.data)
    with contextlib.suppress(OSError):
        return Path(task.source.path).stat().st_size
    return 0


def _lost(given: tuple[Task, int]) -> tuple[bytes, list[str]]:
    hint = "The system may have ended it for want of memory; check the document alone, or with --jobs 1."
    message = "the process that judged this document ended before it was done"
    return packed(Judgement(given[0].source.path, failure=Failure("internal", message, hint))), []


def with_standard_input(task: Task) -> Task:
    """The task with its text if that is on standard input, which can be read once and by one process."""
    if not task.source.stdin or task.source.failure is not None:
        return task
    try:
        return replace(task, data=read(task.source))
    except UserError as error:
        failure = Failure(error.code, error.message, error.hint)
        return replace(task, source=replace(task.source, failure=failure))


def _found(task: Task, rules: RuleSet, cache: Cache | None) -> Judgement | None:
    """What is known without judging: that there is no document, or the verdict that the cache has on it as it is."""
    if task.source.failure is not None:
        return Judgement(task.source.path, failure=task.source.failure)
    if cache is None:
        return None
    try:
        contents = sha256(read(task.source) if task.data is None else task.data).hexdigest()
    except UserError:
        return None
    return cache.find(_key(task, rules, cache, contents), task.source.path, contents)


def _key(task: Task, rules: RuleSet, cache: Cache, contents: str) -> str:
    settings = task.settings
    parts: dict[str, object] = {
        "rules": rules.version,
        "asked": [rule.id for rule in rules.rules],
        "language": settings.language,
        "report_lang": settings.report_lang,
        "jurisdiction": settings.jurisdiction,
        "facts": dict(settings.facts),
        "as_of": task.as_of.isoformat(),
        "part": task.part,
        # The suffix says what format a text is in.
        "suffix": PurePath(task.source.path).suffix.lower(),
    }
    return cache.key(parts, contents)


def _judge(task: Task, rules: RuleSet, told: Callable[[str], None]) -> Judgement:
    source = task.source
    try:
        data = read(source) if task.data is None else task.data
    except UserError as error:
        return Judgement(source.path, failure=Failure(error.code, error.message, error.hint))
    return _judged(source.path, data, rules, task.settings, task.as_of, told, task.part)


def _judged(
    path: str,
    data: bytes,
    rules: RuleSet,
    settings: Settings,
    as_of: date,
    told: Callable[[str], None],
    part: bool,
) -> Judgement:
    """The judgement before the settings weigh it."""
    try:
        from policylint.lint import lint_bytes

        with time_limit(settings.timeout):
            return lint_bytes(
                path,
                data,
                rules,
                language=settings.language,
                jurisdiction=settings.jurisdiction,
                as_of=as_of,
                facts=settings.facts,
                report_language=settings.report_lang,
                **({"part": True} if part else {}),
            )
    except UserError as error:
        return Judgement(path, failure=Failure(error.code, error.message, error.hint))
    # A fault of ours in one document must not keep the others from being reported; it ends as exit code 3.
    except Exception as error:  # noqa: BLE001
        return Judgement(path, failure=internal(error, told))


def _skipped(judgement: Judgement, settings: Settings) -> Judgement:
    """A judgement whose failure the settings pass over says so."""
    failure = judgement.failure
    if failure is None or failure.code not in _SKIPPED:
        return judgement
    if getattr(settings, _SKIPPED[failure.code]) not in ("skip", True):
        return judgement
    return replace(judgement, failure=replace(failure, skipped=True))


def _weighed(judgement: Judgement, rules: RuleSet, settings: Settings) -> Judgement:
    """The findings with the severities that the settings give them."""
    if not settings.severity or not judgement.findings:
        return judgement
    given = {rule.id: severity_of(rule, settings.severity) for rule in rules.rules}
    findings = (
        replace(finding, severity=Severity(value)) if (value := given.get(finding.rule)) else finding
        for finding in judgement.findings
    )
    return replace(judgement, findings=tuple(findings))
