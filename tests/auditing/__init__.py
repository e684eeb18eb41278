"""What the tests of the audit room share: small contests, piles of copies, and the truth by enumeration."""
