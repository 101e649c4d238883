import { registry } from "@web/core/registry";
import { useDebounced } from "@web/core/utils/timing";
import { TextField, textField } from "@web/views/fields/text/text_field";

/** How long after the last key the preview follows, in milliseconds. */
const PREVIEW_DELAY = 300;

/**
 * The text of an automatic message: what is typed goes to the record at once, so that the preview
 * beside it follows, and placeholders are put in by a click. The record's `samples` field holds
 * them: `{name: example}`.
 */
export class MessageField extends TextField {
    static template = "contact_center.MessageField";

    setup() {
        super.setup();
        this.follow = useDebounced(() => {
            const { record, name } = this.props;
            return record.update({ [name]: this.parse(this.textareaRef.el.value) });
        }, PREVIEW_DELAY);
    }

    /** @returns {{name: string, text: string, example: string}[]} placeholders to choose from */
    get placeholders() {
        return Object.entries(this.props.record.data.samples || {}).map(([name, example]) => ({
            name,
            text: `{${name}}`,
            example,
        }));
    }

    /**
     * Puts a placeholder where the caret stands.
     *
     * @param {string} text the placeholder with its braces
     */
    insert(text) {
        const textarea = this.textareaRef.el;
        textarea.setRangeText(text, textarea.selectionStart, textarea.selectionEnd, "end");
        textarea.dispatchEvent(new InputEvent("input", { bubbles: true }));
        textarea.focus();
    }
}

export const messageField = { ...textField, component: MessageField };

registry.category("fields").add("contact_center_message", messageField);
