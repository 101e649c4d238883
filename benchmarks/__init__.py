"""Load and speed measurements of the whole product; see README.md for what each row means."""
