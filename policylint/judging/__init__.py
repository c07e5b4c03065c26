"""From what a document says to verdicts: rules, the conditions they set, and the words they quote."""
