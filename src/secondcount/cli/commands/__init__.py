"""One command per file; each module holds its command under the name `command`."""

__all__: list[str] = []
