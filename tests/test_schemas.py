"""The published JSON Schemas fit what policylint reads, and refuse what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
import zipfile
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from policylint.builtin import rules_folder
from policylint.config.schema import configuration_schema
from policylint.judging.ruleschema import rule_schema

ROOT = Path(__file__).parent.parent


def published(name: str) -> Any:
    return json.loads(files("policylint").joinpath(f"schema/{name}.schema.json").read_text(encoding="utf-8"))


def plain(value: Any) -> Any:
    """Dates as the text they were written as."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def test_the_published_schemas_are_the_generated_ones() -> None:
    assert published("configuration") == json.loads(json.dumps(configuration_schema()))
    assert published("rule") == json.loads(json.dumps(rule_schema()))
    for name in ("configuration", "rule", "output"):
        jsonschema.Draft202012Validator.check_schema(published(name))


RULES = [path for path in rules_folder().glob("*/*.yaml") if path.parent.name not in ("concepts", "exceptions")]


@pytest.mark.parametrize("path", sorted(RULES), ids=lambda path: path.stem)
def test_every_rule_file_fits_the_schema(path: Path) -> None:
    rule = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    jsonschema.validate(plain(rule), published("rule"))


def test_the_documented_configuration_fits_the_schema() -> None:
    document = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    example = document.split("```toml\n")[1].split("```")[0]
    jsonschema.validate(plain(tomllib.loads(example)), published("configuration"))


@pytest.mark.parametrize(
    "text",
    [
        "selct = []",
        "jurisdiction = 'XX'",
        "facts = {childen = true}",
        "severity = {retention = 'fatal'}",
        "[[overrides]]\nlanguage = 'nl'",
        "jobs = -1",
    ],
)
def test_what_is_refused_does_not_fit_the_schema(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), published("configuration"))


@pytest.mark.system
def test_the_wheel_holds_the_schemas_and_the_rules(tmp_path: Path) -> None:
    """Built as an installer builds it; hatchling comes from PyPI."""
    built = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(built, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("policylint-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    assert {f"policylint/schema/{name}.schema.json" for name in ("configuration", "rule", "output")} <= held
    assert {f"policylint/rules/{path.relative_to(ROOT / 'rules')}" for path in (ROOT / "rules").rglob("*.yaml")} <= held
    assert not [name for name in held if name.startswith(("tests/", "benchmarks/"))]
