import { _t } from "@web/core/l10n/translation";

const { DateTime } = luxon;

/** Under so much the end of the window is near, in seconds. */
export const WINDOW_NEAR = 3600;

/**
 * @param {string} value UTC time of the server, `YYYY-MM-DD HH:MM:SS`
 * @returns {luxon.DateTime}
 */
function parse(value) {
    return DateTime.fromSQL(value.replace("T", " "), { zone: "utc" });
}

/**
 * @param {string|false} since UTC time of the server
 * @param {luxon.DateTime} now
 * @returns {number} seconds gone by, never below 0
 */
export function secondsSince(since, now) {
    return since ? Math.max(0, now.diff(parse(since), "seconds").seconds) : 0;
}

/**
 * @param {number} seconds
 * @returns {string} as people read it: `< 1 min`, `12 min`, `1 h 05`, `3 d`
 */
export function duration(seconds) {
    const minutes = Math.floor(seconds / 60);
    if (minutes < 1) {
        return _t("< 1 min");
    }
    if (minutes < 60) {
        return _t("%s min", minutes);
    }
    const hours = Math.floor(minutes / 60);
    if (hours < 48) {
        return `${hours} h ${String(minutes % 60).padStart(2, "0")}`;
    }
    return _t("%s d", Math.floor(hours / 24));
}

/**
 * How much of the time for free text is left.
 *
 * @param {string|false} until `window_until` of a conversation
 * @param {luxon.DateTime} now
 * @param {boolean} [neverWrote] the citizen never wrote: nothing has closed, it never opened
 * @returns {{state: "open"|"near"|"closed", text: string}|undefined} undefined where the channel
 *  knows no window; the text counts seconds when the end is near
 */
export function windowLeft(until, now, neverWrote) {
    if (!until) {
        return undefined;
    }
    const seconds = Math.floor(parse(until).diff(now, "seconds").seconds);
    if (seconds <= 0) {
        return {
            state: "closed",
            text: neverWrote ? _t("Has not written yet") : _t("Window closed"),
        };
    }
    if (seconds < WINDOW_NEAR) {
        const rest = String(seconds % 60).padStart(2, "0");
        return { state: "near", text: `${Math.floor(seconds / 60)}:${rest}` };
    }
    return { state: "open", text: duration(seconds) };
}

/**
 * How a waiting time stands to the queue's goal.
 *
 * @param {number} seconds waited
 * @param {number} goal seconds
 * @returns {"near"|"late"|""} near from three quarters of the goal on
 */
export function goalState(seconds, goal) {
    if (!goal || seconds < goal * 0.75) {
        return "";
    }
    return seconds < goal ? "near" : "late";
}
