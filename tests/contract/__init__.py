"""Contract tests: the simulated far sides against recordings of the real ones."""
