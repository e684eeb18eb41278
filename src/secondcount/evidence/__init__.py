"""Bytes that cannot be changed unseen: digests, the log, signed notes, proofs, witnesses, time, verification."""

__all__: list[str] = []
