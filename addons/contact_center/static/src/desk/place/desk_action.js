import { DiscussClientAction } from "@mail/core/public_web/discuss_client_action";
import { DiscussContent } from "@mail/core/public_web/discuss_content";
import { DiscussSidebar } from "@mail/core/public_web/discuss_sidebar";

import { onMounted, onWillDestroy, status, useEffect } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

import { DeskSidebar } from "../desk_sidebar";
import { Colleagues } from "./colleagues";
import { DeskRest } from "./desk_rest";

/** The contact center's desk: Discuss with conversations and colleagues, and nothing else. */
export class DeskAction extends DiscussClientAction {
    static template = "contact_center.DeskAction";
    static path = "mesa";
    static displayName = _t("Desk");

    setup() {
        this.desk = useService("contact_center.desk");
        const visit = this.place.enter();
        super.setup();
        onMounted(() => this.place.showMenus());
        // also when another screen came before this one was drawn
        onWillDestroy(() => this.place.leave(visit));
        useEffect(
            (activeId) => this.keepAddress(activeId),
            () => [this.activeId]
        );
    }

    /** The thread shown, as named in the address; undefined between two conversations. */
    get activeId() {
        const { Thread, discuss } = this.store;
        return Thread.localIdToActiveId(discuss.thread?.localId);
    }

    get place() {
        return this.desk.place;
    }

    /** @param {string} [activeId] what the address says, for a reload and the way back */
    keepAddress(activeId) {
        if (!this.isRestored) {
            return;
        }
        const { action, updateActionState } = this.props;
        this.kept = activeId;
        action.context.active_id = activeId;
        updateActionState?.({ active_id: activeId || false });
    }

    /** Also called whenever the screen around is drawn again: that changes nothing. */
    async restoreDiscussThread({ action }) {
        const asked = action.context.active_id ?? action.params?.active_id;
        if (this.isBegun && (!this.isRestored || action.context.active_id === this.kept)) {
            return;
        }
        this.isBegun = true;
        await this.store.channels.fetch();
        await this.place.restore(this.parseActiveId(asked), !this.isRestored);
        this.isRestored = true;
        this.store.discuss.hasRestoredThread = true;
        if (status(this) === "mounted") {
            this.keepAddress(this.activeId);
        }
    }
}

registry.category("actions").add("contact_center.desk", DeskAction);

patch(DiscussClientAction.prototype, {
    /** Conversations are served at the desk, wherever a link to one leads. */
    async restoreDiscussThread({ action }) {
        const desk = this.env.services["contact_center.desk"];
        const asked = this.parseActiveId(action.context.active_id ?? action.params?.active_id);
        if (asked?.[0] === "discuss.channel") {
            const [model, id] = asked;
            const thread = await this.store.Thread.getOrFetch({ model, id });
            await desk.ready;
            // A conversation that an agent may not read belongs to somebody else
            if (thread ? thread.contact_center_conversation : desk.enabled) {
                desk.place.openDesk(id, { clearBreadcrumbs: true });
                return;
            }
        }
        return super.restoreDiscussThread(...arguments);
    },
});

patch(DiscussSidebar.prototype, {
    get discussSidebarItems() {
        return this.store.discuss.isContactCenterDesk
            ? [DeskSidebar, Colleagues]
            : super.discussSidebarItems;
    },
});

Object.assign(DiscussContent.components, { DeskRest });

/** Leads to the screen on which the user's role begins. */
registry
    .category("actions")
    .add("contact_center.home", (env) =>
        env.services.orm.call("res.users", "contact_center_home", [])
    );
