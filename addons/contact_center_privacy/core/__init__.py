"""Consent, clocks and personal texts, without ORM."""
