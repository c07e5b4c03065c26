"""The same policy gets the same verdicts in every format and encoding, whichever program wrote it."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from expected_answers import judged
from renderings import ENCODED, FROM_MARKDOWN, FROM_TEXT, MARKDOWN, SAMPLES, TEXTS, NotInstalledError, Renderer

# A table drawn with spaces is no table to whoever reads its lines.
NOT_SENSIBLE = {("complete", "txt by pandoc")}
WITHOUT_PROGRAMS = ("html by markdown-it", "site by markdown-it")

Verdicts = tuple[str | None, dict[str, str], Counter[tuple[str, str]]]


@cache
def verdicts(path: Path) -> Verdicts:
    """Language, statuses and findings; positions aside."""
    judgement = judged(path)
    statuses = {requirement.rule: requirement.status.value for requirement in judgement.requirements}
    findings = Counter((finding.rule, " ".join((finding.quote or "").split())) for finding in judgement.findings)
    return judgement.language, statuses, findings


def cases(samples: list[Path], renderers: dict[str, Renderer]) -> list[object]:
    """Every sample with every renderer; those that start programs are slow."""
    return [
        pytest.param(
            sample,
            name,
            id=f"{sample.stem}: {name}",
            marks=[] if name in (*WITHOUT_PROGRAMS, *ENCODED) else pytest.mark.system,
        )
        for name in renderers
        for sample in samples
        if (sample.stem, name) not in NOT_SENSIBLE
    ]


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Renders all samples at once, for starting a program takes longer than its work."""

    @cache
    def render(name: str, suffix: str) -> dict[Path, Path]:
        samples = MARKDOWN if suffix == ".md" else TEXTS
        renderer = (FROM_MARKDOWN if suffix == ".md" else FROM_TEXT).get(name) or ENCODED[name]
        return dict(zip(samples, renderer(samples, tmp_path_factory.mktemp("rendered")), strict=True))

    return render


@pytest.mark.parametrize(
    ("sample", "name"), [*cases(MARKDOWN, FROM_MARKDOWN), *cases(TEXTS, FROM_TEXT), *cases(SAMPLES, ENCODED)]
)
def test_verdicts_do_not_depend_on_the_format(sample: Path, name: str, rendered) -> None:  # type: ignore[no-untyped-def]
    try:
        target = rendered(name, sample.suffix)[sample]
    except NotInstalledError as missing:
        pytest.skip(f"{missing} is not installed")
    assert verdicts(target) == verdicts(sample)
