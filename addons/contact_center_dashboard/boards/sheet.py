# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A dashboard as the spreadsheet that Odoo's viewer reads.

Blocks stand in rows of two on one sheet; a second sheet holds the key figures' formulas. Everything
has a fixed place and an id made of its place, so that writing a file twice gives the same bytes.
The format is that of Odoo 19 (`VERSION`); Odoo's own migrations read it in later ones.
"""

import json
from uuid import NAMESPACE_URL, uuid5

from .parts import Chart, Measure, Page, Table

VERSION = "18.5.10"
# Columns of a block: the first is wide, for names; a gap between the two blocks.
FIRST, OTHER, GAP = 230, 95, 40
BLOCK_COLUMNS, LEFT, RIGHT = 5, 0, 6
WIDTH = FIRST + (BLOCK_COLUMNS - 1) * OTHER
CELL = 23
TABLE_ROWS = 10
# Rows of the sheet that key figures and a row of blocks take, with the title of the blocks
KEY_ROWS, BLOCK_ROWS = 6, 15
KEY_HEIGHT = 100
CHART_HEIGHT = (BLOCK_ROWS - 2) * CELL
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TITLE, HEADER, NOTE = "1", "2", "3"
STYLES = {
    TITLE: {"bold": True, "fontSize": 14, "textColor": "#01666B"},
    HEADER: {"bold": True, "textColor": "#434343", "align": "center"},
    NOTE: {"italic": True, "textColor": "#8A6D3B"},
}


def written(page: Page) -> str:
    """Return the spreadsheet of a dashboard as the text of its file."""
    return json.dumps(_Sheet(page).data(), indent=1, ensure_ascii=False) + "\n"


def _number(pivot, measure) -> str:
    """Return the formula of a pivot's total: 0 where there is nothing."""
    value = f'PIVOT.VALUE({pivot},"{measure.key}")'
    # No IFERROR: it would take figures that are on their way for none
    return f'IF({value}="",0,{value})'


