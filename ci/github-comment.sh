#!/usr/bin/env bash
# Keeps one comment on a pull request with the report of policylint: an alert shows only beside lines that changed, so
# what is missing would go unseen. Reads GH_TOKEN, GITHUB_REPOSITORY, NUMBER (of the pull request), REPORT (a file).
# A token that may not comment, as that of a fork, is a warning and not a failure.
set -uo pipefail

mine='.[] | select(.user.type == "Bot" and (.body | startswith("<!-- policylint -->"))) | .id'
comment=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" --jq "$mine" | head -n 1)
if [ -n "$comment" ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$comment" --field "body=@$REPORT"
else
  gh api --silent --method POST "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" --field "body=@$REPORT"
fi || echo "::warning title=policylint::The report could not be written on the pull request; the job needs the permission pull-requests: write."
