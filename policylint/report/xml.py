"""XML reports for dashboards: JUnit and Checkstyle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from policylint.report.entries import open_findings
from policylint.report.failures import with_told_failures
from policylint.report.page import where
from policylint.report.quotes import shorten
from policylint.report.remarks import acceptance, failed, plain, region_or_start, remark, summary
from policylint.report.wording import Wording, wording
from policylint.result import Applies, Finding, Judgement, Requirement, Result, Severity, Status

_QUOTE_LIMIT = 300
_COUNTED = {"tests": "testcase", "failures": "testcase/failure", "errors": "testcase/error"}
"""The sums of a suite and of all, by where a suite has what they count."""


def render_checkstyle(result: Result) -> Iterator[str]:
    """Checkstyle 4.3: a `file` per document, an `error` per open finding."""
    documents = with_told_failures(result).documents
    yield from _written(ElementTree.Element("checkstyle", version="4.3"), map(_file, documents))


def _file(document: Judgement) -> ElementTree.Element:
    words = wording(document.report_language)
    file = ElementTree.Element("file", name=plain(document.path))
    if document.failure is not None:
        if not document.failure.skipped:
            _error(file, 1, 1, "error", failed(document.failure), document.failure.code)
        return file
    for finding in open_findings(document.findings):
        at = region_or_start(finding.location)
        _error(file, at.line, at.column, finding.severity, remark(finding, words), finding.rule)
    return file


def _error(file: ElementTree.Element, line: int, column: int, severity: str, message: str, rule: str) -> None:
    ElementTree.SubElement(
        file,
        "error",
        line=str(line),
        column=str(column),
        severity=severity,
        message=message,
        source=plain(f"policylint.{rule}"),
    )


def render_junit(result: Result) -> Iterator[str]:
    """JUnit: a suite per document and a case per requirement, so that what is in order is seen to be.

    A requirement that the text states passes; one that is vague or missing fails; one that the law does not ask,
    or whose gap somebody has accepted or is only a note, is skipped with the reason. Each other rule with
    findings is a case too. Names are unique within a suite and the same in every run.
    """
    result = with_told_failures(result)
    # The sums stand in front of what they count, which is made twice rather than held.
    sums = Counter(dict.fromkeys(_COUNTED, 0))
    for document in result.documents:
        sums.update({name: int(count) for name, count in _suite(document).items() if name in _COUNTED})
    root = ElementTree.Element("testsuites", {"name": "policylint", **{name: str(sums[name]) for name in _COUNTED}})
    yield from _written(root, map(_suite, result.documents))


def _suite(document: Judgement) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=plain(document.path))
    if document.failure is None:
        _cases(suite, document)
    else:
        case = _case(suite, document, "document")
        kind = "skipped" if document.failure.skipped else "error"
        message = failed(document.failure)
        ElementTree.SubElement(case, kind, type=document.failure.code, message=message).text = message
    for name, path in (*_COUNTED.items(), ("skipped", "testcase/skipped")):
        suite.set(name, str(len(suite.findall(path))))
    return suite


def _cases(suite: ElementTree.Element, document: Judgement) -> None:
    words = wording(document.report_language)
    by_rule: dict[str, list[Finding]] = {}
    for finding in document.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    for requirement in document.requirements:
        case = _case(suite, document, f"{requirement.rule}: {requirement.title}")
        found = by_rule.pop(requirement.rule, [])
        if (excuse := _excuse(requirement, words)) is not None:
            ElementTree.SubElement(case, "skipped", message=plain(excuse))
        elif not _outcome(case, found, words) and requirement.status is not Status.MET:
            _skipped(case, found, requirement, words)
        if requirement.evidence:
            ElementTree.SubElement(case, "system-out").text = "\n".join(_evidence(requirement, words))
    for rule, found in by_rule.items():
        case = _case(suite, document, f"{rule}: {found[0].title}")
        if not _outcome(case, found, words):
            _skipped(case, found, None, words)


def _excuse(requirement: Requirement, words: Wording) -> str | None:
    """Why the law does not ask a requirement; None if it may."""
    not_asked = requirement.status is Status.MISSING and requirement.applies is Applies.NO
    if requirement.status is not Status.NOT_APPLICABLE and not not_asked:
        return None
    return requirement.reason or words.not_applicable.lower()


def _outcome(case: ElementTree.Element, found: Iterable[Finding], words: Wording) -> bool:
    """Make a case fail if there are errors or warnings; says whether it does."""
    heavy = [finding for finding in open_findings(found) if finding.severity is not Severity.INFO]
    if heavy:
        heaviest = min(heavy, key=lambda finding: finding.severity.rank)
        failure = ElementTree.SubElement(case, "failure", type=heaviest.severity, message=summary(heaviest, words))
        failure.text = "\n".join(_placed(finding, words) for finding in heavy)
    return bool(heavy)


def _skipped(
    case: ElementTree.Element, found: Iterable[Finding], requirement: Requirement | None, words: Wording
) -> None:
    """Say why a gap is no failure: it is only a note, somebody has accepted it, or the law may not ask it."""
    lines = [
        f"{words.accepted}: {acceptance(finding.suppressed, words)}" if finding.suppressed else _placed(finding, words)
        for finding in found
    ]
    if not lines and requirement is not None:
        lines = [f"{words.statuses[requirement.status]}; {words.may_apply.format(requirement.reason)}"]
    ElementTree.SubElement(case, "skipped", message=plain(lines[0])).text = "\n".join(map(plain, lines))


def _placed(finding: Finding, words: Wording) -> str:
    """A finding behind its place; an absence has none."""
    text = remark(finding, words)
    return plain(f"{where(finding.location, words)}: {text}") if finding.quote else text


def _evidence(requirement: Requirement, words: Wording) -> Iterable[str]:
    for evidence in requirement.evidence:
        yield plain(f"{where(evidence.location, words)}: “{shorten(evidence.quote, _QUOTE_LIMIT)}”")


def _case(suite: ElementTree.Element, document: Judgement, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", name=plain(name), classname=plain(document.path))


def _written(root: ElementTree.Element, children: Iterable[ElementTree.Element]) -> Iterator[str]:
    """An element around others that are asked for one after the other."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    whole = ElementTree.tostring(root, encoding="unicode")
    empty = True
    for child in children:
        ElementTree.indent(child, level=1)
        opening = whole.replace(" />", ">") if empty else ""
        empty = False
        yield f"{opening}\n  {ElementTree.tostring(child, encoding='unicode')}"
    yield f"{whole}\n" if empty else f"\n</{root.tag}>\n"
