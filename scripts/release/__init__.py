"""One edition in ``dist/``: the book, the site and the data as archives, what changed, and a checksum of each.

The same files give the same bytes, in another folder, time zone and language, and with another hash seed; every book
is checked before anything stands in ``dist/``.
"""
