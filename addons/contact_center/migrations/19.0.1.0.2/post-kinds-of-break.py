# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tell regulated breaks from snacks among the reasons that are there already."""


def migrate(cr, version):
    """Mark the reasons that the addon brought along, if they still count as breaks."""
    for name, kind in (("pause_reason_snack", "snack"), ("pause_reason_rest", "regulated")):
        cr.execute(
            """
            UPDATE contact_center_pause_reason SET break_kind = %s
            WHERE kind = 'break' AND id = (
                SELECT res_id FROM ir_model_data WHERE module = 'contact_center' AND name = %s)
            """,
            [kind, name],
        )
