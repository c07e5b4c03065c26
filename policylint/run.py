"""A run: which settings hold for which document, every document judged under its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from policylint import __version__
from policylint.accepting import Judged, accept
from policylint.baseline import Stale
from policylint.config.discovery import nearest
from policylint.config.settings import Configuration, Settings, load_configuration
from policylint.config.tomlfile import Value
from policylint.errors import UserError
from policylint.faults import internal
from policylint.files import Source, read
from policylint.judging.exceptions.acceptance import Names
from policylint.judging.exceptions.signing import acceptable
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet
from policylint.judging.selection import check_names, chosen, severity_of
from policylint.result import Failure, Finding, Judgement, Result, Severity

_SKIPPED = {"unsupported-language": "unsupported_language", "not-a-policy": "not_a_policy"}


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run, the settings that held for each of its documents, and what baselines record without need."""

    result: Result
    settings: tuple[Settings, ...]
    stale: tuple[Stale, ...] = ()


@dataclass(slots=True)
class Workshop:
    """What documents are judged with: configurations by folder and rules by settings, each read once.

    `file` is a configuration named by the user; `isolated` means that none is looked for. `folder`
    holds the rules that are asked instead of the built-in ones. `exceptions` and `baselines` say whether those count.
    """

    options: Mapping[str, Value]
    file: Path | None = None
    isolated: bool = False
    folder: Path | None = None
    exceptions: bool = True
    baselines: bool = True
    _files: dict[Path, Path | None] = field(default_factory=dict)
    _configurations: dict[Path | None, Configuration] = field(default_factory=dict)
    _packs: dict[tuple[str, ...], RuleSet] = field(default_factory=dict)
    _choices: dict[tuple[object, ...], RuleSet] = field(default_factory=dict)
    _names: dict[tuple[str, ...], Names] = field(default_factory=dict)

    def configuration_in(self, folder: Path) -> Configuration:
        """The configuration that holds in a folder. Raises UserError 'bad-configuration'."""
        if folder not in self._files:
            self._files[folder] = None if self.isolated else self.file or nearest(folder)
        file = self._files[folder]
        if file not in self._configurations:
            configuration = load_configuration(file, self.options)
            _check_version(configuration)
            self._configurations[file] = configuration
        return self._configurations[file]

    def settings_for(self, source: Source) -> Settings:
        """What holds for one document."""
        folder = Path() if source.stdin else Path(source.path).parent
        return self.configuration_in(folder).for_file(source.path)

    def pack(self, settings: Settings) -> RuleSet:
        """All rules that may be chosen from. Raises UserError 'bad-rules'."""
        if settings.rules not in self._packs:
            own = [Path(folder) for folder in settings.rules]
            self._packs[settings.rules] = load_rules(self.folder, strict=self.folder is not None, beside=own)
        return self._packs[settings.rules]

    def names(self, settings: Settings) -> Names:
        """The selectors of all rules whose findings may be accepted. Raises UserError 'bad-rules'."""
        if settings.rules not in self._names:
            self._names[settings.rules] = acceptable(self.pack(settings).rules)
        return self._names[settings.rules]

    def rules(self, settings: Settings) -> RuleSet:
        """The rules that these settings ask. Raises UserError 'bad-rules' and 'unknown-rule'."""
        off = tuple(name for name, severity in settings.severity.items() if severity == "off")
        key = (settings.rules, settings.select, settings.extend_select, settings.ignore, off, settings.rule_set,
               settings.preview)  # fmt: skip
        if key not in self._choices:
            pack = self.pack(settings)
            for where, names in (
                ("select", settings.select),
                ("extend-select", settings.extend_select),
                ("ignore", settings.ignore),
                ("severity", tuple(settings.severity)),
                ("fail-on", tuple(name for name in settings.fail_on if name not in ("never", *Severity))),
            ):
                check_names(pack.rules, names, where)
            asked = [
                rule
                for rule in chosen(pack.rules, settings.select, settings.extend_select, settings.ignore)
                if severity_of(rule, settings.severity) != "off"
                and (settings.preview or not rule.preview)
                and (settings.rule_set is None or not _newer(rule.since, settings.rule_set))
            ]
            self._choices[key] = pack.only(asked)
        return self._choices[key]


