import { Component, onWillStart, useRef, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { search } from "./settings_search";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** All settings that the user's rights allow, by what one wants to do, with a search. */
export class SettingsPage extends Component {
    static template = "contact_center.SettingsPage";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({ groups: [], query: this.props.state?.query || "" });
        this.env.config?.setDisplayName?.(_t("Settings"));
        // Not on telephones, where the keyboard would cover the page.
        useAutofocus({ refName: "search" });
        useSetupAction({ rootRef: this.root, getLocalState: () => ({ query: this.state.query }) });
        onWillStart(async () => {
            this.state.groups = await this.orm.call("ir.ui.menu", "get_settings");
        });
    }

    get found() {
        return search(this.state.groups, this.state.query);
    }

    /** For those who hear the page: how many entries the search leaves. */
    get summary() {
        const count = this.found.reduce((sum, group) => sum + group.entries.length, 0);
        return this.state.query.trim() ? _t("Found: %s", count) : "";
    }

    /** Opens an entry over the page, so that one comes back by the breadcrumb. */
    open(entry) {
        this.action.doAction(entry.action_id);
    }

    /** A plain click opens here; with a key held down the browser does as for every link. */
    onClick(ev, entry) {
        if (!ev.ctrlKey && !ev.metaKey && !ev.shiftKey) {
            ev.preventDefault();
            this.open(entry);
        }
    }

    clear() {
        this.state.query = "";
        this.root.el.querySelector("input").focus();
    }

    /** Arrows walk through field and entries, Enter opens the first one found, Escape clears. */
    onKeydown(ev) {
        const inField = ev.target.tagName === "INPUT";
        if (ev.key in STEPS) {
            const stops = [...this.root.el.querySelectorAll("input, a.o-settings-entry")];
            const next = stops.indexOf(document.activeElement) + STEPS[ev.key];
            stops[Math.max(0, Math.min(next, stops.length - 1))].focus();
            ev.preventDefault();
        } else if (ev.key === "Enter" && inField && this.state.query.trim()) {
            const first = this.found[0]?.entries[0];
            if (first) {
                this.open(first);
            }
            ev.preventDefault();
        } else if (ev.key === "Escape" && this.state.query) {
            this.clear();
            ev.preventDefault();
        }
    }
}

registry.category("actions").add("contact_center.settings", SettingsPage);
