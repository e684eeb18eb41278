"""The board: stations, observers, coverage, queue health and deadlines."""

__all__: list[str] = []
