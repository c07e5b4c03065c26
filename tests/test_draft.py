"""Drafts: wording for what a policy lacks, in its language and form of address, that does not pass as finished."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import docx
import pytest

from policylint.address import informal, is_informal
from policylint.cli import run
from policylint.drafting.draft import Draft, Passage, draft_of, marked
from policylint.judging.rulefiles import load_rules
from policylint.judging.rules import RuleSet
from policylint.lint import lint_bytes
from policylint.reading import read
from policylint.report.draft import draft_markdown, draft_word
from policylint.result import Judgement, Status, Subject

ROOT = Path(__file__).parent.parent
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_file() and path.name != "README.md")
BLANK = re.compile(r"\[(?:invullen|kies|fill in|choose)(?: (?:of|or) \w+)?: [^\]]+\]")


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules(strict=False)


def judged(path: str, text: str, rules: RuleSet) -> Judgement:
    return lint_bytes(path, text.encode(), rules, as_of=date(2026, 11, 1))


@pytest.mark.parametrize(
    ("formal", "expected"),
    [
        ("U krijgt kosteloos een kopie.", "Je krijgt kosteloos een kopie."),
        ("Zo ja, dan krijgt u een kopie.", "Zo ja, dan krijg je een kopie."),
        ("Hebt u een klacht? Kunt u dat laten weten?", "Heb je een klacht? Kun je dat laten weten?"),
        ("U heeft rechten; heeft u vragen?", "Je hebt rechten; heb je vragen?"),
        ("Bent u jonger dan 16, dan moet u dat zeggen.", "Ben je jonger dan 16, dan moet je dat zeggen."),
        ("Een verzoek kost u niets.", "Een verzoek kost je niets."),
        ("Tot u zich afmeldt bewaren wij uw adres.", "Tot je je afmeldt bewaren wij je adres."),
        ("Wij vragen of dat u uitkomt.", "Wij vragen of dat je uitkomt."),
        ("Gegevens van uzelf of over u.", "Gegevens van jezelf of over jou."),
        ("Wij sluiten met u en bellen u.", "Wij sluiten met jou en bellen je."),
        ("Uw u-bocht en menu's blijven.", "Je u-bocht en menu's blijven."),
    ],
)
def test_wording_that_says_u_is_put_into_je(formal: str, expected: str) -> None:
    assert informal(formal) == expected


def test_no_model_wording_keeps_a_u(rules: RuleSet) -> None:
    for rule in rules.rules:
        models = [rule.model["nl"], *(row.model["nl"] for row in rule.found if row.model)]
        assert not any(re.search(r"\b(?:u|uw|uzelf)\b", informal(model), re.IGNORECASE) for model in models), rule.id
        assert not any(map(is_informal, models)), rule.id


def test_every_blank_says_what_to_do_with_it() -> None:
    assert marked("We keep it [7 years].", "en") == "We keep it [fill in: 7 years]."
    assert marked("Dat is [een / geen] bron.", "nl") == "Dat is [kies: een / geen] bron."
    assert marked("Geen. [Of: (besluit).]", "nl") == "Geen. [invullen of schrappen: (besluit).]"
    assert marked("Nothing open.", "en") == "Nothing open."


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_draft_has_every_gap_and_each_of_its_blanks_is_found(path: Path, rules: RuleSet) -> None:
    data = path.read_bytes()
    judgement = lint_bytes(path.name, data, rules, as_of=date(2026, 11, 1))
    draft = draft_of(judgement, read(path.name, data))
    gaps = {
        each.rule
        for each in judgement.requirements
        if each.status in (Status.MISSING, Status.VAGUE) and each.applies != "no"
    }
    assert {passage.rule for passage in draft.passages} == gaps
    own = "".join(f"\n\n{passage.text}" for passage in draft.passages)
    start = {
        "nl": "# Privacyverklaring\n\nWij verwerken persoonsgegevens.",
        "en": "# Privacy policy\n\nYour personal data.",
    }
    found = judged("draft.md", start[draft.language] + own, rules)
    left = [each.quote[slice(*each.focus)] for each in found.findings if each.rule == "placeholder"]
    for blank in BLANK.findall(own):
        assert any(blank in quote or quote in blank for quote in left), blank
    assert BLANK.sub("", own).count("[") == 0


def test_a_policy_that_says_je_gets_a_draft_that_says_je(rules: RuleSet) -> None:
    text = "# Privacy\n\nWe verwerken je persoonsgegevens als je iets bestelt.\n"
    draft = draft_of(judged("a.md", text, rules), read("a.md", text.encode()))
    access = next(each.text for each in draft.passages if each.rule == "right-access")
    assert access.startswith("Je kunt ons vragen of wij gegevens van jou verwerken.")


def test_whole_draft_in_markdown() -> None:
    """Passages by hand: one to add in doubt, one vague whose quote must stay words."""
    judgement = judged(
        "a.md", "# Privacy\n\nWe keep your personal data as long as *necessary* \\<b>.\n", load_rules(strict=False)
    )
    said = next(each for each in judgement.requirements if each.rule == "retention").evidence
    draft = Draft(
        "a.md",
        "en",
        (
            Passage(
                "dpo-contact", "Officer", Subject.CONTROLLER, Status.MISSING, "A reason.", (), "Ask [fill in: name]."
            ),
            Passage("retention", "Retention", Subject.SHARING, Status.VAGUE, "", said, "We keep it [fill in: period]."),
        ),
    )
    assert (
        draft_markdown(draft)
        == """# Draft: additions to the privacy policy

