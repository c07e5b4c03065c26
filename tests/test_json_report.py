"""The JSON report: its keys and their order, its counts, and that the published schema describes it."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hand_made_result import ACCEPTED, FAILED, HEDGED, RESULT, RETENTION, WEBSHOP, run_of
from whole_reports import render_json

from policylint.result import Result

SCHEMA = json.loads(files("policylint").joinpath("schema/output.schema.json").read_text(encoding="utf-8"))


def rendered(result: Result) -> Any:
    return json.loads(render_json(result))


def test_whole_output_of_a_small_result() -> None:
    document = replace(
        WEBSHOP, sections=WEBSHOP.sections[:1], requirements=WEBSHOP.requirements[1:2], findings=(HEDGED,)
    )
    assert render_json(run_of(document)) == (
        """{
  "schema": 1,
  "tool": {
    "name": "policylint",
    "version": "1.2.3",
    "rules": "2026.11",
    "as_of": "2025-11-24"
  },
  "documents": [
    {
      "path": "beleid/zonnekorrel.txt",
      "sha256": "abababababababababababababababababababababababababababababababab",
      "kind": "policy",
      "language": "nl",
      "languages": {
        "nl": 0.97,
        "en": 0.03
      },
      "jurisdiction": {
        "code": "NL",
        "reason": "de tekst noemt de Autoriteit Persoonsgegevens",
        "line": 71,
        "page": null,
        "paragraph": null
      },
      "coverage": {
        "characters": 12678,
        "replaced": 3,
        "garbled": 2,
        "pages_without_text": 0,
        "pictures": 0,
        "left_out": 0.04
      },
      "facts": {},
      "sections": [
        {
          "title": "Bewaren",
          "level": 1,
          "line": 40,
          "page": null,
          "paragraph": null,
          "end_line": 51
        }
      ],
      "requirements": [
        {
          "rule": "retention",
          "status": "vague",
          "applies": "yes",
          "reason": "",
          "evidence": [
            {
              "quote": "Wij bewaren uw gegevens niet langer dan noodzakelijk is voor de doelen die hierboven staan [art. 6].",
              "context": "Hoe lang bewaren wij uw gegevens?",
              "line": 41,
              "column": 1,
              "end_line": 41,
              "end_column": 101,
              "page": null,
              "paragraph": null,
              "section": null
            }
          ],
          "findings": [
            "f-retention"
          ]
        }
      ],
      "findings": [
        {
          "rule": "hedged-rights",
          "name": "hedged-rights",
          "status": null,
          "family": "unfair",
          "group": null,
          "severity": "warning",
          "message": "Een recht wordt onder een voorbehoud gegeven dat de wet niet kent.",
          "advice": "Laat het voorbehoud weg.",
          "quote": "U kunt uw gegevens inzien, waarvoor wij kosten in rekening kunnen brengen.",
          "line": 54,
          "column": 1,
          "end_line": 54,
          "end_column": 75,
          "page": null,
          "paragraph": null,
          "section": null,
          "related": [
            {
              "quote": "Inzage kost u niets.",
              "line": 88,
              "column": 1,
              "end_line": 88,
              "end_column": 21,
              "page": null,
              "paragraph": null,
              "section": null,
              "message": "Hier staat het tegendeel."
            }
          ],
          "law": [
            {
              "reference": "AVG art. 12 lid 5",
              "url": "https://eur-lex.europa.eu/eli/reg/2016/679/oj#012.005"
            }
          ],
          "suppressed": null,
          "fingerprint": "f-hedged"
        }
      ],
      "error": null
    }
  ],
  "summary": {
    "documents": 1,
    "failed": 0,
    "errors": 0,
    "warnings": 1,
    "infos": 0,
    "groups": 1
  }
}
"""  # noqa: E501
    )


def test_failed_document_has_its_error_and_nothing_judged() -> None:
    document = rendered(run_of(FAILED))["documents"][0]
    assert document["error"] == {
        "code": "no-text",
        "message": "Geen leesbare tekst gevonden.",
        "hint": "Laat de scan eerst door tekstherkenning gaan.",
    }
    assert document["requirements"] == document["findings"] == document["sections"] == []
    assert document["jurisdiction"] is document["language"] is document["sha256"] is document["kind"] is None


def test_summary_counts_a_group_once_per_document_and_leaves_accepted_findings_out() -> None:
    # The webshop: retention, two rights in one group, hedged rights; its accepted info does not count.
    assert rendered(run_of(WEBSHOP, FAILED, WEBSHOP))["summary"] == {
        "documents": 3,
        "failed": 1,
        "errors": 4,
        "warnings": 4,
        "infos": 0,
        "groups": 6,
    }


def test_accepted_finding_says_why() -> None:
    document = rendered(run_of(replace(WEBSHOP, findings=(ACCEPTED,))))["documents"][0]
    assert document["findings"][0]["suppressed"] == {
        "kind": "accepted",
        "reason": "citaat uit een brief van 2009",
        "owner": "m.devries",
        "expires": "2026-06-30",
    }


def test_letters_stand_for_themselves_and_terminal_controls_are_escaped() -> None:
    quote = "€ café \x1b[31m \x9b31m \x7f \u202e \ud800 end"
    output = render_json(run_of(replace(WEBSHOP, findings=(replace(RETENTION, quote=quote),))))
    assert r"€ café \u001b[31m \u009b31m \u007f \u202e \ud800 end" in output
    assert json.loads(output)["documents"][0]["findings"][0]["quote"] == quote
    output.encode()


@pytest.mark.parametrize("result", [RESULT, run_of(FAILED), run_of(), run_of(WEBSHOP, FAILED)])
def test_output_follows_the_schema(result: Result) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(rendered(result), SCHEMA, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("key", ["group", "suppressed", "page", "fingerprint"])
def test_schema_misses_no_key_of_a_finding(key: str) -> None:
    output = rendered(RESULT)
    del output["documents"][0]["findings"][0][key]
    with pytest.raises(jsonschema.ValidationError, match=f"'{key}' is a required property"):
        jsonschema.validate(output, SCHEMA)


def test_schema_refuses_an_unknown_key_and_a_failed_document_with_findings() -> None:
    output = rendered(RESULT)
    output["documents"][0]["score"] = 7
    with pytest.raises(jsonschema.ValidationError, match="score"):
        jsonschema.validate(output, SCHEMA)
    output = rendered(run_of(WEBSHOP))
    output["documents"][0]["error"] = {"code": "x", "message": "y", "hint": "z"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(output, SCHEMA)
