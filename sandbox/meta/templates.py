"""A handful of approved (and two unusable) message templates, in Portuguese."""

import re

from .errors import GraphError

_PLACEHOLDER = re.compile(r"{{\s*(\w+)\s*}}")


def _template(number, name, category, body, *, status="APPROVED", named=False, **parts):
    components = [_body(body, parts.get("examples", ()), named)]
    if header := parts.get("header"):
        components.insert(0, {"type": "HEADER", **header})
    if footer := parts.get("footer"):
        components.append({"type": "FOOTER", "text": footer})
    buttons = [{"type": "QUICK_REPLY", "text": text} for text in parts.get("replies", ())]
    if link := parts.get("link"):
        buttons.append({"type": "URL", **link})
    if buttons:
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
        "rejected_reason": "PROMOTIONAL" if status == "REJECTED" else "NONE",
    }


def _body(text, examples, named):
    body = {"type": "BODY", "text": text}
    names = dict.fromkeys(_PLACEHOLDER.findall(text))
    if examples and named:
        pairs = zip(names, examples, strict=True)
        params = [{"param_name": name, "example": example} for name, example in pairs]
        body["example"] = {"body_text_named_params": params}
    elif examples:
        body["example"] = {"body_text": [list(examples)]}
    return body


TEMPLATES = [
    _template(
        1,
        "retomada_de_atendimento",
        "UTILITY",
        "Olá, {{1}}! Seu atendimento de protocolo {{2}} teve novidades. Podemos continuar?",
        footer="Central 156",
        replies=("Sim, continuar", "Agora não"),
        examples=("Maria", "2026000123"),
    ),
    _template(
        2,
        "chamado_atualizado",
        "UTILITY",
        "Olá, {{nome}}! O chamado nº {{chamado}} mudou de situação: {{situacao}}.",
        named=True,
        examples=("Maria", "4711", "em atendimento"),
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
    _template(
        8,
        "agendamento_confirmado",
        "UTILITY",
        "Olá, {{1}}! Seu atendimento presencial está marcado para {{2}}.",
        header={
            "format": "TEXT",
            "text": "Protocolo {{1}}",
            "example": {"header_text": ["2026000123"]},
        },
        link={
            "text": "Ver no mapa",
            "url": "https://www.openstreetmap.org/search?query={{1}}",
            "example": ["Rua Geraldo Miranda"],
        },
        examples=("Maria", "10/12 às 14h"),
    ),
    _template(7, "aviso_recusado", "MARKETING", "Ganhe agora: {{1}}!", status="REJECTED"),
]


def render(value, known):
    """Fill in a template: (text, header text, footer, button texts, link or None).

    `known` are the templates that there are; a link is `{"text", "url"}`. Raises GraphError 132001
    (no such template in that language), 132015 (paused), 132016 (not usable), 132000 (number of
    parameters) or 132012 (their kind).
    """
    name, language = value["name"], value["language"]["code"]
    found = [t for t in known if t["name"] == name and t["language"] == language]
    if not found:
        raise GraphError(132001, f"template name ({name}) does not exist in {language}")
    template = found[0]
    if template["status"] != "APPROVED":
        code = 132015 if template["status"] == "PAUSED" else 132016
        raise GraphError(code, f"template {name} is {template['status']}")
    given = {
        str(part.get("type", "")).lower(): part.get("parameters", [])
        for part in value.get("components", [])
        if str(part.get("type", "")).lower() != "button"
    }
    parts = {part["type"]: part for part in template["components"]}
    form = template["parameter_format"]
    header = _header(parts.get("HEADER", {}), given.get("header", []), form)
    text = _fill("body", parts["BODY"]["text"], given.get("body", []), form)
    buttons = parts.get("BUTTONS", {}).get("buttons", ())
    replies = [button["text"] for button in buttons if button["type"] == "QUICK_REPLY"]
    return text, header, parts.get("FOOTER", {}).get("text", ""), replies, _link(buttons, value)


def _header(header, given, parameter_format):
    """Return the header's text, filled in; "" for a file, which must be given."""
    wanted = header.get("format", "TEXT").lower()
    if wanted == "text":
        return _fill("header", header.get("text", ""), given, parameter_format)
    if [part.get("type") for part in given] != [wanted]:
        raise GraphError(132012, f"header: Format mismatch, expected {wanted.upper()}")
    return ""


def _link(buttons, value):
    """Return the first button with an address, its end filled in; None without one."""
    for index, button in enumerate(buttons):
        if button["type"] == "URL":
            given = [
                parameter
                for part in value.get("components", [])
                if str(part.get("type", "")).lower() == "button"
                and str(part.get("index")) == str(index)
                for parameter in part.get("parameters", [])
            ]
            url = _fill(f"button {index}", button["url"], given, "POSITIONAL")
            return {"text": button["text"], "url": url}
    return None


def _fill(where, text, given, parameter_format):
    names = list(dict.fromkeys(_PLACEHOLDER.findall(text)))
    if len(given) != len(names):
        details = f"{where}: number of localizable_params ({len(given)}), expected ({len(names)})"
        raise GraphError(132000, details)
    if any(part.get("type") != "text" or not part.get("text") for part in given):
        raise GraphError(132012, f"{where}: parameters must be non-empty texts")
    if parameter_format == "NAMED":
        values = {part.get("parameter_name"): part["text"] for part in given}
        if set(values) != set(names):
            raise GraphError(132012, f"{where}: parameter names {sorted(names)} are expected")
    else:
        values = dict(zip(names, (part["text"] for part in given), strict=True))
    return _PLACEHOLDER.sub(lambda match: values[match[1]], text)
