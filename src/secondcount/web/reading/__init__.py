"""The reading desk: tasks, the blind reading of a copy, adjudication."""

__all__: list[str] = []
