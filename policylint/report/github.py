"""GitHub workflow commands: annotations beside the changes of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from dataclasses import dataclass, field

from policylint.report.entries import open_findings
from policylint.report.failures import shared_language, with_told_failures
from policylint.report.remarks import failed, judged, plain, region, remark, unjudged
from policylint.report.wording import Wording, wording
from policylint.result import Finding, Result, Severity

SHOWN = 10
"""GitHub shows so many annotations of a level per step and drops the others without a word."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_github(result: Result) -> str:
    """At most `SHOWN` annotations of each level, heaviest first; the last one counts the rest."""
    result = with_told_failures(result)
    lines = {severity: _Capped(severity) for severity in Severity}
    for document, failure in unjudged(result):
        properties = {"file": document.path, "title": f"policylint {failure.code}"}
        lines[Severity.ERROR].add(_command("error", properties, failed(failure)))
    for document in judged(result):
        for finding in open_findings(document.findings):
            message = remark(finding, wording(document.report_language))
            command = _command(_COMMANDS[finding.severity], _properties(document.path, finding), message)
            lines[finding.severity].add(command)
    words = wording(shared_language(result))
    return "".join(f"{line}\n" for severity in Severity for line in lines[severity].shown(words))


def _properties(path: str, finding: Finding) -> dict[str, str]:
    at = region(finding.location)
    properties = {"file": path, "line": str(at.line if at else 1)}
    if at:
        properties["endLine"] = str(at.end_line)
    # Columns are read only within one line, and an end is inclusive.
    if at and at.line == at.end_line and at.end_column > at.column:
        properties |= {"col": str(at.column), "endColumn": str(at.end_column - 1)}
    return properties | {"title": f"policylint {finding.rule}"}


@dataclass(slots=True)
class _Capped:
    """The first commands of a level, and how many there were."""

    severity: Severity
    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, command: str) -> None:
        """Count a command; it is held if it may be shown."""
        self.count += 1
        if self.count <= SHOWN:
            self.first.append(command)

    def shown(self, words: Wording) -> list[str]:
        """The commands, the last one counting those that are left out."""
        if self.count <= SHOWN:
            return self.first
        left = words.count(self.count - SHOWN + 1, words.severities[self.severity])
        message = words.beyond_annotations.format(left)
        return [*self.first[: SHOWN - 1], _command(_COMMANDS[self.severity], {"title": "policylint"}, message)]


def _command(name: str, properties: dict[str, str], message: str) -> str:
    pairs = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {pairs}::{_data(message)}"


def _data(text: str) -> str:
    """What follows a command; a line that is one cannot hold another."""
    return plain(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
