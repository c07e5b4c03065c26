"""What is accepted in a run: exceptions in comments and in files, then what a baseline records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from policylint.baseline import Baseline, Stale, read_baseline, stale_entries
from policylint.config.settings import Settings
from policylint.config.sidecar import Sidecar, beside, read_sidecar
from policylint.document import Location
from policylint.judging.exceptions.acceptance import Acceptance, Names, Selector
from policylint.judging.exceptions.signing import Reporter, read_remarks, sign
from policylint.judging.rules import Rule
from policylint.judging.selection import severity_of
from policylint.result import Finding, Judgement, Severity

_POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with what it was made under: settings, the rules asked, and all rules that may be accepted."""

    document: Judgement
    settings: Settings
    asked: Sequence[Rule]
    names: Names


@dataclass(frozen=True, slots=True)
class Accepted:
    """The judgements with what is accepted marked, and what baselines record without need."""

    documents: tuple[Judgement, ...]
    stale: tuple[Stale, ...]


@dataclass(slots=True)
class _Use:
    """Which exceptions of files were of use: those that any document used, and the first document of each."""

    used: set[tuple[Acceptance, Selector]] = field(default_factory=set)
    first: dict[Acceptance, int] = field(default_factory=dict)
    unsure: set[Acceptance] = field(default_factory=set)


def accept(judged: Sequence[Judged], today: date, *, exceptions: bool = True, baselines: bool = True) -> Accepted:
    """Apply exceptions and baselines to the judgements of a run, and report those that are wrong or of no use.

    Raises UserError 'bad-configuration' for a fault in a file of exceptions and 'bad-baseline' for a baseline.
    """
    documents = _excepted(judged, today) if exceptions else [each.document for each in judged]
    documents = [_weighed(document, each) for document, each in zip(documents, judged, strict=True)]
    return _recorded(documents, judged) if baselines else Accepted(tuple(documents), ())


def _excepted(judged: Sequence[Judged], today: date) -> list[Judgement]:
    files: dict[Path, Sidecar] = {}
    use = _Use()
    documents = []
    for number, each in enumerate(judged):
        acceptances = [acceptance for file in _files(each, files) for acceptance in file.for_file(each.document.path)]
        document = each.document
        for acceptance in acceptances:
            use.first.setdefault(acceptance, number)
            if not _shows_use(document):
                use.unsure.add(acceptance)
        if document.failure is None:
            inline, misspelt = read_remarks(document.remarks, each.names)
            signed = sign(document.findings, [*inline, *acceptances], each.names, today)
            use.used |= signed.used
            reporter = _reporter(each, today)
            used = signed.used if _shows_use(document) else {(one, by) for one in inline for by in one.selectors}
            document = _joined(document, signed.findings, reporter.report(inline, misspelt, used))
        documents.append(document)
    for number, each in enumerate(judged):
        own = [acceptance for acceptance, first in use.first.items() if first == number]
        if own and each.document.failure is None:
            reporter = _reporter(each, today)
            reported = reporter.expired(own)
            reported += reporter.unused([one for one in own if one not in use.unsure], use.used)
            documents[number] = _joined(documents[number], documents[number].findings, reported)
    return documents


def _shows_use(document: Judgement) -> bool:
    """Whether every rule that was selected had its say; what is no policy is asked one of them alone."""
    return document.failure is None and document.kind == _POLICY


def _files(judged: Judged, known: dict[Path, Sidecar]) -> list[Sidecar]:
    """The files of exceptions that hold for a document, each read once."""
    named = Path(judged.settings.exceptions) if judged.settings.exceptions else None
    found = []
    for path, is_beside in ((beside(judged.document.path), True), (named, False)):
        if path is not None:
            if path not in known:
                known[path] = read_sidecar(path, is_beside)
            known[path].check(judged.names)
            found.append(known[path])
    return found


def _reporter(judged: Judged, today: date) -> Reporter:
    language = judged.document.language or "en"
    spoken = judged.document.report_language or language
    return Reporter(judged.asked, judged.names, spoken, language, today, _beginning(judged.document))


def _beginning(document: Judgement) -> Location:
    """Where a document begins, in the way in which its places are counted."""
    places = [finding.location for finding in document.findings] + [section.location for section in document.sections]
    if any(place.paragraph is not None for place in places):
        return Location(None, 1, None, 1, paragraph=1)
    return Location(1, 1, 1, 1, page=1 if any(place.page is not None for place in places) else None)


def _joined(document: Judgement, findings: Sequence[Finding], reported: Sequence[Finding]) -> Judgement:
    if reported:
        findings = sorted([*findings, *reported], key=lambda finding: (finding.location.span[0], finding.rule))
    return replace(document, findings=tuple(findings))


def _weighed(document: Judgement, judged: Judged) -> Judgement:
    """The findings about exceptions with the severities that the settings give them."""
    given = {rule.id: severity_of(rule, judged.settings.severity) for rule in judged.asked if not rule.is_requirement}
    findings = (
        replace(finding, severity=Severity(value)) if (value := given.get(finding.rule)) else finding
        for finding in document.findings
    )
    return replace(document, findings=tuple(findings)) if judged.settings.severity else document


def _recorded(documents: Sequence[Judgement], judged: Sequence[Judged]) -> Accepted:
    files: dict[str, Baseline] = {}
    marked = []
    for document, each in zip(documents, judged, strict=True):
        name = each.settings.baseline
        if name is not None:
            baseline = files.setdefault(name, files[name] if name in files else read_baseline(Path(name)))
            document = _marked(document, baseline)
        marked.append(document)
    stale: list[Stale] = []
    for name, baseline in files.items():
        checked = (
            (document, frozenset(rule.id for rule in each.asked))
            for document, each in zip(marked, judged, strict=True)
            if each.settings.baseline == name
        )
        stale += stale_entries(baseline, checked)
    return Accepted(tuple(marked), tuple(stale))


def _marked(document: Judgement, baseline: Baseline) -> Judgement:
    """A judgement whose recorded findings are suppressed, unless an exception accepts them already."""
    known = baseline.known(document) if document.failure is None else frozenset()
    if not known:
        return document
    findings = (
        replace(finding, suppressed=baseline.suppression())
        if finding.suppressed is None and finding.fingerprint in known
        else finding
        for finding in document.findings
    )
    return replace(document, findings=tuple(findings))
