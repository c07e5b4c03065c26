"""Configuration: which file holds for a document, what it says, and where it says so."""