class _Sheet:
    """Collects cells, figures and pivots of one dashboard."""

    def __init__(self, page: Page):
        self.page = page
        self.cells, self.styles, self.borders, self.tables = {}, {}, {}, []
        self.figures, self.pivots, self.hidden = [], {}, {}
        self.rows = {}

    def data(self) -> dict:
        """Return the spreadsheet as JSON can hold it."""
        self._keys()
        for number, blocks in enumerate(self.page.rows):
            top = KEY_ROWS + 1 + number * BLOCK_ROWS
            for block, left in zip(blocks, (LEFT, RIGHT), strict=False):
                self._block(block, left, top)
        last = KEY_ROWS + 1 + len(self.page.rows) * BLOCK_ROWS
        return {
            "version": VERSION,
            "sheets": [self._main(last), self._figures_sheet()],
            "styles": STYLES,
            "formats": {str(number + 1): form for number, form in enumerate(_FORMATS)},
            "borders": {"1": {"bottom": {"style": "thin", "color": "#CCCCCC"}}},
            "revisionId": "START_REVISION",
            "uniqueFigureIds": True,
            "settings": {"locale": _LOCALE},
            "pivots": self.pivots,
            "pivotNextId": len(self.pivots) + 1,
            "customTableStyles": {},
            "globalFilters": [self._filter(one) for one in self.page.filters],
            "lists": {},
            "listNextId": 1,
            "chartOdooMenusReferences": {},
        }

    # ------------------------------------------------------------
    # Filters
    # ------------------------------------------------------------

    def _id(self, *words) -> str:
        return str(uuid5(NAMESPACE_URL, "/".join(("contact_center", self.page.key, *words))))

    def _filter(self, one) -> dict:
        made = {"id": self._id("filter", one.key), "label": one.label}
        if one.model is None:
            return {**made, "type": "date", "defaultValue": one.default}
        return {
            **made,
            "type": "relation",
            "modelName": one.model,
            "defaultValueDisplayNames": [],
            "includeChildren": False,
            "domainOfAllowedValues": [],
        }

    def _matching(self, source) -> dict:
        """Return by which fields of a source the dashboard's filters apply."""
        found = {}
        for one in self.page.filters:
            if one.key in source.filters:
                name, kind = source.filters[one.key]
                match = {"chain": name, "type": kind}
                found[self._id("filter", one.key)] = (
                    {**match, "offset": 0} if one.model is None else match
                )
        return found

    # ------------------------------------------------------------
    # Key figures
    # ------------------------------------------------------------

    def _keys(self) -> None:
        width = (2 * WIDTH + GAP - 20 * (len(self.page.keys) - 1)) // len(self.page.keys)
        for number, key in enumerate(self.page.keys):
            pivot = self._pivot(key.source, (), (key.measure,), None, key.title)
            row = number + 1
            self.hidden[f"A{row}"] = f'=_t("{key.title}")'
            self.hidden[f"B{row}"] = "=" + _number(pivot, key.measure)
            self.figures.append(
                {
                    "id": self._id("key", str(number)),
                    "col": 0,
                    "row": 0,
                    "offset": {"x": number * (width + 20), "y": 8},
                    "width": width,
                    "height": KEY_HEIGHT,
                    "tag": "chart",
                    "data": {
                        "type": "scorecard",
                        "title": {"text": key.title, "bold": True, "color": "#434343"},
                        "background": "#EFF6FF",
                        "keyValue": f"Figures!B{row}",
                        "baselineMode": "text",
                        "baselineColorUp": "#00A04A",
                        "baselineColorDown": "#DC6965",
                        "humanize": False,
                    },
                }
            )
        self._note()

    def _note(self) -> None:
        """Say under the key figures what to do where there is nothing to show."""
        counted = self._pivot(self.page.keys[0].source, (), (_COUNT,), None, "rows")
        cell = f"A{KEY_ROWS}"
        self.cells[cell] = f'=IF({_number(counted, _COUNT)}=0,_t("{self.page.empty}"),"")'
        self.styles[cell] = int(NOTE)

    # ------------------------------------------------------------
    # Blocks
    # ------------------------------------------------------------

    def _block(self, block, left, top) -> None:
        cell = f"{LETTERS[left]}{top}"
        self.cells[cell] = f'=_t("{block.title}")'
        self.styles[cell] = int(TITLE)
        self.borders[f"{cell}:{LETTERS[left + BLOCK_COLUMNS - 1]}{top}"] = 1
        self.rows[str(top - 1)] = {"size": 34}
        if isinstance(block, Chart):
            self._chart(block, left, top)
        else:
            self._table(block, left, top)

    def _table(self, table: Table, left, top) -> None:
        pivot = self._pivot(table.source, (table.by,), table.measures, table.sort, table.title)
        first, last = LETTERS[left], LETTERS[left + len(table.measures)]
        # Rows, no totals, no titles of columns: the header tells the measures
        self.cells[f"{first}{top + 1}"] = f"=PIVOT({pivot},{TABLE_ROWS},FALSE,FALSE)"
        self.styles[f"{first}{top + 1}:{last}{top + 1}"] = int(HEADER)
        self.tables.append(
            {
                "range": f"{first}{top + 1}:{last}{top + 1 + TABLE_ROWS}",
                "type": "static",
                "config": _TABLE,
            }
        )

    def _chart(self, chart: Chart, left, top) -> None:
        mark = self._id("chart", str(left), str(top))
        name = chart.measure.name
        self.figures.append(
            {
                "id": mark,
                "col": left,
                "row": top,
                "offset": {"x": 0, "y": 4},
                "width": WIDTH,
                "height": CHART_HEIGHT,
                "tag": "chart",
                "data": {
                    "type": f"odoo_{chart.kind}",
                    "title": {"text": ""},
                    "background": "#FFFFFF",
                    "legendPosition": "top" if len(chart.by) > 1 or chart.kind == "pie" else "none",
                    "metaData": {
                        "groupBy": list(chart.by),
                        "measure": name,
                        "order": None,
                        "resModel": chart.source.model,
                        "mode": chart.kind,
                    },
                    "searchParams": {
                        "comparison": None,
                        "context": {},
                        "domain": chart.source.domain,
                        "groupBy": list(chart.by),
                        "orderBy": [],
                    },
                    "dataSets": [],
                    "verticalAxisPosition": "left",
                    "stacked": chart.stacked,
                    "fieldMatching": self._matching(chart.source),
                },
            }
        )

    def _pivot(self, source, by, measures, sort, name) -> str:
        """Add a pivot; return the id by which formulas name it."""
        mark = str(len(self.pivots) + 1)
        rows = []
        for one in by:
            field, _colon, step = one.partition(":")
            rows.append({"fieldName": field, **({"granularity": step} if step else {})})
        self.pivots[mark] = {
            "type": "ODOO",
            "formulaId": mark,
            "name": name,
            "model": source.model,
            "domain": source.domain,
            "context": {},
            "columns": [],
            "rows": rows,
            "measures": [self._measure(one) for one in measures],
            "sortedColumn": sort
            and {"measure": sort.key, "order": "desc", "domain": []},
            "fieldMatching": self._matching(source),
        }  # fmt: skip
        return mark

    @staticmethod
    def _measure(one) -> dict:
        return {
            "id": one.key,
            "fieldName": one.name,
            "aggregator": one.aggregator,
            "format": one.form,
        }

    # ------------------------------------------------------------
    # Sheets
    # ------------------------------------------------------------

    def _main(self, last) -> dict:
        sizes = [FIRST, *[OTHER] * (BLOCK_COLUMNS - 1)]
        widths = [*sizes, GAP, *sizes]
        return {
            **_EMPTY,
            "id": self._id("sheet", "main"),
            "name": "Dashboard",
            "colNumber": len(widths),
            "rowNumber": last,
            "rows": self.rows,
            "cols": {str(number): {"size": size} for number, size in enumerate(widths)},
            "cells": self.cells,
            "styles": self.styles,
            "borders": self.borders,
            "figures": self.figures,
            "tables": self.tables,
            "areGridLinesVisible": False,
        }

    def _figures_sheet(self) -> dict:
        return {
            **_EMPTY,
            "id": self._id("sheet", "figures"),
            "name": "Figures",
            "colNumber": 4,
            "rowNumber": len(self.page.keys) + 2,
            "cells": self.hidden,
            "formats": {
                f"B{number + 1}": self._format(key) for number, key in enumerate(self.page.keys)
            },
        }

    def _format(self, key) -> int:
        return _FORMATS.index(key.measure.form) + 1


_COUNT = Measure("__count")
_FORMATS = ("#,##0", "0", "0.0", "0.00", "#,##0.0", "#,##0.00")
_LOCALE = {
    "name": "English (US)",
    "code": "en_US",
    "thousandsSeparator": ",",
    "decimalSeparator": ".",
    "dateFormat": "mm/dd/yyyy",
    "timeFormat": "hh:mm:ss",
    "formulaArgSeparator": ",",
    "weekStart": 7,
}
_TABLE = {
    "hasFilters": False,
    "totalRow": False,
    "firstColumn": False,
    "lastColumn": False,
    "numberOfHeaders": 1,
    "bandedRows": True,
    "bandedColumns": False,
    "automaticAutofill": True,
    "styleId": "None",
}
_EMPTY = {
    "rows": {},
    "cols": {},
    "merges": [],
    "cells": {},
    "styles": {},
    "formats": {},
    "borders": {},
    "conditionalFormats": [],
    "dataValidationRules": [],
    "figures": [],
    "tables": [],
    "areGridLinesVisible": True,
    "isVisible": True,
    "headerGroups": {"ROW": [], "COL": []},
    "comments": {},
}
