"""What tests of the intake share: a small election, made by hand."""
