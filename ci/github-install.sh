#!/usr/bin/env bash
# Installs policylint for the GitHub Action, in an environment of its own.
# Reads PYTHON, SOURCE (the folder of the action), VERSION (from PyPI; the source itself if empty), RUNNER_TEMP.
set -euo pipefail

"$PYTHON" -m venv "$RUNNER_TEMP/policylint"
programs="$RUNNER_TEMP/policylint/bin"
[ -d "$programs" ] || programs="$RUNNER_TEMP/policylint/Scripts"
if [ -n "${VERSION:-}" ]; then
  requirement="policylint[docx,odt,pdf]==${VERSION}"
else
  requirement="${SOURCE}[docx,odt,pdf]"
fi
"$programs/python" -m pip install --quiet --disable-pip-version-check "$requirement"
"$programs/policylint" --version
