"""Fuzzing of readers of other people's bytes: `./dev fuzz`, and a smaller run in `./dev test`."""
