"""Fuzzing of what reads others' bytes: `./dev fuzz`, a smaller run in the tests."""
