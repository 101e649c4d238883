/** Colour of each state of an agent, of Bootstrap. */
export const COLORS = {
    available: "success",
    in_service: "primary",
    after_work: "info",
    offered: "success",
    outbound: "info",
    break: "warning",
    with_supervisor: "warning",
    training: "warning",
    recovery: "warning",
    not_answering: "danger",
    away: "secondary",
    logged_out: "light",
};

/** In the order in which states are counted and drawn. */
export const KINDS = Object.keys(COLORS);
