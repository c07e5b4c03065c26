"""The report as one self-contained web page: verdicts, and the policy's text with what they rest on marked in it."""
