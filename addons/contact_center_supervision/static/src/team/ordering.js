import { secondsSince } from "@contact_center/desk/times";

/**
 * What the lists of the team can be ordered by: a key of the row, the smallest first; a negative
 * sign puts the largest first.
 */
const QUEUE_KEYS = {
    urgency: (queue, now) => -secondsSince(queue.oldest, now) / (queue.goal_seconds || 1),
    waiting: (queue) => -queue.waiting,
    level: (queue) => (queue.level_half_hour === false ? 101 : queue.level_half_hour),
    name: () => 0,
};
const BREAKS = { overdue: 0, due: 1, "": 2 };
const AGENT_KEYS = {
    name: () => 0,
    since: (agent, now) => -secondsSince(agent.since, now),
    contacts: (agent) => -agent.conversations.length,
    break: (agent) => BREAKS[agent.break.state] * 1e6 - agent.break.minutes,
    novice: (agent) => (agent.novice ? 0 : 1),
};

function ordered(rows, key, now) {
    const keyed = rows.map((row) => [key(row, now), row]);
    keyed.sort(([a, x], [b, y]) => a - b || x.name.localeCompare(y.name));
    return keyed.map(([, row]) => row);
}

/** @returns {string} without accents and capitals, as people search */
export function plain(text) {
    return (text || "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * @param {Object[]} queues rows of `get_team`
 * @param {Object} choice `{search, queueOrder, onlyWaiting}`
 * @param {luxon.DateTime} now
 */
export function shownQueues(queues, choice, now) {
    const words = plain(choice.search);
    const found = queues.filter(
        (queue) =>
            (!words || plain(queue.name).includes(words)) && (!choice.onlyWaiting || queue.waiting)
    );
    return ordered(found, QUEUE_KEYS[choice.queueOrder], now);
}

/**
 * @param {Object[]} agents rows of `get_team`
 * @param {Object} choice `{search, agentOrder, kind, queueId, onlyNovices}`; `kind` is a state,
 *  "logged_in" or "" for all
 * @param {luxon.DateTime} now
 */
export function shownAgents(agents, choice, now) {
    const words = plain(choice.search);
    const isWanted = (agent) => {
        const texts = [agent.name, ...agent.queues];
        for (const contact of agent.conversations) {
            texts.push(contact.partner, contact.protocol);
        }
        const there = agent.kind && agent.kind !== "logged_out";
        return (
            (!words || texts.some((text) => plain(text).includes(words))) &&
            (!choice.queueId || agent.queue_ids.includes(choice.queueId)) &&
            (!choice.onlyNovices || agent.novice) &&
            (!choice.kind ||
                (choice.kind === "logged_in"
                    ? there
                    : (agent.kind || "logged_out") === choice.kind))
        );
    };
    return ordered(agents.filter(isWanted), AGENT_KEYS[choice.agentOrder], now);
}
