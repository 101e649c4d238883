import { Component, markup, onPatched, useEffect, useRef, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

import { SimulatorSide } from "./simulator_side";

/** What the paper clip offers, with the words and the icon of each kind. */
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
        this.state = useState({ run: null, text: "", sheet: null, clip: false, side: true });
        this.attachments = ATTACHMENTS;
        this.talk = useRef("talk");
        this.input = useRef("input");
        useEffect(
            (flowId) => {
                document.body.classList.toggle("o_flow_simulator_open", Boolean(flowId));
                this.state.run = null;
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
        return (this.state.run.turns || []).flatMap((turn, number) =>
            [
                ...(turn.sent ? [{ side: "out", ...this.sent(turn.sent) }] : []),
                ...turn.said.map((said) => ({ side: "in", ...said, html: markup(said.html) })),
                ...turn.notes.map((note) => ({ side: "note", note })),
            ].map((line, place) => ({ ...line, id: `${number}/${place}` }))
        );
    }

    /** @param {Object} sent what the citizen sent */
    sent({ kind, html }) {
        const attachment = ATTACHMENTS.find((item) => item.kind === kind);
        return { html: markup(html), icon: attachment?.icon, label: attachment?.label };
    }

    get ready() {
        return Boolean(this.state.run?.turns);
    }

    /** Why nothing can be typed, or what to type. */
    get placeholder() {
        return this.state.run.over ? _t("The robot has finished") : _t("Write as the citizen");
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
     * Asks the server to do something with the run, and shows what came of it.
     *
     * @param {string} method of `chatbot.flow.simulation`
     * @param {...*} args
     */
    async ask(method, ...args) {
        this.show(await this.orm.silent.call(MODEL, method, [[this.state.run.id], ...args]));
        this.input.el?.focus();
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
        this.state.sheet = null;
        await this.ask("restart");
    }

    /** @param {Object} entry `{kind, text, option_id}` */
    async send(entry) {
        await this.ask("send", entry);
    }

    async sendText() {
        const text = this.state.text.trim();
        if (text) {
            this.state.text = "";
            await this.send({ kind: "text", text });
        }
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
