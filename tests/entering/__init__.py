"""What the tests of entries share: one sample of each kind, and strategies that make more."""
