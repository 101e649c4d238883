# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Progress of the first steps: each one's state from its checks, and the next one."""

DONE = "done"
TODO = "todo"
PROBLEM = "problem"
SKIPPED = "skipped"

# Levels of a single check. A hint informs and blocks nothing.
OK, HINT = "ok", "hint"
LEVELS = (OK, HINT, TODO, PROBLEM)


def state_of(levels, skipped=False):
    """Return the state of a step from the levels of its checks.

    Facts take precedence over statements: a skipped step that is nevertheless done counts as done.
    A step with an error is a problem only once it was begun: a skipped step stays skipped.

    :param levels: levels of its checks, any iterable of `LEVELS`
    :param skipped: whether somebody declared it unnecessary

    >>> state_of(["ok", "hint"])
    'done'
    >>> state_of(["ok", "todo", "problem"])
    'problem'
    >>> state_of(["todo"], skipped=True)
    'skipped'
    """
    found = set(levels)
    unknown = found - set(LEVELS)
    if unknown:
        raise ValueError(f"no level of a check: {sorted(unknown)}")
    if not found & {TODO, PROBLEM}:
        return DONE
    if skipped:
        return SKIPPED
    return PROBLEM if PROBLEM in found else TODO


def progress(states):
    """Return the data for a progress bar and the next step.

    :param states: {key: state} in the order of the steps
    :return: {done, total, percent, next}; skipped steps count as done, `next` is the key of the
        first one that is not, "" if none is left

    >>> progress({"company": "done", "people": "todo", "channel": "skipped"})["next"]
    'people'
    """
    open_ones = [key for key, state in states.items() if state not in (DONE, SKIPPED)]
    total = len(states)
    done = total - len(open_ones)
    return {
        "done": done,
        "total": total,
        "percent": 100 * done // total if total else 100,
        "next": open_ones[0] if open_ones else "",
    }
