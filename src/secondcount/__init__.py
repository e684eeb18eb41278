"""Secondcount: an independent second count of an election from copies of polling-station protocols."""

from importlib.metadata import PackageNotFoundError, version

__all__ = ["__version__"]

try:
    __version__ = version("secondcount")
except PackageNotFoundError:  # running from a source tree that was never installed
    __version__ = "0+source"
