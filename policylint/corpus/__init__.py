"""A corpus of policies, judged into tables: on one machine, on a cluster, or batch by batch in another engine."""

from policylint.corpus.batches import arrow_schema, rows_of

__all__ = ["arrow_schema", "rows_of"]
