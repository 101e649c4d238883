import { Component, useState } from "@odoo/owl";

import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

/** Finds a step of a flow, or of a version of one, by words of its title, text or options. */
export class StepSearch extends Component {
    static template = "chatbot_flow.StepSearch";
    static props = { resModel: String, resId: [Number, Boolean], onPick: Function };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ words: "", found: null });
        this.search = useDebounced(() => this.find(), 250);
    }

    /** @param {Event} ev */
    onWords(ev) {
        this.state.words = ev.target.value;
        this.search();
    }

    async find() {
        const words = this.state.words.trim();
        const { resId, resModel } = this.props;
        if (!words || !resId) {
            this.state.found = null;
            return;
        }
        this.state.found = await this.keepLast.add(
            this.orm.silent.call(resModel, "find_steps", [resId, words])
        );
    }

    /** @param {KeyboardEvent} ev */
    async onKey(ev) {
        if (ev.key === "Enter") {
            this.search.cancel();
            ev.preventDefault();
            ev.stopPropagation();
            await this.find();
            if (this.state.found?.length) {
                await this.pick(this.state.found[0]);
            }
        } else if (ev.key === "Escape") {
            this.state.found = null;
        }
    }

    /** @param {{key: string}} row */
    async pick(row) {
        this.search.cancel();
        this.state.found = null;
        await this.props.onPick(row);
    }
}
