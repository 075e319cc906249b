"""The knowledge base of interventions in and after detention: YAML in, checked pages and data out."""
