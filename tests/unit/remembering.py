"""A flow that remembers, for its tests."""

import json

from chatbot_flow.engine import (
    Answer,
    Start,
    State,
    advance,
    compile,  # noqa: A004 - named like re.compile
)

KNOWN = {
    "name": "Rosa Maria da Silva",
    "email": "rosa.silva@exemplo.com.br",
    "phone": "+55 31 98888-7777",
    "document": "529.982.247-25",
}
SECRETS = ("rosa.silva", "529.982.247-25", "52998224725")


def definition(**changes):
    return {"steps": [
        {"key": "ola", "kind": "message", "text": "Olá!"},
        {"key": "nome", "kind": "question", "answer": "name", "known": "confirm", "label": "Nome",
         "text": "Qual é o seu nome?"},
        {"key": "email", "kind": "question", "answer": "email", "known": "skip", "label": "E-mail",
         "text": "Qual é o seu e-mail?"},
        {"key": "cpf", "kind": "question", "answer": "cpf", "known": "confirm", "label": "CPF",
         "text": "E o CPF?"},
        {"key": "tipo", "kind": "menu", "text": "Sobre o quê?", "label": "Assunto", "options": [
            {"id": "luz", "title": "Iluminação", "keywords": ["luz"]},
            {"id": "rua", "title": "Buracos"}]},
        {"key": "caso", "kind": "question", "text": "Conte o que houve.", "label": "Descrição",
         "first_words": True, "minimum": 5},
        {"key": "foto", "kind": "question", "answer": "media", "text": "Tem uma foto?",
         "first_words": True, "required": False, "maximum": 3},
        {"key": "confere", "kind": "confirm", "text": "Confira:"},
        {"key": "abre", "kind": "action", "action": "abre", "params": {
            "email": "{email}", "nome": "{nome}", "cpf": "{cpf}"}},
        {"key": "fim", "kind": "end", "text": "Até logo, {nome}."},
    ], "silence": {"remind_after": 60, "end_after": 60}, **changes}  # fmt: skip


FLOW = compile(definition())


def play(*events, flow=FLOW, start=None, context=None):
    """Return State, all that was said, and all effects of a conversation."""
    state, effects = advance(flow, None, start or Start(known=KNOWN), context)
    everything = list(effects)
    for event in events:
        if isinstance(event, str):
            event = Answer(event)
        state, effects = advance(flow, state, event, context)
        state = State.from_json(json.loads(json.dumps(state.to_json())))
        everything += effects
    texts = [effect.text for effect in everything if hasattr(effect, "text")]
    return state, texts, everything


def titles(effects):
    return [choice.title for choice in effects[-1].options]
