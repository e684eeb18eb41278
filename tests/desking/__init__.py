"""What tests of the desk share: an archive, people, a desk in this process, a desk as a real server, PostgreSQL."""