For a.md. This is a draft and not legal advice.

Fill in every place in [brackets], delete what is not true of your organisation, and put each passage \
where it belongs in the policy. As long as anything is open, policylint reports it.

## Who is responsible

### Officer

> May apply: A reason.
>
> Missing. To add:

Ask [fill in: name].

## Sharing, transfers and retention

### Retention

> Vague. Now it says:
>
> line 3: “We keep your personal data as long as necessary \\<b\\>.”

We keep it [fill in: period].
"""
    )


def test_a_word_draft_has_the_same_words_and_coloured_blanks(rules: RuleSet) -> None:
    path = ROOT / "samples" / "app-privacy.md"
    data = path.read_bytes()
    draft = draft_of(lint_bytes(path.name, data, rules, as_of=date(2026, 11, 1)), read(path.name, data))
    document = docx.Document(io.BytesIO(draft_word(draft)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for passage in draft.passages:
        assert passage.text in texts
    coloured = [run.text for each in document.paragraphs for run in each.runs if run.font.highlight_color is not None]
    assert coloured == [blank for passage in draft.passages for blank in BLANK.findall(passage.text)]


def test_a_complete_policy_needs_no_draft(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draft", str(ROOT / "samples" / "complete.md")]) == 0
    assert "there is nothing to add" in capsys.readouterr().out


def test_a_file_that_is_there_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = tmp_path / "policy.md"
    policy.write_text("# Privacy\n\nWe process your personal data.\n")
    output = tmp_path / "draft.docx"
    output.write_text("mine")
    assert run(["draft", str(policy), "--output", str(output)]) == 2
    assert output.read_text() == "mine"
    assert (
        capsys.readouterr().err
        == f"policylint: {output}: this file is there already\nName another one, or add --force.\n"
    )
    assert run(["draft", str(policy), "--output", str(output), "--force"]) == 0
    assert docx.Document(str(output)).paragraphs[0].text == "Draft: additions to the privacy policy"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["policy.md", "--format", "docx"], "a Word document is not written to the screen"),
        (["policy.md", "--output", "draft.pdf"], "draft.pdf: a draft is written as Word or Markdown, not as .pdf"),
        (["nowhere.md"], "nowhere.md: There is no file or folder of this name."),
        (["."], ". is more than one document"),
        (
            ["policy.md", "--output", "no/folder/draft.md"],
            "no/folder/draft.md: cannot be written: No such file or directory",
        ),
        (["empty.md"], "empty.md: "),
    ],
)
def test_what_cannot_be_drafted(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("policy.md").write_text("# Privacy\n\nWe process your personal data.\n")
    Path("empty.md").write_text("")
    assert run(["draft", *arguments]) == 2
    assert capsys.readouterr().err.startswith(f"policylint: {message}")
