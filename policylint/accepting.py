"""What is accepted in a run: exceptions in comments and in files, then what a baseline records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from policylint.shelf import Head, Shelf

_POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a document was judged under: settings, the rules asked, and all rules that may be accepted."""

    settings: Settings
    asked: Sequence[Rule]
    names: Names


@dataclass(slots=True)
class _Use:
    """Which exceptions of files were of use: those that any document used, and the first document of each."""

    used: set[tuple[Acceptance, Selector]] = field(default_factory=set)
    first: dict[Acceptance, int] = field(default_factory=dict)
    unsure: set[Acceptance] = field(default_factory=set)


def accept(
    documents: Shelf, terms: Sequence[Terms], today: date, *, exceptions: bool = True, baselines: bool = True
) -> tuple[Stale, ...]:
    """Apply exceptions and baselines to the `documents` of a run, judged under `terms`, where they are.

    Exceptions that are wrong or of no use become findings. The answer is what baselines record without need.
    Raises UserError 'bad-configuration' for a fault in a file of exceptions and 'bad-baseline' for a baseline.
    """
    if exceptions:
        _except(documents, terms, today)
    files: dict[str, Baseline] = {}
    for number, each in enumerate(terms):
        name = each.settings.baseline if baselines else None
        if name is not None and name not in files:
            files[name] = read_baseline(Path(name))
        if each.settings.severity or name is not None:
            document = _weighed(documents[number], each)
            documents[number] = document if name is None else _marked(document, files[name])
    return tuple(stale for name, baseline in files.items() for stale in _stale(name, baseline, documents, terms))


def _except(documents: Shelf, terms: Sequence[Terms], today: date) -> None:
    files: dict[Path, Sidecar] = {}
    use = _Use()
    for number, (head, each) in enumerate(zip(documents.heads(), terms, strict=True)):
        acceptances = [one for file in _files(head.path, each, files) for one in file.for_file(head.path)]
        for acceptance in acceptances:
            use.first.setdefault(acceptance, number)
            if not _shows_use(head):
                use.unsure.add(acceptance)
        if head.failure is None and (acceptances or head.remarks):
            document = documents[number]
            inline, misspelt = read_remarks(document.remarks, each.names)
            signed = sign(document.findings, [*inline, *acceptances], each.names, today)
            use.used |= signed.used
            used = signed.used if _shows_use(document) else {(one, by) for one in inline for by in one.selectors}
            reported = _reporter(document, each, today).report(inline, misspelt, used)
            documents[number] = _joined(document, signed.findings, reported)
    of_document: dict[int, list[Acceptance]] = {}
    for acceptance, first in use.first.items():
        of_document.setdefault(first, []).append(acceptance)
    for number, own in of_document.items():
        document = documents[number]
        if document.failure is None:
            reporter = _reporter(document, terms[number], today)
            reported = reporter.expired(own)
            reported += reporter.unused([one for one in own if one not in use.unsure], use.used)
            documents[number] = _joined(document, document.findings, reported)


def _shows_use(document: Head | Judgement) -> bool:
    """Whether every rule that was selected had its say; what is no policy is asked one of them alone."""
    return document.failure is None and document.kind == _POLICY


def _files(document: str, terms: Terms, known: dict[Path, Sidecar]) -> list[Sidecar]:
    """The files of exceptions that hold for the document of this path, each read once."""
    named = Path(terms.settings.exceptions) if terms.settings.exceptions else None
    found = []
    for path, is_beside in ((beside(document), True), (named, False)):
        if path is not None:
            if path not in known:
                known[path] = read_sidecar(path, is_beside)
            known[path].check(terms.names)
            found.append(known[path])
    return found


def _reporter(document: Judgement, terms: Terms, today: date) -> Reporter:
    language = document.language or "en"
    spoken = document.report_language or language
    return Reporter(terms.asked, terms.names, spoken, language, today, _beginning(document))


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


def _weighed(document: Judgement, terms: Terms) -> Judgement:
    """The findings about exceptions with the severities that the settings give them."""
    given = {rule.id: severity_of(rule, terms.settings.severity) for rule in terms.asked if not rule.is_requirement}
    findings = (
        replace(finding, severity=Severity(value)) if (value := given.get(finding.rule)) else finding
        for finding in document.findings
    )
    return replace(document, findings=tuple(findings)) if terms.settings.severity else document


def _stale(name: str, baseline: Baseline, documents: Shelf, terms: Sequence[Terms]) -> Iterator[Stale]:
    """What a baseline records without need, by the documents that are held against it."""
    checked = (
        (documents[number], frozenset(rule.id for rule in each.asked))
        for number, each in enumerate(terms)
        if each.settings.baseline == name
    )
    return stale_entries(baseline, checked)


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
