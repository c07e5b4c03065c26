"""A corpus of policies, judged into tables: on one machine, on a cluster, or batch by batch in another engine."""
