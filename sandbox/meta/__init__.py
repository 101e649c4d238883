"""The simulated WhatsApp Cloud API. `MetaSandbox` is all that others need."""

from .server import MetaSandbox

__all__ = ["MetaSandbox"]
