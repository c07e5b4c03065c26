"""policylint: a linter for privacy policies in Dutch and English."""

__version__ = "0.1.0"
