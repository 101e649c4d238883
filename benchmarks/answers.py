"""Which answer belongs to which message, by the database; when Meta accepted it.

The far side's times come from the sandbox's list of accepted messages, the near side's from the
load generator: both on this machine's clock.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

INBOUND = """
SELECT wamid, conversation_id, mail_message_id FROM whatsapp_message
WHERE direction = 'in' AND id > %s AND mail_message_id IS NOT NULL
"""
OUTBOUND = """
SELECT opaque, conversation_id, mail_message_id FROM whatsapp_message
WHERE direction = 'out' AND id > %s AND merged_into_id IS NULL AND mail_message_id IS NOT NULL
"""


@dataclass(frozen=True)
class Row:
    """A message of one conversation: its id at Meta (or ours), its place in Discuss."""

    key: str
    conversation: int
    position: int


def first_answers(inbound: Iterable[Row], outbound: Iterable[Row]) -> dict[str, str]:
    """Return {key of a citizen's message: key of the first message that answered it}.

    A message of the city answers the citizen's last message before it: in one conversation
    everything is stored in order. Messages without an answer are not in the result.
    """
    conversations = defaultdict(list)
    for row in inbound:
        conversations[row.conversation].append((row.position, 0, row.key))
    for row in outbound:
        conversations[row.conversation].append((row.position, 1, row.key))
    found: dict[str, str] = {}
    for entries in conversations.values():
        asked = ""
        for _position, is_answer, key in sorted(entries):
            if not is_answer:
                asked = key
            elif asked:
                found.setdefault(asked, key)
    return found


def accepted_since(meta, number: int) -> tuple[dict[str, list[float]], int]:
    """Return what the Cloud API accepted after entry ``number`` of its list.

    :param meta: ``sandbox.client.MetaControl``
    :return: {our id: times of acceptance (Unix seconds)}, and the number of the last entry
    """
    times = defaultdict(list)
    while entries := meta.accepted(number):
        for entry in entries:
            times[entry["opaque"] or entry["wamid"]].append(entry["at"])
        number = entries[-1]["number"]
    return dict(times), number


def latencies(
    due: dict[str, float], answers: dict[str, str], accepted: dict[str, list[float]]
) -> dict[str, float]:
    """Return {wamid: seconds from when it was due to when its answer was accepted}.

    :param due: {wamid of a citizen's message: when it was due, Unix seconds}
    :param answers: from :func:`first_answers`
    :param accepted: from :func:`accepted_since`
    """
    return {
        wamid: min(accepted[answers[wamid]]) - at
        for wamid, at in due.items()
        if answers.get(wamid) in accepted
    }
