"""The commands of `secondcount archive`, one module each, loaded when it is called."""

__all__: list[str] = []
