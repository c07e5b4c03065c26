"""SARIF 2.1.0, with everything that GitHub code scanning reads.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html and
https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from policylint.document import Location
from policylint.judging.rules import Rule
from policylint.judging.selection import names_of
from policylint.report.articles import cited
from policylint.report.entries import open_findings
from policylint.report.failures import shared_language, with_told_failures
from policylint.report.indented import Json, array, table, tabled, values
from policylint.report.markdown import escaped
from policylint.report.page import where
from policylint.report.remarks import digest, failed, judged, place, plain, region, remark
from policylint.report.wording import Wording, wording
from policylint.result import Failure, Finding, Judgement, Law, Related, Result, Severity, Suppression

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_PRECISE = ("requirements", "outdated")
_LONGEST = 1000
_TAGS = 20
_LINK_MARK = re.compile(r"([\\\[\]])")
_DRIVE = re.compile("[A-Za-z]:/")
_SEMANTIC_VERSION = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")


def render_sarif(result: Result, rules: Sequence[Rule], show_suppressed: bool = False) -> Iterator[str]:
    """One run of the tool over all documents; `rules` are those that were asked.

    Findings that somebody has accepted are left out unless asked for: GitHub shows them as open.
    """
    result = with_told_failures(result)
    words = wording(shared_language(result))
    described = [_rule(rule, words) for rule in rules]
    found = (finding for _, finding in _shown(result, show_suppressed))
    described += _unknown_rules(found, {rule.id for rule in rules}, words)
    indices = {str(rule["id"]): index for index, rule in enumerate(described)}
    driver: dict[str, Json] = {"name": "policylint", "version": result.tool_version, "language": words.code}
    if _SEMANTIC_VERSION.fullmatch(result.tool_version):
        driver["semanticVersion"] = result.tool_version
    bases: Json = {"%SRCROOT%": {"description": {"text": "The root of the repository."}}}
    run = {
        **tabled(
            {
                "tool": {"driver": {**driver, "rules": described}},
                "automationDetails": {"id": "policylint/"},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": bases,
                "invocations": [_invocation(result)],
            }
        ),
        "artifacts": values(map(_artifact, result.documents)),
        "results": values(_results(_shown(result, show_suppressed), indices)),
        **tabled({"properties": {"rules": result.rules_version, "asOf": result.as_of}}),
    }
    log = tabled({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"})
    yield from table({**log, "runs": array([table(run)])})
    yield "\n"


def _shown(result: Result, show_suppressed: bool) -> Iterator[tuple[Judgement, Finding]]:
    for document in judged(result):
        for finding in document.findings if show_suppressed else open_findings(document.findings):
            yield document, finding


def _rule(rule: Rule, words: Wording) -> dict[str, Json]:
    heaviest = min(rule.severity.values(), key=lambda severity: severity.rank, default=Severity.WARNING)
    tags = (rule.family, *rule.tags, *(name for name in names_of(rule) if name.startswith("GDPR-")))
    parts = (rule.title, rule.why, rule.advice, rule.model)
    # A rule of the user's own may speak one language only.
    title, why, advice, model = (texts.get(words.code) or next(iter(texts.values()), "") for texts in parts)
    precision = "low" if rule.preview else "high" if rule.family in _PRECISE else "medium"
    return _described(rule.id, (title, why, advice, model), rule.law, tags, heaviest, precision, words)


def _unknown_rules(findings: Iterable[Finding], known: set[str], words: Wording) -> Iterator[dict[str, Json]]:
    """Descriptions of rules that are not among those asked, from their first finding."""
    for finding in findings:
        if finding.rule not in known:
            known.add(finding.rule)
            texts = (finding.title, finding.why, finding.advice, finding.model)
            yield _described(finding.rule, texts, finding.law, (finding.family,), finding.severity, "high", words)


def _described(
    name: str,
    texts: tuple[str, str, str, str],
    law: Iterable[Law],
    tags: Sequence[str],
    severity: Severity,
    precision: str,
    words: Wording,
) -> dict[str, Json]:
    title, why, advice, model = (text.strip() for text in texts)
    sources = list(law)
    url = next((each.url for each in sources if each.url.startswith(("http://", "https://"))), None)
    parts = [
        (words.why, why),
        (words.advice, advice),
        (words.model, model),
        (words.law, "; ".join(cited(each.reference, words.code) for each in sources)),
    ]
    said = [(label, text) for label, text in parts if text]
    marked = [
        *((label, escaped(text)) for label, text in said[: -1 if sources else None]),
        *([(words.law, "; ".join(_link(each, words) for each in sources))] if sources else []),
    ]
    return {
        "id": name,
        "shortDescription": {"text": plain(title or name)[:_LONGEST]},
        "fullDescription": {"text": plain(why or title or name)[:_LONGEST]},
        "help": {
            "text": "\n".join(plain(f"{label}: {text}") for label, text in said) or plain(title or name),
            "markdown": "\n\n".join(f"**{escaped(label)}**: {text}" for label, text in marked)
            or escaped(title or name),
        },
        **({"helpUri": plain(url)} if url else {}),
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {
            "tags": list(dict.fromkeys(tags))[:_TAGS],
            "precision": precision,
            "problem.severity": _PROBLEMS[severity],
        },
    }


def _link(law: Law, words: Wording) -> str:
    text = escaped(cited(law.reference, words.code))
    return f"[{text}](<{quote(law.url, safe=':/?#=&%,.;@+~()')}>)" if law.url.startswith("https://") else text


def _invocation(result: Result) -> Json:
    failures = [(document, document.failure) for document in result.documents if document.failure is not None]
    return {
        "executionSuccessful": all(failure.skipped for _, failure in failures),
        "toolExecutionNotifications": [_notification(document, failure) for document, failure in failures],
    }


def _notification(document: Judgement, failure: Failure) -> Json:
    return {
        "descriptor": {"id": failure.code},
        "level": "note" if failure.skipped else "error",
        "message": {"text": _message(failed(failure))},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact_location(document.path)}}],
    }


def _artifact(document: Judgement) -> Json:
    found: dict[str, Json] = {"location": _artifact_location(document.path), "roles": ["analysisTarget"]}
    if document.sha256:
        found["hashes"] = {"sha-256": document.sha256}
    return found


def _results(shown: Iterable[tuple[Judgement, Finding]], indices: Mapping[str, int]) -> Iterator[Json]:
    repeats: Counter[str] = Counter()
    for document, finding in shown:
        identity = digest(document.path, finding.fingerprint)[:16]
        repeats[identity] += 1
        yield _finding(document, finding, f"{identity}:{repeats[identity]}", indices)


def _finding(document: Judgement, finding: Finding, identity: str, indices: Mapping[str, int]) -> Json:
    words = wording(document.report_language)
    found: dict[str, Json] = {
        "ruleId": finding.rule,
        "ruleIndex": indices[finding.rule],
        "kind": "fail",
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(remark(finding, words))},
        "locations": [_location(document.path, finding.location, words, absent=not finding.quote)],
        "partialFingerprints": {
            # The one that GitHub follows an alert by. It has no line numbers in it.
            "primaryLocationLineHash": identity,
            "policylint/v1": finding.fingerprint,
        },
    }
    if finding.related:
        found["relatedLocations"] = [
            _related(document.path, number, related, words) for number, related in enumerate(finding.related, 1)
        ]
    if finding.suppressed is not None:
        found["suppressions"] = [_suppression(finding.suppressed)]
    return found


def _related(path: str, number: int, related: Related, words: Wording) -> Json:
    found: dict[str, Json] = {"id": number, **_location(path, related.location, words, absent=not related.quote)}
    said = plain(" ".join(filter(None, (related.message, f"“{related.quote}”" if related.quote else ""))))
    if said:
        found["message"] = {"text": _message(said)}
    return found


def _suppression(suppression: Suppression) -> Json:
    parts = (suppression.reason, suppression.owner or "", suppression.expires or "")
    return {
        "kind": "external",
        "status": "accepted",
        "justification": plain("; ".join(filter(None, parts))) or suppression.kind,
    }


def _location(path: str, location: Location, words: Wording, absent: bool) -> dict[str, Json]:
    """A region where the file has lines; else the whole file, and the place by its name."""
    physical: dict[str, Json] = {"artifactLocation": _artifact_location(path)}
    at = region(location)
    if at is not None:
        physical["region"] = {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        }
    found: dict[str, Json] = {"physicalLocation": physical}
    named = place(location, words, absent)
    if at is None and named:
        kind = "member" if absent else "module"
        found["logicalLocations"] = [
            {"name": where(location, words) or named, "fullyQualifiedName": named, "kind": kind}
        ]
    return found


def _artifact_location(path: str) -> Json:
    """Where a document is: from the folder of the run, or by its whole path."""
    address = path.replace("\\", "/")
    if address.startswith("/") or _DRIVE.match(address):
        return {"uri": f"file:///{quote(address.lstrip('/'), safe='/:', errors='surrogatepass')}"}
    return {"uri": quote(address, errors="surrogatepass"), "uriBaseId": "%SRCROOT%"}


def _message(text: str) -> str:
    """`text` without links of its own: a viewer makes links of words in brackets."""
    return _LINK_MARK.sub(r"\\\1", text)
