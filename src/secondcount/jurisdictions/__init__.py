"""Floor 3: the law of each election as data (one TOML file per election), its loader, and a commented template."""

from secondcount.jurisdictions.deadlines import deadlines_on
from secondcount.jurisdictions.definition import Definition, load_definition
from secondcount.jurisdictions.params import Parameter
from secondcount.jurisdictions.shipped import (
    load_shipped,
    shipped_document,
    shipped_names,
    shipped_parameters,
    template,
)

__all__ = [
    "Definition",
    "Parameter",
    "deadlines_on",
    "load_definition",
    "load_shipped",
    "shipped_document",
    "shipped_names",
    "shipped_parameters",
    "template",
]
