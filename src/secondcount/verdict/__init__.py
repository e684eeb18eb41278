"""Floor 4: standing and grounds of claims; `derive` is the hallway from a record to its verdict."""

from secondcount.verdict.derive import derive
from secondcount.verdict.encode import encode
from secondcount.verdict.gather import gather_files
from secondcount.verdict.result import Verdict

__all__ = ["Verdict", "derive", "encode", "gather_files"]
