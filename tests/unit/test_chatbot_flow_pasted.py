"""Values as typed, dictated and pasted on telephones, of every question's kind."""

import datetime

import pytest

from chatbot_flow.engine import (
    Answer,
    Start,
    advance,
    compile,  # noqa: A004 - named like re.compile
    emails,
    identity,
)
from contact_center.core import opt_out, phones

TODAY = datetime.date(2026, 11, 25)  # a Wednesday
#: What is meant (None: nothing that can be taken), and how it is written
PHONES = {
    "+5531988887777": [
        "31 98888-7777",
        "(31)98888.7777",
        "(031) 9 8888 7777",
        "+55 31 98888\u20117777",
        "\u202a+55 31 98888-7777\u202c",
        "\uff15\uff15\uff13\uff11\uff19\uff18\uff18\uff18\uff18\uff17\uff17\uff17\uff17",
        "031988887777",
        "0xx31 98888-7777",
        "55 31 988887777",
        "3198888-7777 zap",
        "meu número é 31 98888 7777",
        "meu zap 31988887777 obrigado",
        "31 9 88 88 77 77",
        "31-98888-7777",
        "31.98888.7777",
        "(31) 98888-7777 (falar com Maria)",
        "98888-7777",
        "988887777",
        "8888-7777",
        "tel:+5531988887777",
        "https://wa.me/5531988887777",
        "wa.me/5531988887777",
        "whatsapp: 31988887777",
        "5531 8888-7777",
        "3 1 9 8 8 8 8 7 7 7 7",
        "31 98888 7777.",
        "31 98888\u20137777",
        "31  98888  7777",
        "DDD 31 98888-7777",
        "ddd 31, 98888-7777",
        "31, 98888-7777",
        "Contato: Maria\nTel: (31) 98888-7777",
        "+55 (31) 98888-7777 👍",
        "📱 31988887777",
        "31 9.8888-7777",
        "31 98888-7777 (whatsapp)",
        "5,531988887777E+12",
        "'31988887777",
        '"31988887777"',
        "31988887777.0",
        "31 98888-7777 às 14h",
        "pode ligar 31 98888-7777 depois das 18",
        "nº 31988887777",
        "n° 98888-7777",
    ],
    "+553133334444": ["0XX 31 3333-4444", "3333-4444", "3333 4444", "31 3333-4444 ramal 12"],
    None: [
        "esse mesmo",
        "o mesmo",
        "não tenho",
        "190",
        "192",
        "156",
        "35300-000",
        "CEP 35300-030",
        "30130-010",
        "Rua A, 123",
        "390.533.447-05",
        "39053344705",
        "CPF 39053344705",
        "16.727.230/0001-97",
        "20261129001",
        "2026-0001234",
        "protocolo 20261129000123",
        "15/03/1980",
        "15031980",
        "29/11/2026 14:30",
        "R$ 1.234,56",
        "12345678",
        "00000000",
        "99999-9999",
        "11111111111",
        "31 99999-9999",
        "123",
        "31 8888 777",
        "trinta e um nove oito oito oito",
        "31 98888-77777",
        "319888877777",
        "0800 283 2289",
        "4004-1234",
        "5,53199E+12",
        "matrícula 12345678",
        "nis 12345678901",
        "cartão sus 898001160366890",
        "título 123456789012",
        "número da casa 3333 bairro 4444",
        "processo 1234/2026",
    ],
    "+14155552671": ["+1 415 555 2671"],
    "+351912345678": ["+351 912 345 678"],
    "+5531988887777, +5531977776666": [
        "31 98888-7777 ou 31 97777-6666",
        "31 98888-7777/97777-6666",
        "98888-7777 e 97777-6666",
        "(31) 98888-7777\n(31) 97777-6666",
    ],
    "+5531988887777, +553133334444": ["(31) 98888-7777 / casa 3333-4444"],
    "+552122223333": ["21 2222-3333"],
}
CPFS = {
    "39053344705": [
        "390.533.447-05",
        "39053344705",
        "390 533 447 05",
        "390.533.447.05",
        "390-533-447-05",
        "390.533.447/05",
        "390,533,447-05",
        "CPF: 390.533.447-05",
        "cpf 39053344705",
        "CPF nº 390.533.447-05",
        "Meu cpf é 39053344705 obrigado",
        "39053344705.",
        "390.533.447-05;",
        "3 9 0 5 3 3 4 4 7 0 5",
        "390 533 447-05",
        "390.533.447 - 05",
        "390.533\n.447-05",
        "390.533.447\n05",
        "CPF\n39053344705",
        "Nome: Maria\nCPF: 390.533.447-05\nNasc: 15/03/1980",
        "*390.533.447-05*",
        "“390.533.447-05”",
        "(390.533.447-05)",
        "390\u2024533\u2024447\u201005",
        "390.533.447\u204305",
        "390.533.447-O5",
        "39O.533.447-05",
        "390.533.447-05 390.533.447-05",
        "cadastro 390533447-05",
        "cpf:39053344705email:x@y.com",
        "CPF390.533.447-05",
        "390.533.447-05\ue000",
        "390.533.447-05\u2069",
        "39053344705 é o da minha mãe",
        "Inscrição 390533447-05",
        "390. 533. 447-05",
        "390 .533 .447 -05",
        "CPF.: 390.533.447-05",
        "CPF/CNPJ 390.533.447-05",
    ],
    None: [
        "³⁹⁰533447-05",
        "390.533.447-05 e 529.982.247-25",
        "39053344706",
        "11111111111",
        "00000000000",
        "1234567890",
        "5531988887777",
        "31988887777",
        "pedido 39053344705001",
        "139053344705",
        "R$ 390.533.447,05",
        "trezentos e noventa",
        "não sei",
        "não tenho cpf",
        "03905334470 5",
        "390.533.447-05,00",
        "052.998.224-725",
        "9053344705",
    ],
    "12345678909": ["123.456.789-09"],
}
CNPJS = {
    "16727230000197": [
        "16.727.230/0001-97",
        "16727230000197",
        "CNPJ 16.727.230/0001-97",
        "16 727 230 0001 97",
        "16.727.230\\0001-97",
        "16.727.230|0001-97",
        "16.727.230\u22150001\u201397",
        "16.727.230/0001- 97",
        "16.727.230/OOO1-97",
        "CNPJ: 16.727.230/0001-97 - Padaria Pão Bom LTDA",
        "CNPJ16727230000197",
        "empresa 16727230/0001-97",
    ],
    "12ABC34501DE35": ["12.ABC.345/01DE-35", "12abc34501de35"],
    None: ["390.533.447-05", "16727230000198"],
}
EMAILS = {
    "maria@gmail.com": [
        "maria@gmail.com",
        "Maria@Gmail.Com",
        "maria@gmail.com.",
        "maria @gmail.com",
        "maria@ gmail.com",
        "maria@gmail .com",
        "maria@gmail. com",
        "maria arroba gmail ponto com",
        "maria arroba gmail.com",
        "<maria@gmail.com>",
        "Maria <maria@gmail.com>",
        "mailto:maria@gmail.com",
        "meu email é maria@gmail.com",
        "email:maria@gmail.com",
        "maria@gmail,com",
        "maria@gmail.con",
        "maria@gmail.com / maria@gmail.com",
        "maria\uff20gmail.com",
        "maria@gmail.com\u200b",
        "[maria@gmail.com](mailto:maria@gmail.com)",
        "“maria@gmail.com”",
        "maria@gmail.com obrigada",
        "maria@gmail.com\nObrigada",
        "*maria@gmail.com*",
        "maria(arroba)gmail.com",
        "tudo minúsculo maria@gmail.com",
        "maria@gmail.com tudo minúsculo",
        "maría@gmail.com",
        "www.maria@gmail.com",
        "https://maria@gmail.com",
        "maria@gmail.comm",
    ],
    None: [
        "maria@gmailcom",
        "maria@gmail",
        "@maria",
        "maria.gmail.com",
        "não tenho",
        "a@b.com e c@d.com",
        "maria@@gmail.com",
        "maria..s@gmail.com",
        "maria at gmail dot com",
    ],
    "maria@gmil.com": ["maria@gmil.com"],
    "maria@hotmail.com.br": ["maria@hotmail.com.br"],
    "maria_silva@gmail.com": ["maria underline silva arroba gmail ponto com"],
    "maria.silva@gmail.com": ["maria ponto silva arroba gmail ponto com"],
    "maria-silva@gmail.com": ["maria traço silva arroba gmail.com"],
    "joao@gmail.com": ["joão@gmail.com"],
    "maria@gmail.com.com": ["maria@gmail.com.com"],
    "maria@gmail.com.br": ["maria@gmail.com.br"],
}


