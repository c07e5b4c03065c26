"""Comparing two versions of a policy: what the change did to each requirement and finding, and which words did it."""
