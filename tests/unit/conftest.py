"""Fixtures that files share: a running simulated Meta, its webhook, a caller."""

from tests.unit.sandbox_meta_helpers import api, maria, meta, running, webhook

__all__ = ["api", "maria", "meta", "running", "webhook"]