def _pairs(table):
    return [(text, value) for value, texts in table.items() for text in texts]


def _phones(text):
    try:
        return ", ".join(phones.read(text, "31").numbers)
    except phones.NotAPhone:
        return None


@pytest.mark.parametrize(("text", "value"), _pairs(PHONES))
def test_telephone(text, value):
    assert _phones(text) == value


@pytest.mark.parametrize(("text", "value"), _pairs(CPFS))
def test_cpf(text, value):
    assert identity.parse_cpf(text) == value


@pytest.mark.parametrize(("text", "value"), _pairs(CNPJS))
def test_cnpj(text, value):
    assert identity.parse_cnpj(text) == value


@pytest.mark.parametrize(("text", "value"), _pairs(EMAILS))
def test_email(text, value):
    found = emails.read(text)
    assert (found and found.value) == value


FLOW = compile({"steps": [
    {"key": "q", "kind": "question", "answer": "phone", "text": "Telefone?"},
    {"key": "fim", "kind": "end", "text": "{q}"},
]})  # fmt: skip


def _ask(text, **context):
    state, _effects = advance(FLOW, None, Start(), context)
    state, effects = advance(FLOW, state, Answer(text), context)
    return state.values.get("q"), effects[0].text


class TestTelephoneInAFlow:
    def test_the_flow_asks_for_the_citys_area_code(self):
        assert FLOW.context_names == {"ddd", "telefone"}

    @pytest.mark.parametrize("text", ["98888-7777", "9 8888 7777", "8888-7777", "988887777"])
    def test_a_local_number_gets_it_and_is_told(self, text):
        told = "Telefone anotado: *(31) 98888-7777*"
        assert _ask(text, ddd="31") == ("+5531988887777", told)
        assert _ask(text)[0] is None

    def test_a_whole_number_is_not_told(self):
        assert _ask("33 98888-7777", ddd="31") == ("+5533988887777", "(33) 98888-7777")

    @pytest.mark.parametrize("text", ["esse mesmo", "É este", "o mesmo, obrigada", "este número"])
    def test_the_number_that_is_written_from(self, text):
        own = "+55 33 98888-1111"
        assert _ask(text, telefone=own)[0] == "+5533988881111"
        assert _ask(text, telefone="")[0] is None


