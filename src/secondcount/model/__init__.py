"""Floor 1: the nouns of the house, frozen; standard library only, except `tables` and `record`."""
