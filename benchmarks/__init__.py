"""Load and speed measurements of the whole product; README.md explains each row."""
