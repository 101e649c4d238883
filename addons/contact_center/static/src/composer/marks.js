/**
 * Marks around a selection, as WhatsApp and its like write *bold*, _italic_, ~struck~ and
 * ```monospace```. No screen here: text and positions in, text and positions out.
 */

export const MARKS = {
    bold: "*",
    italic: "_",
    strike: "~",
    mono: "```",
};

/**
 * Puts a mark around the selection, or takes it away where it is already there. Blanks at the
 * selection's ends stay outside: a mark beside a blank is not understood.
 *
 * @param {string} text
 * @param {number} start of the selection, as is `end`
 * @param {number} end
 * @param {string} mark one of the values of `MARKS`
 * @returns {{text: string, start: number, end: number}} what stands there afterwards
 */
export function toggleMark(text, start, end, mark) {
    while (start < end && /\s/.test(text[start])) {
        start++;
    }
    while (end > start && /\s/.test(text[end - 1])) {
        end--;
    }
    const size = mark.length;
    const before = text.slice(0, start);
    const chosen = text.slice(start, end);
    const after = text.slice(end);
    if (before.endsWith(mark) && after.startsWith(mark)) {
        return {
            text: before.slice(0, -size) + chosen + after.slice(size),
            start: start - size,
            end: end - size,
        };
    }
    if (chosen.length > 2 * size && chosen.startsWith(mark) && chosen.endsWith(mark)) {
        return { text: before + chosen.slice(size, -size) + after, start, end: end - 2 * size };
    }
    return {
        text: before + mark + chosen + mark + after,
        start: start + size,
        end: end + size,
    };
}

/** @param {string} text @returns {boolean} whether it may hold marks, so that a preview helps */
export function mayHoldMarks(text) {
    return /([*_~`])[^\s].*\1|^> \S|^\s*([-*]|\d+[.)])\s\S/m.test(text);
}

/** @param {KeyboardEvent} ev @returns {string|undefined} the mark that the keys stand for */
export function markOfKeys(ev) {
    if (!(ev.ctrlKey || ev.metaKey) || ev.altKey) {
        return undefined;
    }
    const key = ev.key.toLowerCase();
    if (ev.shiftKey) {
        return key === "x" ? MARKS.strike : undefined;
    }
    return { b: MARKS.bold, i: MARKS.italic, e: MARKS.mono }[key];
}
