"""Contract tests: the simulated far sides against what was recorded of the real ones."""
