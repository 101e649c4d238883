# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from contextlib import contextmanager
from unittest.mock import patch


class OutagesMixin:
    """Mixin for `ContactCenterCase`: what is told of things that stop and work again."""

    @contextmanager
    def outages_told(self):
        """Gather what is told within: ("began" or "ended", kind, record or word)."""
        told = []
        model = type(self.env["contact_center.outages"])

        def began(_self, kind, what, reason="", at=None, name=""):
            told.append(("began", kind, what))

        def ended(_self, kind, what, at=None):
            told.append(("ended", kind, what))

        with patch.object(model, "_began", began), patch.object(model, "_ended", ended):
            yield told
