"""Takes evidence out of labelled policies, and puts model wordings in, and looks whether the verdict follows.

usage: python benchmarks/mutation.py CORPUS [--fold A,B,C] [--language nl|en] [--rules a,b] [--update]

*Deletion*: the sentences that policylint quotes for a requirement are taken out, again until it finds none. The
status should then be `missing` and the labelled words gone too; where they are not, the survivor is listed.
*Insertion*: the rule's model wording is added, its blanks filled; the status should become `met`.
`--update` keeps the sums in benchmarks/mutation.json, for docs/accuracy.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import Rule, RuleSet
from policylint.lint import lint_bytes
from policylint.result import Requirement, Status

SUMS = Path(__file__).parent / "mutation.json"
MOST_ROUNDS = 25
_BLANK = re.compile(r"\[([^\]]+)\]")
# What a controller would write in a blank, by the blank's own words; the first pattern that fits counts.
_FILLINGS = {
    "nl": (
        ("e-mail of brief", "e-mail"),
        ("toezichthouder|autoriteit", "de Autoriteit Persoonsgegevens"),
        ("soort ontvanger|ontvanger", "Mailchimp"),
        ("gegevens|lijst|bestelling:|websitebezoek", "naam, adres en e-mailadres"),
        ("mail", "privacy@zonnehof.example"),
        ("telefoon", "020 123 45 67"),
        ("gevolg", "uw bestelling niet bezorgen"),
        ("doel", "het bezorgen van uw bestelling"),
        ("termijn", "30 dagen"),
        ("land", "de Verenigde Staten"),
        ("pagina|site", "onze website"),
        ("straat|adres|postcode", "Kade 12, 3011 AB Rotterdam"),
        ("naam", "Zonnehof B.V."),
        ("dag|datum", "3 maart 2026"),
    ),
    "en": (
        ("email or letter", "email"),
        ("authority", "the Data Protection Commission"),
        ("kind of recipient|recipient", "Mailchimp"),
        ("data|list|visit|situation", "name, address and email address"),
        ("mail", "privacy@zonnehof.example"),
        ("phone", "020 123 45 67"),
        ("consequence", "deliver your order"),
        ("purpose", "delivering your order"),
        ("period", "30 days"),
        ("country", "the United States"),
        ("page|site", "our website"),
        ("address", "Kade 12, 3011 AB Rotterdam"),
        ("name", "Zonnehof B.V."),
        ("day|date", "3 March 2026"),
    ),
}


def filled(model: str, language: str) -> str:
    """A model wording without blanks: known ones filled, the first alternative or the blank's own words elsewhere."""

    def fill(match: re.Match[str]) -> str:
        words = match[1].split(" / ")[0]
        known = (value for pattern, value in _FILLINGS[language] if re.search(pattern, words, re.IGNORECASE))
        return next(known, words)

    return _BLANK.sub(fill, model)


def judged(text: str, rules: RuleSet, language: str) -> Requirement | None:
    """The verdict on the one requirement of `rules`; None when so much is gone that the text is no policy any more."""
    judgement = lint_bytes("text.md", text.encode(), rules, language=language, jurisdiction="EU", as_of=date.today())
    if judgement.failure is not None and judgement.failure.code != "not-a-policy":
        sys.exit(f"mutation: {judgement.failure.message}")
    return judgement.requirements[0] if judgement.requirements else None


def without_evidence(text: str, requirement: Requirement) -> str:
    """The text with every quoted sentence taken out of its place."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    spans = []
    for evidence in requirement.evidence:
        place = evidence.location
        if place.line and place.column and place.end_line and place.end_column:
            spans.append((starts[place.line - 1] + place.column - 1, starts[place.end_line - 1] + place.end_column - 1))
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return text


def folded(text: str) -> str:
    """Letters and digits only, for looking whether words still stand in a text."""
    return " ".join(re.findall(r"\w+", text.lower()))


def deletion(text: str, quote: str, rules: RuleSet, language: str) -> tuple[Status, bool]:
    """The status when nothing more can be taken out, and whether the labelled words are gone by then."""
    status = Status.MISSING
    for _ in range(MOST_ROUNDS):
        requirement = judged(text, rules, language)
        status = requirement.status if requirement else Status.MISSING
        if requirement is None or not requirement.evidence:
            break
        text = without_evidence(text, requirement)
    return status, folded(quote) not in folded(text)


def cases(corpus: Path, language: str, folds: set[str]) -> Iterator[tuple[str, str, dict[str, dict[str, str]]]]:
    """Id, text and labelled requirements of each policy."""
    with (corpus / "folds.csv").open(newline="", encoding="utf-8") as lines:
        chosen = {row["id"] for row in csv.DictReader(lines) if row["fold"] in folds}
    for labels in sorted((corpus / "dev" / language).glob("*.json")):
        if labels.stem not in chosen:
            continue
        (path,) = (corpus / "dev-text" / language).glob(labels.stem + ".*")
        text = path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n")
        yield labels.stem, text, json.loads(labels.read_text("utf-8"))["requirements"]


def main() -> None:
    """Mutate and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--fold", default="A,B,C")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--language", choices=("nl", "en"))
    parser.add_argument("--rules")
    args = parser.parse_args()
    if not (args.corpus / "dev").is_dir():
        print(f"mutation: no corpus in {args.corpus}", file=sys.stderr)
        sys.exit(2)
    everything = load_rules()
    wanted = args.rules.split(",") if args.rules else [rule.id for rule in everything.rules if rule.is_requirement]
    fell = stood = became = did_not = 0
    for language in (args.language,) if args.language else ("nl", "en"):
        for name, text, labels in cases(args.corpus, language, set(args.fold.split(","))):
            for rule_id in wanted:
                label = labels.get(rule_id)
                if label is None:
                    continue
                rules = everything.only([rule for rule in everything.rules if rule.id == rule_id])
                rule: Rule = rules.rules[0]
                if label["status"] in ("met", "vague"):
                    status, gone = deletion(text, label["quote"], rules, language)
                    if status is Status.MISSING and gone:
                        fell += 1
                    else:
                        stood += 1
                        print(
                            f"survivor: {name} {rule_id}: {status}, labelled words {'gone' if gone else 'still there'}"
                        )
                else:
                    verdict = judged(f"{text}\n\n{filled(rule.model[language], language)}\n", rules, language)
                    met = verdict is not None and verdict.status is Status.MET
                    became += met
                    did_not += not met
                    if not met:
                        print(f"not met by its model: {name} {rule_id} ({verdict.status if verdict else 'no policy'})")
    print(f"deletion: {fell} fell to missing, {stood} did not ({fell / max(1, fell + stood):.1%})")
    print(f"insertion: {became} became met, {did_not} did not ({became / max(1, became + did_not):.1%})")
    if args.update:
        sums = {"day": date.today().isoformat(), "fell": fell, "stood": stood, "became": became, "did_not": did_not}
        SUMS.write_text(json.dumps(sums, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
