"""A simulated SMS gateway, as Brazilian companies offer them: JSON, receipts, replies, faults."""

from .server import SmsSandbox

__all__ = ["SmsSandbox"]
