# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What may be published of a day's counts, and the files of it; without Odoo.

shown = publish({"IPTU": 40, "Zoonoses": 2, "Saúde": 9}, secret="...", day="2026-11-19")
shown.cells == {"IPTU": 40}; shown.rest == 11     # or another two, by the secret
"""

from .files import csv_file, json_file
from .suppress import LEAST, Shown, publish

__all__ = ("LEAST", "Shown", "csv_file", "json_file", "publish")
