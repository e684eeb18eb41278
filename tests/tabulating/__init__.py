"""What the tests of tabulation share: small elections, frames of copies, and Kazakhstan's published figures."""
