"""Fuzzing of what reads other people's bytes: `./dev fuzz`, and a smaller run in `./dev test`."""
