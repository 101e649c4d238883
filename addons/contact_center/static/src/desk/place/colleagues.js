import { ImStatus } from "@mail/core/common/im_status";
import { cleanTerm } from "@mail/utils/common/format";

import { Component, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";

const OPEN_KEY = "contact_center.desk_colleagues_open";
/** So many are listed at once; the others are found by their name. */
const LIMIT = 30;
/** From so many colleagues on there is a field to look for one. */
const SEARCH_FROM = 8;

/** The people of the contact center, to write to one of them: nobody else stands here. */
export class Colleagues extends Component {
    static template = "contact_center.Colleagues";
    static components = { ImStatus };
    static props = {
        /** Called when a chat is opened, for a drop-down to close itself. */
        onOpen: { type: Function, optional: true },
        /** Whether all are listed at once, on a page of their own. */
        whole: { type: Boolean, optional: true },
    };

    setup() {
        this.desk = useState(useService("contact_center.desk"));
        this.store = useService("mail.store");
        this.state = useState({
            isOpen: browser.localStorage.getItem(OPEN_KEY) === "1",
            term: "",
        });
    }

    get compact() {
        return !this.props.whole && !this.props.onOpen && this.store.discuss.isSidebarCompact;
    }

    get isOpen() {
        return this.props.whole || this.state.isOpen;
    }

    /** Those whose messages were not read are never hidden. */
    get shown() {
        const { place } = this.desk;
        const colleagues = place.listColleagues(this.store);
        if (!this.isOpen) {
            return colleagues.filter((partner) => place.unreadOf(partner));
        }
        const term = cleanTerm(this.state.term);
        return colleagues
            .filter(({ displayName }) => cleanTerm(displayName).includes(term))
            .slice(0, LIMIT);
    }

    get isSearchable() {
        return this.isOpen && this.desk.place.colleagueIds.length >= SEARCH_FROM;
    }

    get unread() {
        return this.desk.place.countUnread(this.store);
    }

    /** @param {Object} partner */
    isActive(partner) {
        const chat = partner.searchChat();
        return Boolean(chat) && this.store.discuss.isActive && chat.eq(this.store.discuss.thread);
    }

    onClickToggle() {
        this.state.isOpen = !this.state.isOpen;
        browser.localStorage.setItem(OPEN_KEY, this.state.isOpen ? "1" : "0");
    }

    /** @param {Object} partner */
    onClickColleague(partner) {
        this.props.onOpen?.();
        return this.store.openChat({ partnerId: partner.id });
    }
}
