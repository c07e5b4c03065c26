"""From a document to what it says: words, wordings, values, clauses, and the units that hold them."""
