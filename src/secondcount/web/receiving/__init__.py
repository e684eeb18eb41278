"""Files that arrive: from phones, folders and archives of files; receipts."""

__all__: list[str] = []
