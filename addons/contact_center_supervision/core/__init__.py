"""Supervision without ORM: how a team stands, what a wallboard shows."""
