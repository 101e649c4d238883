import {
    Component,
    markup,
    onPatched,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

import { SimulatorSide } from "./simulator_side";

/** Options of the paper clip, with the words and the icon of each kind. */
export const ATTACHMENTS = [
    { kind: "image", icon: "fa-camera", label: _t("Photo") },
    { kind: "voice", icon: "fa-microphone", label: _t("Voice message") },
    { kind: "video", icon: "fa-video-camera", label: _t("Video") },
    { kind: "document", icon: "fa-file-text-o", label: _t("Document") },
    { kind: "sticker", icon: "fa-smile-o", label: _t("Sticker") },
    { kind: "location", icon: "fa-map-marker", label: _t("Location") },
];
const MODEL = "chatbot.flow.simulation";

/**
 * A telephone beside the flow editor: who edits is the citizen. The server plays the draft with
 * the engine that serves citizens (`chatbot.flow.simulation`); here it is only shown.
 */
export class Simulator extends Component {
    static template = "chatbot_flow.Simulator";
    static components = { SimulatorSide };
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.simulator = useState(useService("chatbot_flow.simulator"));
        this.state = useState({
            run: null,
            text: "",
            sheet: null,
            clip: false,
            side: true,
            burst: [],
        });
        this.since = this.due = 0;
        /** The last request: the next one waits for it. */
        this.asked = Promise.resolve();
        onWillUnmount(() => clearTimeout(this.timer));
        this.attachments = ATTACHMENTS;
        this.talk = useRef("talk");
        this.input = useRef("input");
        useEffect(
            (flowId) => {
                document.body.classList.toggle("o_flow_simulator_open", Boolean(flowId));
                this.state.run = null;
                this.forgetBurst();
                if (flowId) {
                    this.start();
                }
            },
            () => [this.simulator.flowId, this.simulator.opened]
        );
        useEffect(
            (open, side) => {
                document.body.classList.toggle("o_flow_simulator_wide", open && side);
            },
            () => [Boolean(this.simulator.flowId), this.state.side]
        );
        onPatched(() => {
            if (this.talk.el) {
                this.talk.el.scrollTop = this.talk.el.scrollHeight;
            }
        });
    }

    /** @returns {Object[]} the talk as bubbles and notes, in order */
    get lines() {
        const said = (this.state.run.turns || []).flatMap((turn, number) =>
            [
                ...this.sentLines(turn.sent),
                ...turn.said.map((said) => ({ side: "in", ...said, html: markup(said.html) })),
                ...turn.notes.map((note) => ({ side: "note", note })),
            ].map((line, place) => ({ ...line, id: `${number}/${place}` }))
        );
        const waiting = this.state.burst.map((entry, place) => ({
            side: "out",
            waiting: true,
            id: `waiting/${place}`,
            ...this.attachmentOf(entry.kind),
            html: entry.text,
        }));
        return [...said, ...waiting];
    }

    /** @param {Object|null} sent what the citizen sent; messages of a burst stand close together */
    sentLines(sent) {
        const parts = sent?.kind === "burst" ? sent.parts : [sent].filter(Boolean);
        return parts.map((part, place) => ({
            side: "out",
            close: place < parts.length - 1,
            ...this.sent(part),
        }));
    }

    /** @param {Object} sent what the citizen sent */
    sent({ kind, html }) {
        return { html: markup(html), ...this.attachmentOf(kind) };
    }

    /** @param {string} kind of what was sent */
    attachmentOf(kind) {
        const attachment = ATTACHMENTS.find((item) => item.kind === kind);
        return { icon: attachment?.icon, label: attachment?.label };
    }

    get ready() {
        return Boolean(this.state.run?.turns);
    }

    /** Why nothing can be typed, or what to type. */
    get placeholder() {
        return this.state.run.over ? _t("The bot has finished") : _t("Write as the citizen");
    }

    // ----------------------------------------------------------
    // The run
    // ----------------------------------------------------------

    async start() {
        const settings = this.state.run?.settings || null;
        this.show(await this.orm.call(MODEL, "open_run", [this.simulator.flowId, settings]));
        this.input.el?.focus();
    }

    /**
     * Ask the server to do something with the run, and show the result. A user who is quicker
     * than the server is served in order: each answer is that to what was asked last.
     *
     * @param {string} method of `chatbot.flow.simulation`
     * @param {...*} args a function gets the run as it is then, and returns the argument
     */
    ask(method, ...args) {
        const asked = this.asked.then(async () => {
            const { run } = this.state;
            const values = args.map((arg) => (typeof arg === "function" ? arg(run) : arg));
            this.show(await this.orm.silent.call(MODEL, method, [[run.id], ...values]));
            this.focusInput();
        });
        this.asked = asked.catch(() => {});
        return asked;
    }

    /** Where the citizen types, unless somebody is filling in a field beside the telephone. */
    focusInput() {
        if (!document.activeElement?.closest(".o_flow_side")) {
            this.input.el?.focus();
        }
    }

    /** @param {Object} run what `get_run` gave; the picture of the flow marks where it stands */
    show(run) {
        this.state.run = run;
        this.env.bus.trigger("CHATBOT_FLOW:STEP", {
            flowId: run.flow.id,
            key: run.step || "",
            path: (run.path || []).map((step) => step.key),
        });
    }

    async restart() {
        this.forgetBurst();
        this.state.sheet = null;
        await this.ask("restart");
    }

    /** One step back: what waits for a quiet moment was not sent yet. */
    async undo() {
        if (this.state.burst.length) {
            this.forgetBurst();
        } else {
            await this.ask("undo");
        }
    }

    /**
     * Sends something as the citizen. As on a telephone the bot reads what is sent in a row
     * together, once there is a quiet moment.
     *
     * @param {Object} entry `{kind, text, option_id}`
     */
    async send(entry) {
        const moment = this.quietAfter(entry);
        if (moment === null) {
            await this.sendBurst();
            await this.ask("send", entry);
            return;
        }
        this.state.burst.push(entry);
        const now = Date.now();
        this.since = this.since || now;
        const longest = this.since + 1000 * this.state.run.listen.maximum;
        this.due = moment ? Math.min(Math.max(this.due, now + 1000 * moment), longest) : now;
        clearTimeout(this.timer);
        if (this.due <= now) {
            await this.sendBurst();
        } else {
            this.timer = setTimeout(() => this.sendBurst(), this.due - now);
        }
    }

    /** Seconds of quiet after an entry; null for what is no message of the citizen. */
    quietAfter({ kind, option_id }) {
        const { text, tap, file, maximum } = this.state.run.listen;
        if (["silence", "elapsed"].includes(kind)) {
            return null;
        }
        if (!maximum) {
            return 0;
        }
        if (option_id) {
            return tap;
        }
        return ["text", "option", "location", "sticker"].includes(kind) ? text : file;
    }

    /** Waiting messages are one turn of the bot. */
    async sendBurst() {
        const entries = [...this.state.burst];
        this.forgetBurst();
        if (entries.length) {
            const entry = entries.length > 1 ? { kind: "burst", entries } : entries[0];
            await this.ask("send", entry);
        }
    }

    forgetBurst() {
        clearTimeout(this.timer);
        this.since = this.due = 0;
        this.state.burst = [];
    }

    async sendText() {
        const text = this.state.text.trim();
        if (text) {
            this.state.text = "";
            await this.send({ kind: "text", text });
        }
    }

    /** The citizen broke off and writes again: what is typed, else a greeting. */
    async comeBack() {
        const text = this.state.text.trim() || _t("oi");
        this.state.text = "";
        await this.send({ kind: "return", text });
    }

    /** @param {Object} option a button or a row of a list */
    async choose(option) {
        this.state.sheet = null;
        await this.send({ kind: "option", text: option.title, option_id: option.id });
    }

    /** @param {string} kind of attachment; what is typed goes along as its caption */
    async attach(kind) {
        const text = this.state.text.trim();
        Object.assign(this.state, { text: "", clip: false });
        await this.send({ kind, text });
    }

    /** @param {KeyboardEvent} event Enter sends, as on a telephone */
    onKeydown(event) {
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            this.sendText();
        }
    }

    close() {
        this.simulator.close();
    }
}

registry.category("main_components").add("chatbot_flow.Simulator", { Component: Simulator });
