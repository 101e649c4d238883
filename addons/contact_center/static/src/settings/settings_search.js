import { normalize } from "@web/core/l10n/utils";

/** Words of a query as they are compared: no accents, no capitals. */
export function wordsOf(query) {
    return normalize(query).split(/\s+/).filter(Boolean);
}

/**
 * How well an entry answers the words: 0 not at all, 3 by the beginning of its name, 2 inside its
 * name, 1 by what stands around it. Every word has to stand somewhere.
 */
export function rank(entry, title, words) {
    const name = normalize(entry.name);
    const all = normalize([entry.name, entry.summary, entry.keywords, title].join(" "));
    if (!words.every((word) => all.includes(word))) {
        return 0;
    }
    if (name.startsWith(words.join(" "))) {
        return 3;
    }
    return words.every((word) => name.includes(word)) ? 2 : 1;
}

/** The groups with the entries that answer the query, the best first; all when it is empty. */
export function search(groups, query) {
    const words = wordsOf(query);
    if (!words.length) {
        return groups;
    }
    const found = groups.map((group) => {
        const ranked = group.entries
            .map((entry) => ({ entry, rank: rank(entry, group.title, words) }))
            .filter((one) => one.rank)
            .sort((one, other) => other.rank - one.rank);
        return {
            ...group,
            entries: ranked.map((one) => one.entry),
            rank: ranked[0]?.rank || 0,
        };
    });
    return found
        .filter((group) => group.entries.length)
        .sort((one, other) => other.rank - one.rank);
}
