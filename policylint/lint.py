"""The way through the house: bytes to document, to analysis, to verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from policylint.address import informal, is_informal
from policylint.analysis.units import analyse
from policylint.document import Document
from policylint.errors import UserError
from policylint.judging.judge import judge
from policylint.judging.rules import Rule, RuleSet
from policylint.jurisdiction import find_jurisdiction
from policylint.kind import POLICY, kind_of, speaks_of_privacy
from policylint.language import detect
from policylint.reading import read
from policylint.result import Failure, Finding, Judgement, SectionPlace


def lint_bytes(
    path: str,
    data: bytes,
    rules: RuleSet,
    *,
    language: str | None = None,
    jurisdiction: str | None = None,
    as_of: date,
    facts: Mapping[str, bool] = MappingProxyType({}),
    part: bool = False,
    report_language: str | None = None,
) -> Judgement:
    """Judge one document; a fault that the user can mend becomes the judgement's `failure`.

    One that is `part` of a layered notice is asked everything, whatever kind of text it is.
    What is said of it is in the `report_language` (None: its own).
    """
    spoken = report_language
    try:
        document = read(path, data)
        languages = detect(document, language)
        spoken = report_language or languages.main
        place = find_jurisdiction(document, languages, jurisdiction, report_language)
        analysis = analyse(document, languages.by_block, rules.vocabulary)
        if not part and not speaks_of_privacy(analysis):
            raise UserError(
                "not-a-policy",
                "this text never speaks of personal data or privacy, so it was not judged",
                "Give the privacy policy itself; if this is one, say which words it uses instead.",
            )
        kind = kind_of(analysis)
        # What is no policy gets the one finding that says so, not a list of everything that it does not say.
        asked = [rule for rule in rules.rules if _is_asked(rule, kind, part)]
        if kind != POLICY and not asked:
            raise UserError(
                "not-a-policy",
                f"this looks like no privacy policy ({kind}), and the rule that says so was not selected",
                "Give the privacy policy itself, or select the rule 'not-a-policy' too.",
            )
    except UserError as error:
        return Judgement(path, failure=Failure(error.code, error.message, error.hint), report_language=spoken)
    verdicts = judge(analysis, asked, languages.main, as_of, place.code, facts, spoken)
    return Judgement(
        path=path,
        sha256=document.sha256,
        kind=kind,
        language=languages.main,
        languages=languages.shares,
        report_language=spoken,
        jurisdiction=place,
        words=analysis.words,
        characters=document.coverage.characters,
        replaced=document.coverage.replaced,
        garbled=document.coverage.garbled,
        pages_without_text=document.coverage.pages_without_text,
        left_out=document.coverage.left_out,
        pictures=document.coverage.pictures,
        encoding=document.encoding,
        facts=verdicts.facts,
        sections=_sections(document),
        requirements=verdicts.requirements,
        findings=_addressed(verdicts.findings, document, languages.main),
        remarks=document.remarks,
    )


def _addressed(findings: tuple[Finding, ...], document: Document, language: str) -> tuple[Finding, ...]:
    """Findings whose wording to use addresses the reader as the policy does."""
    if language != "nl" or not is_informal(document.text):
        return findings
    return tuple(replace(finding, model=informal(finding.model)) for finding in findings)


def _is_asked(rule: Rule, kind: str, part: bool) -> bool:
    if rule.check == "not-a-policy":
        return kind != POLICY
    return part or kind == POLICY


def _sections(document: Document) -> tuple[SectionPlace, ...]:
    """The titled sections with their places."""
    places = []
    for section in document.sections:
        if section.title:
            location = document.source_map.locate(section.start, section.end)
            places.append(SectionPlace(section.title, section.level, location))
    return tuple(places)
