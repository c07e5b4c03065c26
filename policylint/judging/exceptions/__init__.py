"""Signed exceptions: what somebody accepts, for which reason and until when; they change findings, never a status."""
