"""Renewal: a proposal becomes changed records, and what changed is told in words.

Nothing here writes: ``cli`` puts what comes of it into the files.
"""
