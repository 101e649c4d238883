import { Component, useEffect, useRef, useState } from "@odoo/owl";

import { useService } from "@web/core/utils/hooks";

import { once } from "../once";

/** The desk between two conversations: how many wait, and the next one under the finger. */
export class DeskRest extends Component {
    static template = "contact_center.DeskRest";
    static props = { compact: { type: Boolean, optional: true } };

    setup() {
        this.desk = useState(useService("contact_center.desk"));
        this.action = useService("action");
        this.permission = useService("mail.notification.permission");
        this.state = useState({ busy: false });
        this.next = useRef("next");
        useEffect(
            (isWanted, button) => isWanted && button?.focus(),
            () => [this.desk.place.isNextUnderFinger, this.next.el]
        );
    }

    get place() {
        return this.desk.place;
    }

    /** @returns {{id: number, name: string, count: number}[]} how many wait in each queue */
    get queues() {
        const queues = new Map();
        for (const { queue_id: id, queue: name } of this.desk.waiting) {
            const row = queues.get(id) || { id, name, count: 0 };
            row.count++;
            queues.set(id, row);
        }
        return [...queues.values()].sort((a, b) => b.count - a.count);
    }

    get mayAskForNotifications() {
        return this.permission.permission === "prompt";
    }

    onClickNext() {
        return once(this.state, () => this.desk.takeNext());
    }

    onClickComeBack() {
        return once(this.state, () => this.desk.setAgentState("available", ""));
    }

    /** @param {string} xmlid of an action */
    go(xmlid) {
        return this.action.doAction(xmlid);
    }
}
