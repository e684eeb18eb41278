"""Secondcount: an independent second count of an election from copies of polling-station protocols.

    import secondcount as sc
    checked = sc.check("kazakhstan.majilis.2012", claims=["OSDP >= 7%"])

The names below are documented in docs/reference/api.md. They are found when they are first asked for (PEP 562), so
that a command that counts nothing need not load what counts (docs/decisions/0007-names-of-the-package.md).
"""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

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

try:
    __version__ = version("secondcount")
except PackageNotFoundError:  # running from a source tree that was never installed
    __version__ = "0+source"


def __getattr__(name: str) -> object:
    """Return a documented name from `secondcount.api`.

    Raises:
        AttributeError: the package has no such name.

    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("secondcount.api"), name)


def __dir__() -> list[str]:
    """Return the documented names."""
    return __all__
