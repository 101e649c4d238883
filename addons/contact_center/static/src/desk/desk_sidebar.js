import { MessagingMenu } from "@mail/core/public_web/messaging_menu";

import { Component, useRef, useState } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";

import { AgentStateMenu } from "./agent_state_menu";
import { once } from "./once";

const TEAM_OPEN_KEY = "contact_center.desk_team_open";

/**
 * The desk's lists: waiting, being served by me and, for supervisors, by everybody.
 *
 * In the side bar of the desk, on the telephone-sized desk, and in the drop-down of the bar above
 * every other screen.
 */
export class DeskSidebar extends Component {
    static template = "contact_center.DeskSidebar";
    static components = { AgentStateMenu };
    static props = {
        /** Called when a conversation is opened, for a drop-down to close itself. */
        onOpen: { type: Function, optional: true },
        /** Whether there is room for all of it whatever Discuss's own side bar does. */
        wide: { type: Boolean, optional: true },
    };

    setup() {
        this.desk = useState(useService("contact_center.desk"));
        this.store = useService("mail.store");
        this.root = useRef("root");
        this.state = useState({
            busy: false,
            teamOpen: browser.localStorage.getItem(TEAM_OPEN_KEY) === "1",
        });
    }

    get compact() {
        return !this.props.wide && this.store.discuss.isSidebarCompact;
    }

    /** @param {Object} row */
    thread(row) {
        return this.store.Thread.get({ model: "discuss.channel", id: row.channel_id });
    }

    /** @param {Object} row */
    isActive(row) {
        const thread = this.thread(row);
        return (
            Boolean(thread) && this.store.discuss.isActive && thread.eq(this.store.discuss.thread)
        );
    }

    /** @param {Object} row messages that the agent has not seen; of a thread not loaded, not answered */
    unread(row) {
        const member = this.thread(row)?.self_member_id;
        return member ? member.message_unread_counter : row.unread;
    }

    /** @param {Object} row classes of its waiting time */
    waitingClass(row) {
        return { near: "text-warning fw-bold", late: "text-danger fw-bold" }[this.desk.goal(row)];
    }

    /** @param {Object} row */
    onClickRow(row) {
        this.props.onOpen?.();
        return this.desk.open(row);
    }

    /** @param {Object} row */
    onClickTake(row) {
        this.props.onOpen?.();
        return once(this.state, () => this.desk.take(row));
    }

    onClickNext() {
        this.props.onOpen?.();
        return once(this.state, () => this.desk.takeNext());
    }

    onClickTeam() {
        this.state.teamOpen = !this.state.teamOpen;
        browser.localStorage.setItem(TEAM_OPEN_KEY, this.state.teamOpen ? "1" : "0");
    }

    /** The hotkey of the list leads to the active row, or the first. */
    onClickFocus() {
        const rows = this.rowElements();
        (rows.find((row) => row.closest(".o-active")) || rows[0])?.focus();
    }

    rowElements() {
        return [...this.root.el.querySelectorAll(".o-contact-center-DeskRow-open")];
    }

    /** @param {KeyboardEvent} ev up and down go from row to row */
    onKeydown(ev) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[ev.key];
        const rows = this.rowElements();
        const at = rows.indexOf(document.activeElement);
        if (step && at >= 0) {
            rows[(at + step + rows.length) % rows.length].focus();
            ev.preventDefault();
        }
    }
}

// On a telephone the desk has no side bar: the lists stand on a page of their own.
Object.assign(MessagingMenu.components, { DeskSidebar });
