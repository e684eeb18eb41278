"""The dozen functions that notebooks and the command line call; they wire the rooms together."""
