"""What a user may state about a controller."""

from __future__ import annotations

FACTS = (
    "children",  # the service is aimed at them
    "dpo",  # there is a data protection officer
    "outside-eea",  # that is where the controller is established
    "public-body",  # the controller is one
    "special-categories",  # of data are processed on a large scale
    "transfers",  # personal data leave the EEA
)
"""What a user may state about the controller, since a text cannot show it."""
