import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp_helpdesk.cloud_api import template, template_defaults

COMPONENTS = [
    {"type": "HEADER", "format": "TEXT", "text": "Chamado {{1}}"},
    {
        "type": "BODY",
        "text": "Olá, {{1}}! Situação: {{2}}. {{1}}",
        "example": {"body_text": [["Maria", "Resolvido"]]},
    },
    {"type": "FOOTER", "text": "Central 156"},
    {
        "type": "BUTTONS",
        "buttons": [
            {"type": "QUICK_REPLY", "text": "Continuar"},
            {"type": "URL", "text": "Ver", "url": "https://x.test/{{1}}", "example": ["4711"]},
        ],
    },
]
VALUES = {"header.1": "12", "body.1": "Maria", "body.2": "Novo", "button1.1": "12"}
NAMED = [
    {
        "type": "BODY",
        "text": "Olá, {{nome}}! Chamado {{chamado}}.",
        "example": {
            "body_text_named_params": [
                {"param_name": "nome", "example": "Maria"},
                {"param_name": "chamado", "example": "77"},
            ]
        },
    }
]
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(
    template.parameter_text
)


def test_variables_with_their_examples():
    found = {one.key: one.example for one in template.variables(COMPONENTS)}
    assert found == {"header.1": "", "body.1": "Maria", "body.2": "Resolvido", "button1.1": "4711"}
    found = {one.key: one.example for one in template.variables(NAMED)}
    assert found == {"body.nome": "Maria", "body.chamado": "77"}


def test_filled_in_for_the_eye():
    shown = template.render(COMPONENTS, {**VALUES, "body.2": ""})
    assert shown.header == "Chamado 12"
    assert shown.body == "Olá, Maria! Situação: {{2}}. Maria"
    assert shown.text == "*Chamado 12*\n\nOlá, Maria! Situação: {{2}}. Maria\n\n_Central 156_"
    assert [(one.kind, one.text, one.url) for one in shown.buttons] == [
        ("QUICK_REPLY", "Continuar", ""),
        ("URL", "Ver", "https://x.test/12"),
    ]


def test_sent_by_position():
    sent = template.content("aviso", "pt-BR", COMPONENTS, VALUES)
    assert sent == {
        "type": "template",
        "template": {
            "name": "aviso",
            "language": {"code": "pt_BR"},
            "components": [
                {"type": "header", "parameters": [{"type": "text", "text": "12"}]},
                {
                    "type": "body",
                    "parameters": [
                        {"type": "text", "text": "Maria"},
                        {"type": "text", "text": "Novo"},
                    ],
                },
                {
                    "type": "button",
                    "sub_type": "url",
                    "index": "1",
                    "parameters": [{"type": "text", "text": "12"}],
                },
            ],
        },
    }


def test_sent_by_name():
    values = {"body.nome": "Maria", "body.chamado": "77"}
    sent = template.content("aviso", "pt_BR", NAMED, values, named=True)
    (body,) = sent["template"]["components"]
    assert body["parameters"] == [
        {"type": "text", "text": "Maria", "parameter_name": "nome"},
        {"type": "text", "text": "77", "parameter_name": "chamado"},
    ]


def test_missing_values_are_named():
    with pytest.raises(template.MissingVariables) as raised:
        template.content("aviso", "pt_BR", NAMED, {"body.nome": " \n "}, named=True)
    assert [one.name for one in raised.value.variables] == ["nome", "chamado"]


def test_header_with_a_file():
    components = [{"type": "HEADER", "format": "DOCUMENT"}, {"type": "BODY", "text": "Guia"}]
    assert template.media_format(components) == "DOCUMENT"
    sent = template.content("guia", "pt_BR", components, {}, filename="guia.pdf")
    (header,) = template.with_media_id(sent, "900")["template"]["components"]
    file = {"id": "900", "filename": "guia.pdf"}
    assert header["parameters"] == [{"type": "document", "document": file}]


def test_what_cannot_be_sent_is_named():
    assert template.unsupported(COMPONENTS) == ""
    assert template.unsupported([{"type": "CAROUSEL"}]) == "CAROUSEL"
    assert template.unsupported([{"type": "HEADER", "format": "LOCATION"}]) == "LOCATION"
    otp = [{"type": "BUTTONS", "buttons": [{"type": "OTP", "text": "Copiar"}]}]
    assert template.unsupported(otp) == "OTP"


@given(WORDS, WORDS)
def test_what_is_shown_is_what_is_sent(name, ticket):
    values = {"body.nome": name, "body.chamado": ticket}
    sent = template.content("aviso", "pt_BR", NAMED, values, named=True)
    first, second = sent["template"]["components"][0]["parameters"]
    shown = template.render(NAMED, values).body
    assert shown == f"Olá, {first['text']}! Chamado {second['text']}."
    assert "\n" not in first["text"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "format", "buttons", "example", "url", "body_text"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_meta_stores_is_shown_without_an_error(components):
    template.variables(components)
    template.render(components, {})
    template.unsupported(components)
    template.media_format(components)


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("1", "Olá, {{1}}! Tudo bem?", "nome"),
        ("1", "Prezada {{1}},", "nome"),
        ("2", "Olá, {{1}}! Seu atendimento de protocolo {{2}} teve novidades.", "protocolo"),
        ("1", "O chamado nº {{1}} foi resolvido.", "chamado"),
        ("2", "Chamado {{1}}, {{2}}", ""),
        ("1", "A campanha vai até {{1}}.", ""),
        ("nome_do_cidadao", "{{nome_do_cidadao}}", "nome"),
        ("nome_do_atendente", "{{nome_do_atendente}}", "atendente"),
        ("situacao", "{{situacao}}", ""),
        ("9", "sem ela", ""),
    ],
)
def test_what_probably_belongs_there(name, text, wanted):
    variable = template.Variable("body", name)
    assert template_defaults.guess(variable, text) == wanted


@given(st.text(max_size=30), st.text(max_size=60))
def test_guessing_never_fails(name, text):
    template_defaults.guess(template.Variable("body", name), text)
