"""A run: which settings hold for which document, every document judged under its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from policylint import __version__
from policylint.accepting import Terms, accept
from policylint.baseline import Stale
from policylint.cache import open_cache
from policylint.config.discovery import nearest
from policylint.config.settings import Configuration, Settings, load_configuration
from policylint.config.tomlfile import Value
from policylint.errors import UserError
from policylint.files import Source
from policylint.judging.exceptions.acceptance import Names
from policylint.judging.exceptions.signing import acceptable
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet
from policylint.judging.selection import check_names, chosen, severity_of
from policylint.judging.together import joined
from policylint.notices import groups, with_partners
from policylint.result import Finding, Result, Severity
from policylint.shelf import Shelf
from policylint.work import Task, judge_bytes, judged_in_order, with_standard_input

__all__ = ["Run", "Workshop", "fails", "judge_bytes", "run"]


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run, the settings that held for each of its documents, and what baselines record without need.

    `contents` are the bytes of what stood on standard input, by path.
    """

    result: Result
    settings: tuple[Settings, ...]
    stale: tuple[Stale, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class Workshop:
    """What documents are judged with: configurations by folder and rules by settings, each read once.

    `file` is a configuration named by the user; `isolated` means that none is looked for. `folder`
    holds the rules that are asked instead of the built-in ones. `exceptions` and `baselines` say whether those count,
    `together` that all documents are one layered notice.
    """

    options: Mapping[str, Value]
    file: Path | None = None
    isolated: bool = False
    folder: Path | None = None
    exceptions: bool = True
    baselines: bool = True
    together: bool = False
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

    def completed(self, sources: Sequence[Source]) -> tuple[Source, ...]:
        """`sources` with the other documents of the notices that they are parts of."""
        return tuple(sources) if self.together else with_partners(sources, self.settings_for)

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
            ):
                check_names(pack.rules, names, where, settings.origins)
            check_names(pack.rules, settings.fail_on, "fail-on", settings.origins, ("never", *Severity))
            asked = [
                rule
                for rule in chosen(pack.rules, settings.select, settings.extend_select, settings.ignore)
                if severity_of(rule, settings.severity) != "off"
                and (settings.preview or not rule.preview)
                and (settings.rule_set is None or not _newer(rule.since, settings.rule_set))
            ]
            self._choices[key] = pack.only(asked)
        return self._choices[key]


def run(
    sources: Iterable[Source],
    workshop: Workshop,
    as_of: date,
    told: Callable[[str], None],
    progress: Callable[[int, int, str], None] = lambda *_: None,
    contents: Mapping[str, bytes] | None = None,
) -> Run:
    """Judge every source; one that cannot be judged carries its failure and does not stop the others.

    `told` is given what only a developer wants to read: tracebacks of faults of ours. `progress` is given how many
    documents are done, how many there are, and the path of the last. `contents` are the bytes of documents by path, as
    an editor has them: they are judged in this process and not kept.
    Raises UserError for a fault in the configuration or the rules, and for a cache that cannot be written.
    """
    here = workshop.configuration_in(Path()).settings if contents is None else Settings(jobs=1)
    held_already = contents or {}
    sources = workshop.completed(tuple(sources))
    settings = [workshop.settings_for(source) for source in sources]
    rules = [workshop.rules(held) for held in settings]
    notices = groups(sources, settings, workshop.together)
    parts = {number for places in notices.values() for number in places}
    tasks = [
        with_standard_input(Task(source, held, as_of, number in parts, held_already.get(source.path)))
        for number, (source, held) in enumerate(zip(sources, settings, strict=True))
    ]
    cache = open_cache(Path(here.cache)) if here.cache and tasks else None
    documents = Shelf()
    for held, document in zip(settings, judged_in_order(tasks, rules, here.jobs, cache, told), strict=True):
        spoken = document.report_language or held.report_lang
        documents.append(replace(document, report_language=spoken))
        progress(len(documents), len(sources), document.path)
    together = []
    for group, places in notices.items():
        kind_rules = {rule.id for number in places for rule in rules[number].rules if rule.check == "not-a-policy"}
        notice, members = joined(group.name, [documents[number] for number in places], kind_rules)
        together.append(notice)
        for number, member in zip(places, members, strict=True):
            documents[number] = member
    terms = [Terms(held, asked.rules, workshop.names(held)) for held, asked in zip(settings, rules, strict=True)]
    # An exception ends on the calendar: an earlier day's law revives none, a later one shows what will have ended.
    today = max(as_of, date.today())
    stale = accept(documents, terms, today, exceptions=workshop.exceptions, baselines=workshop.baselines)
    result = Result(__version__, rules[0].version if rules else "", as_of.isoformat(), documents, tuple(together))
    read = {task.source.path: task.data for task in tasks if task.source.stdin and task.data is not None}
    return Run(result, tuple(settings), stale, read)


def fails(finding: Finding, rules: Mapping[str, Mapping[str, int]], settings: Settings) -> bool:
    """Whether a finding makes a run fail; `rules` gives the selectors of every rule."""
    if finding.suppressed is not None or "never" in settings.fail_on:
        return False
    names = rules.get(finding.rule, {})
    levels = [Severity(name) for name in settings.fail_on if name in list(Severity)]
    return any(finding.severity.rank <= level.rank for level in levels) or any(
        name in names for name in settings.fail_on
    )


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
