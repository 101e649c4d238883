"""The situation in which a flow is tried out: the clock, the hours, the queue, who writes.

What people set in the simulator is kept as it is (``settings``), and turned into what the engine
is given (``situation``, see :mod:`chatbot_flow.engine.rehearsal`).
"""

from datetime import datetime

from ..engine.inputs import json_value
from .contact_center_conversation import greeting

# The citizen of the simulator, where the contact is known.
KNOWN = {
    "nome": "Maria da Silva",
    "primeiro_nome": "Maria",
    "email": "maria@exemplo.com.br",
    "telefone": "(31) 98888-7777",
    "cidade": "João Monlevade",
    "bairro": "Carneirinhos",
    "documento": "529.982.247-25",
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
    "tickets": 0,
    "actions": {},
}
MAX_TEXT = 200


def clean(settings):
    """Settings with only what is known, of the right types; the rest is as by default."""
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


def moment(settings, flow_name, area=""):
    """The values of the moment in these settings: {name: value}.

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
        "idioma": settings["language"],
        "etiquetas": [],
        "primeiro_contato": not settings["known"],
        "chamados_abertos": settings["tickets"],
        **(KNOWN if settings["known"] else dict.fromkeys(KNOWN, "")),
    }


def results(settings, samples):
    """What each action gives in these settings.

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
