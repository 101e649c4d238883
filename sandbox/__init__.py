"""Simulated WhatsApp Cloud API and GLPI: the far sides, for people and tests.

A test double. No addon imports it; it is spoken to over HTTP, as the real ones are.
"""
