import { duration, secondsSince } from "@contact_center/desk/times";

import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    onPatched,
    useRef,
    useState,
} from "@odoo/owl";

import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";

import { ReasonDialog } from "./reason_dialog";

const MODEL = "contact_center.conversation";
/** A conversation that is watched is read again so often (milliseconds). */
const REFRESH = 2500;
/** More messages than this are let go of: the panel may stay open all day. */
const KEPT = 200;

/** A conversation beside the board: read live, without the citizen or the agent noticing. */
export class WatchPanel extends Component {
    static template = "contact_center_supervision.WatchPanel";
    static props = { conversationId: Number, now: Object, close: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.list = useRef("list");
        this.state = useState({ about: {}, messages: [], whisper: "", busy: false });
        let timer;
        onWillStart(() => this.load());
        onMounted(() => {
            this.scroll();
            timer = setInterval(() => this.refresh(), REFRESH);
        });
        onWillUnmount(() => clearInterval(timer));
        let shown = 0;
        onPatched(() => {
            if (shown !== this.state.messages.length) {
                shown = this.state.messages.length;
                this.scroll();
            }
        });
    }

    scroll() {
        const list = this.list.el;
        if (list) {
            list.scrollTop = list.scrollHeight;
        }
    }

    /** Reads what is new; when it may no longer be watched, says so once and closes. */
    async refresh() {
        try {
            await this.load();
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.notification.add(error.data.message, { type: "warning" });
            this.props.close();
        }
    }

    async load() {
        const after = this.state.messages.at(-1)?.id || 0;
        const { messages, ...about } = await this.orm.silent.call(MODEL, "get_watched", [
            [this.props.conversationId],
            after,
        ]);
        const known = this.state.messages.at(-1)?.id || 0;
        const added = messages.filter((message) => message.id > known);
        if (added.length) {
            this.state.messages = [...this.state.messages, ...added].slice(-KEPT);
        }
        this.state.about = about;
    }

    get served() {
        return duration(secondsSince(this.state.about.accepted_at, this.props.now));
    }

    time(message) {
        return deserializeDateTime(message.at).toFormat("HH:mm");
    }

    async onWhisper() {
        const text = this.state.whisper.trim();
        if (!text || this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await this.orm.call(MODEL, "action_whisper", [[this.props.conversationId], text]);
            this.state.whisper = "";
            await this.load();
        } finally {
            this.state.busy = false;
        }
    }

    onWhisperKey(ev) {
        if (ev.key === "Enter" && !ev.shiftKey) {
            ev.preventDefault();
            this.onWhisper();
        }
    }

    onJoin() {
        this.dialog.add(ReasonDialog, {
            title: _t("Join the conversation"),
            hint: _t("You answer the citizen beside the agent, who reads the reason."),
            button: _t("Join"),
            confirm: async (reason) =>
                this.action.doAction(
                    await this.orm.call(MODEL, "action_join", [[this.props.conversationId], reason])
                ),
        });
    }

    async onLeave() {
        await this.orm.call(MODEL, "action_leave", [[this.props.conversationId]]);
        await this.load();
    }

    async onOpen() {
        const call = [[this.props.conversationId]];
        this.action.doAction(await this.orm.call(MODEL, "action_open_discuss", call));
    }

    onIntercept() {
        this.ask("contact_center.conversation_take_over_action");
    }

    onTransfer() {
        this.ask("contact_center.conversation_transfer_action");
    }

    /** @param {string} xmlId dialog about the conversation */
    ask(xmlId) {
        const id = this.props.conversationId;
        this.action.doAction(xmlId, {
            additionalContext: { active_id: id, active_ids: [id] },
            onClose: () => this.refresh(),
        });
    }
}
