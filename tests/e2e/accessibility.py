"""Automatic check with axe-core: what is ours has no serious violation."""

import dataclasses
import fnmatch

from playwright.sync_api import Page

from devtools.axe import require_axe
from devtools.settings import Settings

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
GRAVE = ("serious", "critical")


@dataclasses.dataclass(frozen=True)
class Foreign:
    """A violation of Odoo's own screens, which no template of ours can mend.

    :param rule: axe's id of the rule, `*` for any
    :param target: pattern (`fnmatch`) of the element's selector or of its HTML
    :param reason: whose it is
    """

    rule: str
    target: str
    reason: str


FOREIGN = (
    Foreign("aria-required-children", ".o_menu_*", "Odoo's bar of menus"),
    Foreign("aria-required-parent", ".o_menu_brand", "Odoo's bar of menus"),
    Foreign("aria-required-parent", '<a class="nav-link*role="tab"*', "Odoo's tabs of a form"),
    Foreign("button-name", "*o_optional_columns_dropdown*", "Odoo's choice of columns in lists"),
    Foreign("label", "*checkbox-comp-*", "Odoo's ticks in the first column of lists"),
    Foreign("aria-allowed-attr", "*o_searchview*", "Odoo's search field"),
    Foreign("role-img-alt", "*o_searchview_icon*", "Odoo's search field"),
    Foreign("role-img-alt", "*_cell.o_data_cell*", "Odoo's icons in lists of contacts"),
    Foreign("role-img-alt", "*o_contact_statistics_cell*", "Odoo's count of meetings in contacts"),
    Foreign("link-name", '<a class="o_field_widget o_form_uri"*', "Odoo's empty address field"),
    Foreign("role-img-alt", '<i class="fa*role="img"></i>', "Odoo's icons in forms of contacts"),
    Foreign("aria-allowed-attr", "*o-autocomplete--input*", "Odoo's fields of choice"),
    Foreign("list", '<ul class="mb-0 list-unstyled d-flex*', "changed fields in Odoo's log"),
    Foreign("role-img-alt", '<i class="oi oi-search" role="img"></i>', "search in Odoo's log"),
    Foreign("aria-prohibited-attr", "*o-mail-Message-avatarContainer*", "Odoo's log below a form"),
    Foreign("aria-allowed-attr", "*o-mail-Composer-actions*", "buttons of Odoo's composer"),
    Foreign("color-contrast", "*o-mail-Message-date*", "time of a message in Odoo's Discuss"),
    Foreign("color-contrast", '<span class="px-2 smaller text-muted*', "days in Odoo's log"),
    Foreign("color-contrast", "*o-ps-1_5*", "mark of new messages in Odoo's Discuss"),
    Foreign("image-alt", "*o-mail-Message-avatar*", "pictures of people in Odoo's Discuss"),
    Foreign("scrollable-region-focusable", "*o-mail-Thread*", "messages in Odoo's Discuss"),
)


def violations(page: Page, scope: str = "body") -> list[str]:
    """Return grave violations on the page that are not Odoo's own, one line each.

    :param scope: CSS selector of the part to look at
    """
    page.evaluate(require_axe(Settings.from_env()).read_text(encoding="utf-8") + "; undefined")
    result = page.evaluate(
        """([scope, tags]) => axe.run(
            { include: [scope] }, { runOnly: tags, resultTypes: ["violations"] }
        )""",
        [scope, list(RULES)],
    )
    return [
        f"{found['id']} ({found['impact']}) {target}: {node['html'][:160]}"
        for found in result["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
        for target in [" ".join(map(str, node["target"]))]
        if not is_foreign(found["id"], target, node["html"])
    ]


def is_foreign(rule: str, target: str, html: str) -> bool:
    """Return whether a violation is one of Odoo's own, see `FOREIGN`."""
    return any(
        fnmatch.fnmatch(rule, known.rule)
        and any(fnmatch.fnmatch(text, known.target) for text in (target, html))
        for known in FOREIGN
    )
