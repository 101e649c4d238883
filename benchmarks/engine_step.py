"""The cost of one step of the engine: an answer in, next state and effects out.

Run: ``PYTHONPATH=addons:. python -m benchmarks.engine_step`` (needs no Odoo and no database).
"""

import json
import sys
import time
from pathlib import Path

ADDONS = str(Path(__file__).resolve().parent.parent / "addons")
GOAL_MICROSECONDS = 50.0

#: Steps of the flow that is measured
STEPS = 500
# A service as cities have it: greeting, name, e-mail with echo, two menus, description, photo,
# confirmation, action. Every kind of step is in the average.
DEFINITION = {
    "steps": [
        {"key": "oi", "kind": "message", "text": "{saudacao}! O seu protocolo é {protocolo}."},
        {"key": "nome", "kind": "question", "label": "Nome", "text": "Qual é o seu nome?"},
        {"key": "email", "kind": "question", "answer": "email", "echo": "confirm",
         "label": "E-mail", "text": "{nome}, qual é o seu e-mail?"},
        {"key": "tipo", "kind": "menu", "label": "Tipo", "text": "Do que se trata?",
         "options": [{"title": f"Assunto {number}", "set": {"categoria": number}}
                     for number in range(1, 11)]},
        {"key": "local", "kind": "menu", "label": "Local", "text": "Onde?",
         "options": [{"title": f"Prédio {letter}"} for letter in "ABCDEFGHIJ"]},
        {"key": "descricao", "kind": "question", "label": "Descrição", "text": "Conte.",
         "minimum": 5},
        {"key": "foto", "kind": "question", "answer": "media", "required": False,
         "text": "Se quiser, envie uma foto."},
        {"key": "conferir", "kind": "confirm", "text": "Confira os dados:"},
        {"key": "abrir", "kind": "action", "action": "open", "results": ["numero"],
         "params": {"title": "{tipo}", "text": "{descricao}"}},
        {"key": "fim", "kind": "end", "text": "Chamado nº {numero}. Até logo!"},
    ]
}  # fmt: skip
# The flow has further branches, which the measured conversation does not take.
DEFINITION["steps"][3]["options"][9]["goto"] = "ramo_1"
DEFINITION["steps"] += [
    {"key": f"ramo_{number}", "kind": "menu", "text": "E agora?", "options": [
        {"title": f"Assunto do ramo {number}", "goto": "descricao"},
        {"title": f"Mais assuntos depois de {number}",
         "goto": f"ramo_{number + 1}" if number < STEPS - 10 else "descricao"},
    ]}
    for number in range(1, STEPS - 9)
]  # fmt: skip
CONTEXT = {"saudacao": "Bom dia", "protocolo": "2026000123"}


def measure(seconds: float = 1.0) -> dict:
    """Play the service for about ``seconds``.

    :return: ``microseconds`` per step, ``microseconds_stored`` with the state read from and
        written to JSON text around each step, ``goal`` and ``ok``
    """
    if ADDONS not in sys.path:
        sys.path.insert(0, ADDONS)
    from chatbot_flow import engine

    flow = engine.compile(DEFINITION)
    events = [engine.Start()]
    events += [engine.Answer(text) for text in ("Maria", "maria@exemplo.com.br", "sim", "3")]
    events += [engine.Answer("Prédio C"), engine.Answer("A impressora não liga desde ontem.")]
    events += [engine.Answer(kind="media", media_ref="message:1", media_kind="image")]
    events += [engine.Answer("1"), engine.ActionResult("open", True, {"numero": 42})]

    def play() -> None:
        state = None
        for event in events:
            state, _effects = engine.advance(flow, state, event, CONTEXT)
        assert state.status == "ended", state

    def play_stored() -> None:
        text = ""
        for event in events:
            state = engine.State.from_json(json.loads(text)) if text else None
            state, _effects = engine.advance(flow, state, event, CONTEXT)
            text = json.dumps(state.to_json())

    plain = _microseconds(play, seconds / 2) / len(events)
    stored = _microseconds(play_stored, seconds / 2) / len(events)
    return {
        "microseconds": round(plain, 1),
        "microseconds_stored": round(stored, 1),
        "goal": GOAL_MICROSECONDS,
        "ok": plain < GOAL_MICROSECONDS,
    }


def _microseconds(work, seconds: float) -> float:
    """Return the mean cost of ``work()`` after a warm-up, in our own processor time."""
    for _warm_up in range(20):
        work()
    count, start = 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        work()
        count += 1
    return spent / count * 1e6


if __name__ == "__main__":
    print(json.dumps(measure()))
