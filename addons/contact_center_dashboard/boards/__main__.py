# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Write the spreadsheets of all dashboards into the addon."""

from pathlib import Path

from . import PAGES, written

FILES = Path(__file__).parent.parent / "data" / "files"


def main() -> None:
    """Write a file for each dashboard."""
    FILES.mkdir(parents=True, exist_ok=True)
    for page in PAGES:
        (FILES / f"{page.key}_dashboard.json").write_text(written(page), encoding="utf-8")


if __name__ == "__main__":
    main()
