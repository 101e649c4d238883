"""Fixtures that several files share: a running simulated Meta, its webhook, who calls it."""

from tests.unit.sandbox_meta_helpers import api, maria, meta, running, webhook

__all__ = ["api", "maria", "meta", "running", "webhook"]
