from secondcount.api import (
    Checked,
    allocate,
    check,
    demo_acts,
    derive,
    elections,
    encode,
    load_election,
    load_record,
    make_record,
    read_reported,
    read_sheets,
    report,
)
from secondcount.errors import InputError

__all__ = [
    "Checked",
    "InputError",
    "__version__",
    "allocate",
    "check",
    "demo_acts",
    "derive",
    "elections",
    "encode",
    "load_election",
    "load_record",
    "make_record",
    "read_reported",
    "read_sheets",
    "report",
]

__version__: str
