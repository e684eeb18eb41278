"""The desk: a web application in which copies arrive, are read twice, and are agreed upon.

Readers are blind: this room imports neither `verdict` nor `tabulation`, `forensics` or `audit`. A reading page gets a
form and an image, never an official figure, a total or another reading. What is agreed goes into the archive; the
database holds work in progress and can be rebuilt from the archive.
"""

__all__: list[str] = []
