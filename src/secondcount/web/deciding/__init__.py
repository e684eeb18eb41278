"""Deciding what stands on the paper where three readers did not read the same."""

__all__: list[str] = []
