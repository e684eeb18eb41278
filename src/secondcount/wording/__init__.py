"""Floor 1: key and values -> sentence in English, Russian or Kazakh; forms of numbers and dates; standard library.

Catalogues are `catalogues/<language>/<topic>.toml`. Rooms return codes and values; only doors ask for words here.
"""

from secondcount.wording.catalogue import LANGUAGES
from secondcount.wording.legible import visible
from secondcount.wording.naming import label_of, labelled, said_share
from secondcount.wording.phrasebook import Phrasebook, phrasebook

__all__ = ["LANGUAGES", "Phrasebook", "label_of", "labelled", "phrasebook", "said_share", "visible"]
