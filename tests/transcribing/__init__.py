"""Sheets, readings and people made up for the tests of the room transcription."""
