# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files that are not on this server's disk, for tests of any addon."""


def keep_elsewhere(case, *attachments):
    """Move files where no path of this server leads, as a store for several does.

    :param case: test case; puts everything back at its end
    """
    kept = {f"store://{one.checksum}": one.raw for one in attachments}
    case.env.flush_all()
    for attachment in attachments:
        # In SQL: Odoo writes these columns with the content only
        case.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = %s, db_datas = NULL WHERE id = %s",
            [f"store://{attachment.checksum}", attachment.id],
        )
    case.env.invalidate_all()
    model = case.env.registry["ir.attachment"]
    read = model._file_read

    def _file_read(self, fname, size=None):
        return kept[fname][:size] if fname in kept else read(self, fname, size)

    case.patch(model, "_file_read", _file_read)
