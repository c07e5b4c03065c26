"""Drafts of what a policy lacks, in its own language and form of address."""
