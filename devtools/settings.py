"""Folders and the user's choices, as one value that child processes get too."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The repository."""

ADDONS = (
    "contact_center_security",
    "contact_center",
    "contact_center_security_role",
    "contact_center_archive",
    "contact_center_contact",
    "contact_center_cube",
    "contact_center_open_data",
    "contact_center_contract_end",
    "contact_center_operation",
    "contact_center_privacy",
    "contact_center_supervision",
    "contact_center_distribution",
    "contact_center_cube_distribution",
    "contact_center_workforce",
    "contact_center_indicator",
    "contact_center_indicator_operation",
    "contact_center_workforce_indicator",
    "contact_center_report",
    "contact_center_measurement",
    "contact_center_dashboard",
    "chatbot_flow",
    "contact_center_measurement_flow",
    "contact_center_alert",
    "contact_center_city156",
    "contact_center_sms",
    "contact_center_measurement_sms",
    "whatsapp_helpdesk",
    "whatsapp_helpdesk_alert",
    "whatsapp_helpdesk_privacy",
    "glpi_connector",
    "test_contact_center",
)
"""Our addons, the lowest first."""

NEIGHBOURS = (
    "crm",
    "sale_management",
    "website_livechat",
    "hr_holidays",
    "project",
    "survey",
    "website_slides",
    "mass_mailing_sms",
)
"""Applications of Odoo that a city may have: beside them ours change nothing."""


def default_cache(environ=os.environ) -> Path:
    """Return the cache folder: all that is fetched or made, outside the work tree.

    `$CONTACT_CENTER_CACHE`, else `odoo-contact-center` in `$XDG_CACHE_HOME`, else in `~/.cache`.
    """
    if environ.get("CONTACT_CENTER_CACHE"):
        return Path(environ["CONTACT_CENTER_CACHE"]).expanduser().absolute()
    base = environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser().absolute() / "odoo-contact-center"


@dataclass(frozen=True)
class Settings:
    """The user's choices.

    :param cache: folder for everything fetched and made
    :param odoo: path of an Odoo 19 (its program or source folder), "" to look for one or fetch it
    :param database_url: `postgresql://user:password@host:port/database`, "" for the embedded server
    """

    cache: Path
    odoo: str = ""
    database_url: str = ""

    @classmethod
    def from_env(cls, environ=os.environ) -> Settings:
        """Return this process's settings.

        `$CONTACT_CENTER_CACHE`, `$ODOO`, `$DATABASE_URL`.
        """
        return cls(
            cache=default_cache(environ),
            odoo=environ.get("ODOO", ""),
            database_url=environ.get("DATABASE_URL", ""),
        )

    def run_dir(self, name: str) -> Path:
        """Return the folder for one stack's configuration and logs, made if missing.

        Below `$CONTACT_CENTER_RUN` when `./dev test` gathers the logs of what it runs.
        """
        base = os.environ.get("CONTACT_CENTER_RUN")
        folder = (Path(base) if base else self.cache / "run") / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def to_env(self) -> dict[str, str]:
        """Return the same settings as variables for a child process (pytest, demo, bench)."""
        return {
            "CONTACT_CENTER_CACHE": str(self.cache),
            "ODOO": self.odoo,
            "DATABASE_URL": self.database_url,
        }


def own_addons() -> tuple[str, ...]:
    """Return the names of our addons that are in this work tree, the lowest first."""
    return tuple(name for name in ADDONS if (ROOT / "addons" / name / "__manifest__.py").is_file())


def product_addons() -> tuple[str, ...]:
    """Return our addons that a city installs: all but those that hold tests only."""
    return tuple(name for name in own_addons() if not name.startswith("test_"))