@pytest.mark.parametrize(
    "text",
    [
        "Pare",
        "PARE!",
        "parem",
        "STOP",
        "Pare, por favor",
        "pare de mandar mensagem",
        "Por favor parem de me mandar msg",
        "para de me mandar mensagem",
        "Parem de enviar mensagens para mim",
        "não quero mais receber mensagens",
        "nao quero mais mensagem",
        "não quero receber mensagens automáticas",
        "Não me mande mais nada",
        "nao me manda mais msg",
        "parar mensagens",
        "pode parar de mandar mensagens",
        "não mandem mais mensagens",
        "sair da lista de transmissão",
        "me tirem da lista de contatos",
        "não me perturbe",
        "pare de me mandar mensagens no meu celular",
        "pare de me mandar essas mensagens",
        "quero que parem de me mandar mensagens",
        "não quero mais receber avisos",
        "descadastrar",
        "pare de mandar mensagens obrigado",
    ],
)
def test_a_message_that_only_opts_out(text):
    assert opt_out.parse(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "pare o carro",
        "quero que pare de vazar",
        "pare o barulho na rua",
        "parem de jogar lixo",
        "não pare",
        "parada de ônibus",
        "Pará",
        "para",
        "Para mim",
        "para o posto",
        "para a Rua A",
        "parar",
        "sair",
        "sair da lista",
        "me tira da lista de espera",
        "cancelar",
        "não quero",
        "não me mande boleto errado",
        "o ônibus não para no ponto",
        "stop na esquina",
        "não recebi mensagem",
        "não recebo mensagens",
        "quero receber mensagem do exame",
        "mensagens",
        "não quero mais",
        "nao mande guarda aqui",
        "pede que pare de mandar mensagem o vizinho",
        "",
        "descadastrar meu imóvel",
        "parem de mandar carro pipa",
    ],
)
def test_a_sentence_that_says_more_is_an_answer(text):
    assert opt_out.parse(text) is None
