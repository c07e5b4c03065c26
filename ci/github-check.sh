#!/usr/bin/env bash
# Runs policylint for the GitHub Action: annotations, summary of the job, Markdown report, SARIF where it is asked for.
# Reads PATHS, ARGS, FAIL_ON, SARIF_FILE, BASELINE, POLICY_LANGUAGE, SUMMARY, RUNNER_TEMP; writes exit-code and report to
# GITHUB_OUTPUT. Never fails itself, so that later steps can tell of the findings.
set -uo pipefail

programs="$RUNNER_TEMP/policylint/bin"
[ -d "$programs" ] || programs="$RUNNER_TEMP/policylint/Scripts"
report="$RUNNER_TEMP/policylint.md"
rm -f "$report"

# Words as a shell reads them, quotes included, but without expanding anything in them.
words() {
  "$programs/python" -c 'import shlex, sys; sys.stdout.write("".join(word + "\0" for word in shlex.split(sys.argv[1])))' "$1"
}

options=(--output github --output "markdown:$report")
[ -z "${SARIF_FILE:-}" ] || options+=(--output "sarif:$SARIF_FILE")
[ -z "${FAIL_ON:-}" ] || options+=(--fail-on "$FAIL_ON")
[ -z "${BASELINE:-}" ] || options+=(--baseline "$BASELINE")
[ -z "${POLICY_LANGUAGE:-}" ] || options+=(--language "$POLICY_LANGUAGE")
while IFS= read -r -d '' word; do options+=("$word"); done < <(words "${ARGS:-}")
paths=()
while IFS= read -r -d '' word; do paths+=("$word"); done < <(words "${PATHS:-.}")
[ "${SUMMARY:-true}" = true ] || unset GITHUB_STEP_SUMMARY

"$programs/policylint" check "${options[@]}" -- "${paths[@]}"
code=$?
{
  echo "exit-code=$code"
  [ ! -f "$report" ] || echo "report=$report"
} >>"$GITHUB_OUTPUT"
