"""What somebody read: two blind readings of one copy become an agreed sheet, or a difference to adjudicate."""

__all__: list[str] = []
