"""The terminal screens: sections in reading order, plain text first, colour only as an addition.

Nothing is re-exported here: a screen without figures (`verify`) must not load what a screen of figures needs.
"""

__all__: list[str] = []
