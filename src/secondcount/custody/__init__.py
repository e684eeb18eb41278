"""One copy, table or photo from its arrival to its entry in the log: outbox, sequencer, receipts, export."""

__all__: list[str] = []
