"""A handful of approved (and two unusable) message templates, in Portuguese."""

import re

from .errors import GraphError

_PLACEHOLDER = re.compile(r"{{\s*(\w+)\s*}}")


def _template(number, name, category, body, *, status="APPROVED", named=False, **parts):
    components = [{"type": "BODY", "text": body}]
    if header := parts.get("header"):
        components.insert(0, {"type": "HEADER", **header})
    if footer := parts.get("footer"):
        components.append({"type": "FOOTER", "text": footer})
    if replies := parts.get("replies"):
        buttons = [{"type": "QUICK_REPLY", "text": text} for text in replies]
        components.append({"type": "BUTTONS", "buttons": buttons})
    return {
        "id": str(400000000000000 + number),
        "name": name,
        "language": "pt_BR",
        "status": status,
        "category": category,
        "parameter_format": "NAMED" if named else "POSITIONAL",
        "components": components,
        "quality_score": {"score": "GREEN" if status == "APPROVED" else "UNKNOWN"},
    }


TEMPLATES = [
    _template(
        1,
        "retomada_de_atendimento",
        "UTILITY",
        "Olá, {{1}}! Seu atendimento de protocolo {{2}} teve novidades. Podemos continuar?",
        footer="Central 156",
        replies=("Sim, continuar", "Agora não"),
    ),
    _template(
        2,
        "chamado_atualizado",
        "UTILITY",
        "Olá, {{nome}}! O chamado nº {{chamado}} mudou de situação: {{situacao}}.",
        named=True,
    ),
    _template(
        3,
        "chamado_resolvido",
        "UTILITY",
        "O chamado nº {{1}} foi resolvido. Se o problema continuar, responda a esta mensagem.",
        header={"format": "TEXT", "text": "Chamado resolvido"},
    ),
    _template(
        4,
        "pesquisa_de_satisfacao",
        "UTILITY",
        "Como você avalia o atendimento que recebeu?",
        replies=("Muito bom", "Bom", "Ruim"),
    ),
    _template(
        5,
        "campanha_de_vacinacao",
        "MARKETING",
        "Olá, {{1}}! A campanha de vacinação vai até {{2}}. Procure um centro de saúde.",
        header={"format": "IMAGE"},
        footer="Para não receber mais, responda SAIR",
    ),
    _template(6, "aviso_pausado", "MARKETING", "Aviso da Prefeitura: {{1}}", status="PAUSED"),
    _template(7, "aviso_recusado", "MARKETING", "Ganhe agora: {{1}}!", status="REJECTED"),
]


def render(value):
    """Fill a template message in: (text, header text, footer, button texts).

    Raises GraphError 132001 (no such template in that language), 132015 (paused), 132016 (not
    usable), 132000 (number of parameters) or 132012 (their kind).
    """
    name, language = value["name"], value["language"]["code"]
    found = [t for t in TEMPLATES if t["name"] == name and t["language"] == language]
    if not found:
        raise GraphError(132001, f"template name ({name}) does not exist in {language}")
    template = found[0]
    if template["status"] != "APPROVED":
        code = 132015 if template["status"] == "PAUSED" else 132016
        raise GraphError(code, f"template {name} is {template['status']}")
    given = {
        str(part.get("type", "")).lower(): part.get("parameters", [])
        for part in value.get("components", [])
    }
    parts = {part["type"]: part for part in template["components"]}
    header = parts.get("HEADER", {})
    _check_header(header, given.get("header", []))
    text = _fill(parts["BODY"]["text"], given.get("body", []), template["parameter_format"])
    replies = [button["text"] for button in parts.get("BUTTONS", {}).get("buttons", ())]
    return text, header.get("text", ""), parts.get("FOOTER", {}).get("text", ""), replies


def _check_header(header, given):
    wanted = header.get("format", "TEXT").lower()
    if wanted == "text":
        if given:
            raise GraphError(132000, f"header: localizable_params ({len(given)}), expected (0)")
    elif [part.get("type") for part in given] != [wanted]:
        raise GraphError(132012, f"header: Format mismatch, expected {wanted.upper()}")


def _fill(text, given, parameter_format):
    names = list(dict.fromkeys(_PLACEHOLDER.findall(text)))
    if len(given) != len(names):
        details = f"body: number of localizable_params ({len(given)}), expected ({len(names)})"
        raise GraphError(132000, details)
    if any(part.get("type") != "text" or not part.get("text") for part in given):
        raise GraphError(132012, "body: parameters must be non-empty texts")
    if parameter_format == "NAMED":
        values = {part.get("parameter_name"): part["text"] for part in given}
        if set(values) != set(names):
            raise GraphError(132012, f"body: parameter names {sorted(names)} are expected")
    else:
        values = dict(zip(names, (part["text"] for part in given), strict=True))
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)
