"""The archive that each release leaves behind, and how it was made."""
