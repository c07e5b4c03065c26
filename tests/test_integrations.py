"""Where policylint runs: pre-commit, GitHub, GitLab, containers, shells. What cannot run here is checked by schema."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from policylint.cli import run
from policylint.reading import SUFFIXES

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
VAGUE = "# Privacyverklaring\n\nStichting Zonnehof verwerkt uw persoonsgegevens zolang dat nodig is.\n"


def tool(*words: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program, of the environment of the tests if it is there."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    names = {
        f"GIT_{role}_{what}": f"{what}@zonnehof.example"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    variables = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **own, **names, **environment}
    variables.pop("CI", None)
    arguments = [str(word) for word in words]
    return subprocess.run(arguments, cwd=cwd, env=variables, capture_output=True, text=True, check=False)


# ---- schemas and linters


def schema(name: str, *arguments: str) -> None:
    pytest.importorskip("check_jsonschema")
    ran = tool(sys.executable, "-m", "check_jsonschema", "--builtin-schema", name, *arguments)
    assert ran.returncode == 0, ran.stdout


def test_the_action_fits_the_schema_of_github() -> None:
    schema("vendor.github-actions", "action.yml")


def test_the_job_fits_the_schema_of_gitlab() -> None:
    schema("vendor.gitlab-ci", "--data-transform", "gitlab-ci", "ci/gitlab.yml")


def test_the_dockerfile_passes_its_linter() -> None:
    ran = tool("hadolint", "Dockerfile")
    assert ran.returncode == 0, ran.stdout


def test_the_container_is_not_root_and_holds_what_is_built() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    last = text[text.rindex("\nFROM ") :]
    assert re.search(r"^USER (?!0|root)\S+$", last, re.MULTILINE)
    assert last.index("USER ") < last.index("ENTRYPOINT")
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copied = {name for words in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE) for name in words.split()}
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)


# ---- pre-commit


def test_the_hooks_are_valid_and_see_every_format() -> None:
    ran = tool("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
    assert ran.returncode == 0, ran.stdout
    changed, whole, configuration = HOOKS
    for suffix in SUFFIXES:
        assert re.search(changed["files"], f"site/Privacy{suffix.upper()}")
        assert re.search(whole["files"], f"site/privacy{suffix}")
    assert not re.search(changed["files"], "src/policy.py")
    for name in ("policylint.toml", "site/.policylint.toml"):
        assert re.search(configuration["files"], name)
        assert re.search(whole["files"], name)
    assert re.search(whole["files"], "policy.docx.exceptions.toml")
    assert all(hook["require_serial"] for hook in HOOKS)


def test_a_hook_passes_over_what_the_configuration_excludes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policylint.toml").write_text('exclude = ["drafts"]\n', "utf-8")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "privacy.md").write_text(VAGUE, "utf-8")
    assert run(["check", "drafts/privacy.md"]) == 1
    assert run(["check", "--force-exclude", "drafts/privacy.md"]) == 2
    assert run([*HOOKS[0]["entry"].split()[1:], "drafts/privacy.md"]) == 0
    (tmp_path / "privacy.md").write_text(VAGUE, "utf-8")
    assert run([*HOOKS[0]["entry"].split()[1:], "drafts/privacy.md", "privacy.md"]) == 1
    capsys.readouterr()


@pytest.mark.system
def test_a_repository_with_hooks_a_gate_on_changes_and_a_baseline(tmp_path: Path) -> None:
    """The real pre-commit builds the hooks from this repository, with what they need from PyPI."""
    source, site = tmp_path / "policylint", tmp_path / "site"
    source.mkdir()
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, source)
    for name in ("policylint", "rules"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))

    def git(folder: Path, *words: str) -> str:
        ran = tool("git", *words, cwd=folder, PRE_COMMIT_HOME=str(tmp_path / "hooks"))
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout.strip()

    def policylint(*words: str) -> subprocess.CompletedProcess[str]:
        return tool(sys.executable, "-m", "policylint", *words, cwd=site, PYTHONPATH=str(ROOT))

    git(tmp_path, "init", "--quiet", "--initial-branch", "main", str(source))
    git(source, "add", ".")
    git(source, "commit", "--quiet", "-m", "policylint")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main", str(site))
    hooks = [{"id": hook["id"]} for hook in HOOKS]
    hooks[1]["args"] = ["policies"]
    config = {"repos": [{"repo": str(source), "rev": git(source, "rev-parse", "HEAD"), "hooks": hooks}]}
    (site / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    (site / "policylint.toml").write_text('baseline = "known.json"\nexclude = ["drafts"]\n', "utf-8")
    (site / "policies").mkdir()
    policy = site / "policies" / "privacy.md"
    whole = (ROOT / "samples" / "volledig.md").read_text("utf-8")
    policy.write_text(whole, "utf-8")
    assert policylint("baseline", "update", "policies", "--baseline", "known.json").returncode == 0
    installed = tool("pre-commit", "install", cwd=site)
    assert installed.returncode == 0, installed.stdout
    git(site, "add", ".")
    git(site, "commit", "-m", "A policy without faults")

    # A branch takes out what the policy says of complaints: no line that is left is wrong, yet hook and gate refuse it.
    git(site, "switch", "--quiet", "--create", "shorter")
    shorter = re.sub(r"^### Klachten\n.*?(?=^## )", "", whole, flags=re.MULTILINE | re.DOTALL)
    assert shorter != whole
    policy.write_text(shorter, "utf-8")
    git(site, "add", ".")
    refused = tool("git", "commit", "-m", "Shorter", cwd=site, PRE_COMMIT_HOME=str(tmp_path / "hooks"))
    assert refused.returncode == 1
    assert "policylint (changed policies)" in refused.stderr
    assert "error complaint-authority" in refused.stderr
    git(site, "commit", "--quiet", "--no-verify", "-m", "Shorter")
    gate = policylint("diff", "--since", "main", "policies")
    assert gate.returncode == 1, gate.stderr
    assert "complaint-authority" in gate.stdout

    # Recorded, it fails no longer; put right, the baseline shrinks to nothing.
    assert policylint("baseline", "update", "policies", "--baseline", "known.json").returncode == 0
    assert "complaint-authority" in (site / "known.json").read_text("utf-8")
    git(site, "add", ".")
    git(site, "commit", "-m", "Known")
    policy.write_text(whole, "utf-8")
    assert policylint("check", "policies", "--baseline-strict").returncode == 1
    assert policylint("baseline", "prune", "policies", "--baseline", "known.json").returncode == 0
    assert "complaint-authority" not in (site / "known.json").read_text("utf-8")
    assert policylint("check", "policies", "--baseline-strict", "--output", "sarif:out.sarif").returncode == 0
    sarif = json.loads((ROOT / "tests" / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))
    jsonschema.validate(json.loads((site / "out.sarif").read_text("utf-8")), sarif)

    # A fault in the configuration is refused by its own hook.
    (site / "policylint.toml").write_text('selec = ["retention"]\n', "utf-8")
    git(site, "add", ".")
    refused = tool("git", "commit", "-m", "A slip", cwd=site, PRE_COMMIT_HOME=str(tmp_path / "hooks"))
    assert refused.returncode == 1
    assert re.search(r"policylint \(configuration\)\.+Failed", refused.stderr)


# ---- the action of GitHub


def test_every_input_of_the_action_is_used_and_none_is_put_into_a_script() -> None:
    steps = ACTION["runs"]["steps"]
    given = json.dumps([{**step, "run": ""} for step in steps])
    assert set(re.findall(r"inputs\.([\w-]+)", given)) == set(ACTION["inputs"])
    assert not any("${{" in step.get("run", "") for step in steps)
    for step in steps:
        for script in re.findall(r"ci/[\w-]+\.sh", step.get("run", "")):
            assert os.access(ROOT / script, os.X_OK)
            text = (ROOT / script).read_text("utf-8")
            read = set(re.findall(r"\$\{?([A-Z][A-Z_]+)", text)) - {"RUNNER_TEMP", "GITHUB_OUTPUT", "GITHUB_REPOSITORY"}
            assert read <= set(step["env"])


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """What a runner of GitHub has once policylint is installed in it."""
    programs = tmp_path / "temp" / "policylint" / "bin"
    programs.mkdir(parents=True)
    for name, words in (("python", ""), ("policylint", "-m policylint")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', "utf-8")
        (programs / name).chmod(0o755)
    (tmp_path / "site").mkdir()
    return tmp_path


def action(runner: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """Run the check of the action, and what it gives out."""
    output = runner / "output"
    output.unlink(missing_ok=True)
    ran = tool(
        ROOT / "ci" / "github-check.sh",
        cwd=runner / "site",
        PYTHONPATH=str(ROOT),
        RUNNER_TEMP=str(runner / "temp"),
        GITHUB_OUTPUT=str(output),
        GITHUB_STEP_SUMMARY=str(runner / "summary"),
        GITHUB_WORKSPACE=str(runner / "site"),
        **inputs,
    )
    return ran, dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())


@pytest.mark.system
def test_the_action_reports_and_leaves_failing_to_its_last_step(runner: Path) -> None:
    (runner / "site" / "my privacy.md").write_text(VAGUE, "utf-8")
    ran, given = action(runner, PATHS="'my privacy.md'", SARIF_FILE="out.sarif", ARGS="--jurisdiction NL")
    assert ran.returncode == 0
    assert given["exit-code"] == "1"
    assert "::error file=my privacy.md" in ran.stdout
    assert Path(given["report"]).read_text("utf-8").startswith("<!-- policylint -->")
    assert (runner / "summary").read_text("utf-8")
    assert json.loads((runner / "site" / "out.sarif").read_text("utf-8"))["version"] == "2.1.0"
    (runner / "summary").unlink()
    ran, given = action(runner, PATHS="'my privacy.md'", FAIL_ON="never", SUMMARY="false", POLICY_LANGUAGE="nl")
    assert given["exit-code"] == "0"
    assert not (runner / "summary").exists()


@pytest.mark.system
def test_no_input_of_the_action_is_a_command(runner: Path) -> None:
    ran, given = action(runner, PATHS="$(touch bad1) `touch bad2`;touch bad3 *", ARGS="--fail-on $(touch bad4)")
    assert given["exit-code"] == "2"
    assert list((runner / "site").iterdir()) == []
    assert "report" not in given, ran.stdout


GH = """#!/bin/sh
echo "$*" >> "$CALLS"
case "$*" in
  *--paginate*) [ -z "$FOUND" ] || echo "$FOUND" ;;
  *) exit "$CODE" ;;