def run(sources: Iterable[Source], workshop: Workshop, as_of: date, told: Callable[[str], None]) -> Run:
    """Judge every source; one that cannot be judged carries its failure and does not stop the others.

    `told` is given what only a developer wants to read: tracebacks of faults of ours.
    Raises UserError for a fault in the configuration or the rules.
    """
    judged: list[Judged] = []
    version = ""
    for source in sources:
        held = workshop.settings_for(source)
        rules = workshop.rules(held)
        version = version or rules.version
        document = _judge(source, rules, held, as_of, told)
        judged.append(Judged(document, held, rules.rules, workshop.names(held), source.stdin))
    # An exception ends on the calendar: an earlier day's law revives none, a later one shows what will have ended.
    today = max(as_of, date.today())
    accepted = accept(judged, today, exceptions=workshop.exceptions, baselines=workshop.baselines)
    result = Result(__version__, version, as_of.isoformat(), accepted.documents)
    return Run(result, tuple(each.settings for each in judged), accepted.stale)


def fails(finding: Finding, rules: Mapping[str, Mapping[str, int]], settings: Settings) -> bool:
    """Whether a finding makes a run fail; `rules` gives the selectors of every rule."""
    if finding.suppressed is not None or "never" in settings.fail_on:
        return False
    names = rules.get(finding.rule, {})
    levels = [Severity(name) for name in settings.fail_on if name in list(Severity)]
    return any(finding.severity.rank <= level.rank for level in levels) or any(
        name in names for name in settings.fail_on
    )


def _judge(source: Source, rules: RuleSet, settings: Settings, as_of: date, told: Callable[[str], None]) -> Judgement:
    if source.failure is not None:
        return Judgement(source.path, failure=source.failure)
    try:
        data = read(source)
    except UserError as error:
        return Judgement(source.path, failure=Failure(error.code, error.message, error.hint))
    return judge_bytes(source.path, data, rules, settings, as_of, told)


def judge_bytes(
    path: str, data: bytes, rules: RuleSet, settings: Settings, as_of: date, told: Callable[[str], None]
) -> Judgement:
    """Judge the bytes of a document under its settings; what goes wrong becomes the judgement's failure."""
    try:
        from policylint.lint import lint_bytes

        judgement = lint_bytes(
            path,
            data,
            rules,
            language=settings.language,
            jurisdiction=settings.jurisdiction,
            as_of=as_of,
            facts=settings.facts,
        )
    except UserError as error:
        judgement = Judgement(path, failure=Failure(error.code, error.message, error.hint))
    # A fault of ours in one document must not keep the others from being reported; it ends as exit code 3.
    except Exception as error:  # noqa: BLE001
        return Judgement(path, failure=internal(error, told))
    return _weighed(_skipped(judgement, settings), rules, settings)


def _skipped(judgement: Judgement, settings: Settings) -> Judgement:
    """A judgement whose failure the settings pass over says so."""
    failure = judgement.failure
    if failure is None or failure.code not in _SKIPPED:
        return judgement
    if getattr(settings, _SKIPPED[failure.code]) != "skip":
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


def _newer(since: str, setting: str) -> bool:
    """Whether a rule came after the version that the rules are pinned to."""
    from packaging.version import InvalidVersion, Version

    try:
        return Version(since) > Version(setting)
    except InvalidVersion:
        hint = "Write it as the version of a release, such as 0.2.0."
        raise UserError("bad-configuration", f"rule-set: '{setting}' is no version", hint) from None


def _check_version(configuration: Configuration) -> None:
    """Raises UserError 'bad-configuration' if this version may not run."""
    setting = configuration.values.get("required-version")
    if setting is None:
        return
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        allowed = SpecifierSet(str(setting.value))
    except InvalidSpecifier:
        hint = "Write it as '>=0.1' or '>=0.1,<0.2'."
        raise UserError("bad-configuration", f"{setting.origin}: '{setting.value}' names no versions", hint) from None
    if not allowed.contains(__version__, prereleases=True):
        hint = f"Install a version that fits, or change the setting. This is {__version__}."
        raise UserError("bad-configuration", f"{setting.origin}: policylint {setting.value} is required", hint)
