/**
 * A guard before patches of what Odoo does not promise to keep: they are applied to the Odoo that
 * they were written for. Another one is left alone, and the console says in words what is missing.
 * Imports nothing, so that it can be tried by itself.
 */

/**
 * @param {Object} target a prototype
 * @param {string} name of a method
 * @param {number} count of its parameters
 * @returns {boolean} whether the target has such a method
 */
export function takes(target, name, count) {
    return typeof target?.[name] === "function" && target[name].length === count;
}

/**
 * Applies a patch if all that it relies on is as expected; else says so in the console.
 *
 * @param {Function} apply does the patching
 * @param {Object} piece
 * @param {string} piece.loss what the user has to live with when it is not applied
 * @param {string} piece.page page of the documentation that says what the patch relies on
 * @param {Object} piece.expects {what is relied on, in words: whether it is there}
 * @returns {boolean} whether it was applied
 */
export function patchIfAsExpected(apply, { loss, page, expects }) {
    const missing = Object.keys(expects).filter((words) => !expects[words]);
    if (missing.length) {
        // eslint-disable-next-line no-console
        console.warn(
            `Contact center: ${loss}, for this version of Odoo is another one than expected. ` +
                `Not as expected: ${missing.join("; ")}. See ${page}.`
        );
        return false;
    }
    apply();
    return true;
}
