"""What the tests of custody share: an archive of a small election, entries for it, and disks that fail."""