esac
"""


@pytest.mark.parametrize(
    ("found", "code", "call"),
    [
        ("", "0", "--method POST repos/zonnehof/site/issues/7/comments"),
        ("41", "0", "--method PATCH repos/zonnehof/site/issues/comments/41"),
        ("", "1", "--method POST repos/zonnehof/site/issues/7/comments"),
    ],
)
def test_the_comment_is_kept_up_to_date_and_never_fails_the_job(
    tmp_path: Path, found: str, code: str, call: str
) -> None:
    (tmp_path / "gh").write_text(GH, "utf-8")
    (tmp_path / "gh").chmod(0o755)
    ran = tool(
        ROOT / "ci" / "github-comment.sh",
        PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
        CALLS=str(tmp_path / "calls"),
        FOUND=found,
        CODE=code,
        GITHUB_REPOSITORY="zonnehof/site",
        NUMBER="7",
        REPORT="report.md",
    )
    assert ran.returncode == 0
    last = (tmp_path / "calls").read_text("utf-8").splitlines()[-1]
    assert call in last
    assert last.endswith("--field body=@report.md")
    assert ("::warning" in ran.stdout) is (code == "1")


# ---- shells, and the start of the program


@pytest.mark.system
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_commands(shell: str) -> None:
    words = {"COMP_WORDS": "policylint che", "COMP_CWORD": "1", "_TYPER_COMPLETE_ARGS": "policylint che"}
    action = {"_TYPER_COMPLETE_FISH_ACTION": "get-args"} if shell == "fish" else {}
    command = (sys.executable, "-m", "policylint")
    ran = tool(*command, **words, **action, _POLICYLINT_COMPLETE=f"complete_{shell}")
    assert "check" in ran.stdout
    shown = tool(*command, "--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert shown.returncode == 0
    assert "_POLICYLINT_COMPLETE" in shown.stdout


def test_other_commands_do_not_load_the_server() -> None:
    code = "import sys, policylint.cli; print(sorted({'pygls', 'lsprotocol', 'asyncio', 'spacy'} & set(sys.modules)))"
    ran = tool(sys.executable, "-c", code, PYTHONPATH=str(ROOT))
    assert ran.stdout.strip() == "[]", ran.stderr
