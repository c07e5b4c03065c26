"""What kind of document a text is: a privacy policy, or something that only looks like one."""

from __future__ import annotations

from policylint.analysis.units import Analysis

POLICY, TERMS, COOKIES, OTHER = "policy", "terms", "cookie-statement", "other"

KIND_NAMES = frozenset(
    {
        "first-person",
        "identity-role",
        "kind-cookies",
        "kind-policy",
        "kind-processing",
        "kind-terms",
        "personal-data",
        "privacy-subject",
    }
)
"""The concepts by which the kind of a document is told."""

# So far into the visible text a document names itself if it has no title.
_OPENING = 300
# So many sentences on what "we", or one organisation, do with personal data make a text without a title a policy.
_FEWEST_STATEMENTS = 2
_SHORT_TEXT = 150


def speaks_of_privacy(analysis: Analysis) -> bool:
    """Whether a text mentions personal data or privacy at all."""
    return any(analysis.by_name.get(name) for name in ("personal-data", "privacy-subject"))


def kind_of(analysis: Analysis) -> str:
    """`policy`, `terms`, `cookie-statement` or `other`.

    A text is what its title or its opening calls it, and a policy wherever a heading announces one; a text that
    names itself nothing is a policy if it says several times what its author does with personal data.
    """
    if _named(analysis, "kind-policy"):
        return POLICY
    for kind, name in ((TERMS, "kind-terms"), (COOKIES, "kind-cookies")):
        if _named(analysis, name):
            return kind
    acting = {number for name in ("first-person", "kind-processing") for number in analysis.by_name.get(name, ())}
    statements = acting & set(analysis.by_name.get("personal-data", ()))
    statements.update(analysis.by_name.get("identity-role", ()))
    fewest = 1 if analysis.words < _SHORT_TEXT else _FEWEST_STATEMENTS
    return POLICY if len(statements) >= fewest else OTHER


def _named(analysis: Analysis, name: str) -> bool:
    """Whether a heading or the opening has a name for a kind of document."""
    units = (analysis.units[number] for number in analysis.by_name.get(name, ()))
    return any(unit.is_heading or unit.start < _OPENING for unit in units)
