"""What the tests of stores and logs share: the textbook tree, stores that fail, a real S3 server."""
