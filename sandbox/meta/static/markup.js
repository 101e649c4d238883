/**
 * WhatsApp's text markup as DOM nodes. Everything is made with text nodes, so that nothing a
 * message contains can become HTML.
 */

const MARKS = [
    [/```([\s\S]+?)```/, "code"],
    [/`([^`\n]+)`/, "code"],
    [/(?<![\p{L}\p{N}*])\*(\S(?:[^*\n]*\S)?)\*(?![\p{L}\p{N}*])/u, "strong"],
    [/(?<![\p{L}\p{N}_])_(\S(?:[^_\n]*\S)?)_(?![\p{L}\p{N}_])/u, "em"],
    [/(?<![\p{L}\p{N}~])~(\S(?:[^~\n]*\S)?)~(?![\p{L}\p{N}~])/u, "s"],
];
const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/;

/** A new element with attributes, properties starting with "on", and children (nodes or texts). */
export function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (key.startsWith("on")) {
            made.addEventListener(key.slice(2), value);
        } else if (value !== false && value !== null && value !== undefined) {
            made.setAttribute(key, value);
        }
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
}

/** Nodes for a message's text: *bold*, _italic_, ~struck~, `code` and links. */
export function formatted(text) {
    let first = null;
    for (const [pattern, tag] of [...MARKS, [LINK, "a"]]) {
        const match = pattern.exec(text);
        if (match && (!first || match.index < first.match.index)) {
            first = { match, tag };
        }
    }
    if (!first) {
        return text ? [document.createTextNode(text)] : [];
    }
    const { match, tag } = first;
    const inner =
        tag === "a"
            ? element("a", { href: match[0], target: "_blank", rel: "noreferrer" }, match[0])
            : element(tag, {}, ...(tag === "code" ? [match[1]] : formatted(match[1])));
    return [
        ...formatted(text.slice(0, match.index)),
        inner,
        ...formatted(text.slice(match.index + match[0].length)),
    ];
}
