"""What tests of archives share: a small election as a definition file, and tables made into entries."""
