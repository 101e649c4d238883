# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The dashboards as declarations, and the spreadsheets that are made of them.

    PYTHONPATH=addons python -m contact_center_dashboard.boards

writes `data/files/*_dashboard.json` anew. A test compares them with what this package makes.
"""

from .pages import PAGES
from .parts import Chart, Filter, Key, Page, Table
from .sheet import written
