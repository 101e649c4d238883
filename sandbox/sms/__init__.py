"""A simulated SMS gateway, with receipts, replies and faults."""

from .server import SmsSandbox

__all__ = ["SmsSandbox"]
