import { deserializeDateTime, toLocaleDateTimeString } from "@web/core/l10n/dates";

/**
 * @param {string|false} value UTC time of the server
 * @returns {string} the user's local date and time, to the minute
 */
export function formatTime(value) {
    const time = value && deserializeDateTime(value.replace("T", " "));
    return time ? toLocaleDateTimeString(time, { showSeconds: false }) : "";
}
