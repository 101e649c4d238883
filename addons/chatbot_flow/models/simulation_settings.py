# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The situation for trying out a flow: clock, hours, queue, citizen.

The simulator's settings are stored unchanged (``settings``), and converted to the engine's input
(``situation``, see :mod:`chatbot_flow.engine.rehearsal`).
"""

from datetime import datetime

from ..engine.inputs import json_value

# The simulator's citizen, if the contact is known.
KNOWN = {
    "nome": "Maria da Silva",
    "primeiro_nome": "Maria",
    "email": "maria@exemplo.com.br",
    "telefone": "(31) 98888-7777",
    "cidade": "João Monlevade",
    "bairro": "Carneirinhos",
    "documento": "529.982.247-25",
}
# Those that a returning citizen gave before, by contact field.
GIVEN = {
    "name": "nome",
    "email": "email",
    "phone": "telefone",
    "document": "documento",
    "district": "bairro",
    "city": "cidade",
}
# How an action ends in the simulator.
RESULTS = ("ok", "empty", "error")
DEFAULTS = {
    "opening": "",
    "clock": "2026-03-02T09:00",
    "open": True,
    "waiting": 0,
    "minutes": 0,
    "language": "",
    "known": True,
    "returning": False,
    "name": "",
    "tickets": 0,
    "actions": {},
}
MAX_TEXT = 200
# So many are there in the simulator while the queue is open.
AGENTS = 3


def clean(settings):
    """Return settings with only known keys of the right types; the rest are defaults."""
    settings = settings if isinstance(settings, dict) else {}
    cleaned = dict(DEFAULTS)
    for name, default in DEFAULTS.items():
        value = settings.get(name, default)
        if type(value) is type(default):
            cleaned[name] = value[:MAX_TEXT] if isinstance(value, str) else value
    cleaned["clock"] = f"{_clock(cleaned['clock']):%Y-%m-%dT%H:%M}"
    cleaned["actions"] = {
        str(name): {
            "result": given.get("result") if given.get("result") in RESULTS else "ok",
            "values": json_value(given.get("values") or {}),
        }
        for name, given in cleaned["actions"].items()
        if isinstance(given, dict)
    }
    return cleaned


def moment(settings, flow_name, greeting, area=""):
    """Return the context values in these settings: {name: value}.

    :param greeting: function of a local time
    :param area: the city's area code
    """
    now = _clock(settings["clock"])
    return {
        "protocolo": f"{now.year}000123",
        "saudacao": greeting(now),
        "hoje": f"{now:%d/%m/%Y}",
        "fila": "Atendimento",
        "fluxo": flow_name,
        "ddd": area,
        "aberto": settings["open"],
        "fila_espera": settings["waiting"],
        "espera_minutos": settings["minutes"],
        "maior_espera_minutos": settings["minutes"],
        "atendentes": AGENTS if settings["open"] else 0,
        "idioma": settings["language"],
        "etiquetas": [],
        "primeiro_contato": not settings["known"],
        "chamados_abertos": settings["tickets"],
        **_person(settings),
    }


def given(settings):
    """Return the citizen's data from an earlier conversation: {contact field: text}."""
    if not settings.get("returning"):
        return {}
    person = _person({**settings, "known": True})
    return {field: person[name] for field, name in GIVEN.items()}


def _person(settings):
    """Return the default citizen's values with the configured name."""
    if not settings["known"]:
        return dict.fromkeys(KNOWN, "")
    name = settings.get("name") or KNOWN["nome"]
    return {**KNOWN, "nome": name, "primeiro_nome": name.split(" ")[0]}


def results(settings, samples):
    """Return each action's result in these settings.

    :param samples: {name of the action: {name of a value: a sample}}
    """
    given = settings["actions"]
    return {
        name: {
            "ok": given.get(name, {}).get("result", "ok") != "error",
            "empty": given.get(name, {}).get("result") == "empty",
            "values": {**values, **given.get(name, {}).get("values", {})},
        }
        for name, values in samples.items()
    }


def _clock(text):
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return datetime.fromisoformat(DEFAULTS["clock"])
