"""What the tests of signatures, witnesses and time share: keys that are the same in each run, logs and notes."""

from noting.worlds import (
    LOG,
    OTHER,
    WITNESS,
    World,
    checkpoint_of,
    fixed_key,
    refusal_of,
    small_log,
)

__all__ = ["LOG", "OTHER", "WITNESS", "World", "checkpoint_of", "fixed_key", "refusal_of", "small_log"]
