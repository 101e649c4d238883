"""The simulated Cloud API answers anything with Meta's error and never breaks."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.meta.errors import GraphError
from sandbox.meta.settings import Settings
from sandbox.meta.simulation import Simulation

SIMULATION = Simulation(Settings())
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
ANYTHING = st.recursive(
    SCALARS | st.just("wamid.x"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
PARAMETERS = [{"type": "text", "text": "Maria"}, {"type": "text", "text": "1"}]
VALUES = {
    "text": {"body": "olá", "preview_url": True},
    "image": {"link": "https://example.org/a.jpg", "caption": "a"},
    "audio": {"link": "https://example.org/a.ogg", "voice": True},
    "location": {"latitude": 1, "longitude": 2, "name": "a", "address": "b"},
    "contacts": [{"name": {"formatted_name": "a", "first_name": "b"}, "phones": [{"phone": "1"}]}],
    "reaction": {"message_id": "wamid.x", "emoji": "👍"},
    "interactive": {
        "type": "list",
        "header": {"type": "text", "text": "a"},
        "body": {"text": "b"},
        "footer": {"text": "c"},
        "action": {
            "button": "Ver",
            "sections": [{"title": "s", "rows": [{"id": "1", "title": "t", "description": "d"}]}],
        },
    },
    "template": {
        "name": "retomada_de_atendimento",
        "language": {"code": "pt_BR"},
        "components": [
            {"type": "body", "parameters": PARAMETERS},
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "0",
                "parameters": [{"type": "payload", "payload": "p"}],
            },
        ],
    },
}


def _message(kind):
    value = {"messaging_product": "whatsapp", "to": "+5531988887777", "type": kind}
    return {**value, "context": {"message_id": "wamid.a"}, kind: VALUES[kind]}


@st.composite
def spoilt_messages(draw):
    """Return a good message of which one part is replaced by anything."""
    message = copy.deepcopy(_message(draw(st.sampled_from(sorted(VALUES)))))
    path = draw(st.sampled_from([path for path in _paths(message) if path]))
    inside = message
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = draw(ANYTHING)
    return message


def _paths(message):
    found = []
    pending = [((), message)]
    while pending:
        path, value = pending.pop()
        found.append(path)
        if isinstance(value, dict):
            pending += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            pending += [((*path, number), inner) for number, inner in enumerate(value)]
    return found


def _try(ask, payload):
    refusal = None
    try:
        ask(payload)
    except GraphError as error:
        refusal = error
    assert refusal is None or refusal.http in (400, 404)


@settings(max_examples=400)
@given(spoilt_messages())
def test_spoilt_messages_are_accepted_or_refused(message):
    _try(SIMULATION.accept, message)


@given(ANYTHING)
def test_anything_is_accepted_or_refused(payload):
    _try(SIMULATION.accept, payload)
    _try(SIMULATION.accept, {"messaging_product": "whatsapp", "to": "5531988887777", "x": payload})
    _try(SIMULATION.mark_read, {"message_id": payload})
