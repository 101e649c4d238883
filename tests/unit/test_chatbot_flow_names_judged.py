"""Which texts are names: thousands that are, hundreds that are not, some asked."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot_flow.engine import (
    Answer,
    Start,
    advance,
    compile,  # noqa: A004 - named like re.compile
    names,
)

FLOW = compile({"steps": [
    {"key": "nome", "kind": "question", "answer": "name", "text": "Qual é o seu nome?"},
    {"key": "fim", "kind": "end", "text": "{nome}"},
]})  # fmt: skip

# Names of people in Brazil, as they write them themselves.
GIVEN = """
Maria José Ana João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Luís Gabriel Rafael
Daniel Marcelo Bruno Eduardo Felipe Raimundo Rodrigo Manoel Mateus André Fernando Fábio Leonardo
Gustavo Guilherme Leandro Tiago Anderson Ricardo Márcio Jorge Sebastião Alexandre Roberto Edson
Diego Vitor Sérgio Cláudio Matheus Thiago Geraldo Adriano Luciano Júlio Renato Alex Vinícius
Rogério Samuel Ronaldo Mário Flávio Igor Douglas Davi Manuel Jeferson Cícero Victor Miguel
Robson Maurício Danilo Henrique Caio Reginaldo Joaquim Benedito Gilberto Marco Alan Nelson
Cristiano Elias Wilson Valdir Emerson Luan David Renan Severino Fabrício Mauro Jonas Gilmar Jean
Fabiano Wesley Diogo Adilson Jair Alessandro Everton Osvaldo Gilson Willian Joel Silvio Hélio
Maicon Reinaldo Pablo Artur Vagner Valter Celso Ivan Cleiton Vanderlei Vicente Arthur Milton
Domingos Wagner Sandro Moisés Edilson Ademir Adão Evandro Cesar Valmir Murilo Juliano Edvaldo
Ailton Junior Breno Nicolas Ruan Alberto Rubens Nilton Augusto Cleber Osmar Nilson Hugo Otávio
Vinicios Italo Wilton Alisson Aparecido Juliana Adriana Márcia Fernanda Patrícia Aline Sandra
Camila Amanda Bruna Jéssica Letícia Júlia Luciana Vanessa Mariana Gabriela Vera Vitória Larissa
Cláudia Beatriz Rita Luana Sônia Renata Eliane Josefa Simone Natália Cristiane Carla Débora
Rosângela Jaqueline Rosa Daniela Aparecida Marlene Terezinha Raimunda Andreia Fabiana Lúcia
Raquel Ângela Rafaela Joana Luzia Elaine Daniele Regina Daiane Alessandra Marina Isabela
Elizabeth Cícera Tânia Helena Célia Rosana Viviane Tatiane Bianca Alice Michele Flávia Priscila
Silvia Ester Rute Irene Neusa Cecília Solange Sabrina Lorena Edna Gisele Karina Fátima Sueli
Vilma Eunice Ivone Marta Tatiana Paula Teresa Valéria Lídia Francisca Antônia Conceição Socorro
Graça Penha Lourdes Rosemeire Rosineide Edilene Valdirene Cleonice Zilda Zélia Dalva Nilza Odete
Iracema Jurema Jandira Yasmin Sophia Valentina Heloísa Manuela Laura Isabella Giovanna Lívia
Emanuelly Lara Maitê Ayla
""".split()
FAMILY = """
Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Costa Ribeiro Martins
Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa Rocha Dias Nascimento Andrade Moreira
Nunes Marques Machado Mendes Freitas Cardoso Ramos Gonçalves Santana Teixeira Araújo Castro
Pinto Moraes Cavalcanti Monteiro Leite Coelho Leal Moura Guerra Paz Luz Neves Cruz Reis Campos
Rosa Flores Matos Pessoa Câmara Guimarães Magalhães Queiroz Xavier Vasconcelos Zanetti Schneider
Tanaka D'Ávila
""".split()
COMPOUND = """
Maria da Silva|José de Souza Neto|Ana Paula dos Santos|João de Deus|Maria das Graças Oliveira
Maria do Socorro Lima|Maria da Conceição|Maria de Lourdes|Maria das Dores|Maria dos Anjos
Luiz Inácio da Silva|José Carlos Pereira Filho|Antônio Carlos Jobim|Maria Aparecida de Jesus
Rosa Maria da Silva|Pedro Henrique e Silva|João Pedro de Alcântara|Maria da Luz|Maria da Penha
Carlos Drummond de Andrade|Fernando Pessoa|Cecília Meireles|Nome de Deus Alves|Oiticica Lima
José de Arimatéia Nogueira Filho|Francisco das Chagas|Maria Vitória da Paz
Ana Clara do Céu Rocha|Maria A. Souza|J. Carlos Lima|Jean-Claude Silva|Ana-Maria Souza
Santos Dumont|João Paulo II|Xiao Ming|Kwame Mensah|Ngozi Okafor|Nguyen Van Thanh|Mohammed Ali
Hiroshi Tanaka|Juan Pablo Rivera|Giuseppe Rossi|John Smith|Fatou Diallo|Svetlana Ivanova
Mirlande Jean|Yuki Sato|Hans Müller
""".replace("\n", "|").strip("|").split("|")  # fmt: skip
ALONE = "Maria José Ana Rosa Zé Wesley Klebson Josielle Rosinha Toninho Souza Nguyen Ahmed".split()
ASKED = [
    "Klebinho", "Luz", "luz", "Jô", "Bê", "Dandaluna", "Sol", "socorrinho bela", "xpto", "asdfg",
    "Maria Escola", "fulanex silvex", "Da Silva", "李雷", "Rosa?",
]  # fmt: skip
# Nobody's name: what people answer instead of one.
NOT_NAMES = """
oi|olá|bom dia|boa tarde|tudo bem?|e aí|oi tudo bem|bom dia a todos|alô|opa|Tudo Bem|Boa Noite
sim|não|nao|ok|blz|talvez|isso|claro|certo|não sei|sei lá|tanto faz|obrigado|valeu|tchau
até logo|não quero dizer|não quero informar|prefiro não dizer|não vou falar|pra que?|para que
pra que isso?|por que quer saber?|qual o seu?|quem é você?|quem fala|você é um robô?
qual seu nome|como assim?|por quê|onde fica a prefeitura?|quanto custa?|quando abre
posso falar com alguém?|tem alguém aí?|o que é isso|que horas são|vocês atendem hoje?
isso é sério?|não é da sua conta|não importa|me ajuda|preciso de ajuda
quero falar com atendente|atendente|humano|falar com uma pessoa|quero reclamar
quero fazer uma denúncia|preciso de informação|gostaria de saber do iptu|informação
minha rua está sem luz|a minha rua está sem luz|tem um buraco na rua|buraco|buraco na calçada
poste|poste apagado|lâmpada queimada|falta água|sem água|vazamento|esgoto|lixo|coleta de lixo
mato alto|iptu|segunda via iptu|2 via|boleto|alvará|multa|impressora|a impressora não liga
computador|internet|sem internet|internet caiu|wifi|toner|senha|esqueci a senha|email
sistema fora do ar|telefone mudo|ônibus|horário de ônibus|vaga na creche|creche|posto de saúde
consulta|vacina|dengue|cachorro solto|rua das flores|Rua das Flores, 120|avenida brasil
Av. Brasil 500|rua 15 de novembro|bairro centro|praça da matriz|travessa dois|quadra 5 lote 3
apto 201|casa azul|perto da igreja|no centro|bairro|maria@exemplo.com|joao.silva@gmail.com
www.site.com.br|http://x.com|123|31 98888-7777|529.982.247-25|12/05/1980|10h|3|007|R$ 50
2ª via|50%|👍|😀|🌹🌹|❤️|...|?|!!|-|*|👍👍👍|ok 👍|#iptu|/start|1|merda|vai se foder|filho da puta
fdp
vtnc|vai tomar no cu|idiota|seu idiota|bando de ladrão|palhaçada|vocês são inúteis
incompetentes|corruptos|porra|caralho|que merda é essa|otário|vagabundos|lixo|kkk|kkkkkk
hahaha|rsrs|aaaaa|zzz|bcdfg|qwrtp|hmmm|hum|ah|eita|nossa|poxa|teste|testando|teste 123|mãe|pai
minha mãe|sou a mãe do João|meu marido|esposa|vizinho|morador|cidadão|anônimo|usuário
sou morador do bairro|sou aposentado|estou esperando|ainda estou aqui|já falei
já disse meu nome|você já sabe meu nome|está no meu perfil|olha no cadastro|é o mesmo de antes
o mesmo|igual ao zap|Oficina do Zé|Padaria Central|Loja da Ana|Escola Municipal|Prefeitura
Secretaria de Saúde|empresa|fulano de tal|ninguém|alguém|sem nome|nome|meu nome|nome completo
sobrenome|null|admin|test|hello|estou com um problema urgente|tá demorando|que demora
vou esperar|pode ser|espera aí|um momento|reclamação|solicitação|iluminação|reclamando
resolvendo|urgentemente|denunciando|ligação
""".replace("\n", "|").strip("|").split("|")  # fmt: skip


def whole_names():
    """Yield thousands of names: two given, two family names, particles or not."""
    pairs = itertools.product(GIVEN, FAMILY[::3])
    yield from (f"{given} {family}" for given, family in pairs)
    for number, given_name in enumerate(GIVEN):
        second, family = GIVEN[(number * 7 + 3) % len(GIVEN)], FAMILY[number % len(FAMILY)]
        yield f"{given_name} {second} {family}"
        yield f"{given_name} da {family}"
        yield f"{given_name} {family} dos {FAMILY[(number + 5) % len(FAMILY)]}"


def typed(text):
    """Return a name as typed on telephones: without accents."""
    return names.tidying.fold(text)


def test_thousands_of_names_are_names():
    refused, tried = [], 0
    for name in whole_names():
        for text in (name, name.lower(), name.upper(), typed(name)):
            tried += 1
            found = names.judge(text)
            if found is None or not found.sure:
                refused.append(text)
    assert tried > 15_000
    assert refused == []


@pytest.mark.parametrize("name", COMPOUND)
def test_compound_and_foreign_names(name):
    assert names.judge(name) == names.Judged(name)


@pytest.mark.parametrize("name", ALONE)
def test_a_single_name_is_one(name):
    assert names.judge(name) == names.Judged(name)
    assert names.judge(name.lower()) == names.Judged(name)


@pytest.mark.parametrize("text", NOT_NAMES)
def test_what_is_no_name_never_becomes_one(text):
    assert names.judge(text) is None
    state, _effects = advance(FLOW, None, Start())
    state, _effects = advance(FLOW, state, Answer(text))
    assert (state.values, state.status) == ({}, "input") or state.status == "handed_over"


@pytest.mark.parametrize("text", ASKED)
def test_what_may_be_a_name_is_asked_back(text):
    found = names.judge(text)
    assert found is not None
    assert not found.sure
    state, _effects = advance(FLOW, None, Start())
    state, effects = advance(FLOW, state, Answer(text))
    assert f"Posso chamar você de *{found.value}*?" in effects[-1].text
    assert [choice.title for choice in effects[-1].options] == ["Sim", "Não, corrigir"]
    for yes in (Answer("sim"), Answer(option_id="nome:yes"), Answer(text)):
        assert advance(FLOW, state, yes)[0].values == {"nome": found.value}


def asked_back(*answers):
    state, _effects = advance(FLOW, None, Start())
    for text in answers:
        state, effects = advance(FLOW, state, Answer(text))
    return state, effects


def test_the_second_answer_is_taken_sensibly():
    assert asked_back("Klebinho", "não, é Kleber")[0].values == {"nome": "Kleber"}
    assert asked_back("Klebinho", "Klebão")[0].values == {"nome": "Klebão"}
    assert asked_back("Klebinho", "não", "Klebão")[0].values == {"nome": "Klebão"}
    state, effects = asked_back("Klebinho", "minha rua está sem luz")
    assert state.values == {}
    assert "Posso chamar você de *Klebinho*?" in effects[-1].text


TIDIED = {
    "rosa maria da silva": "Rosa Maria da Silva",
    "ROSA MARIA DA SILVA": "Rosa Maria da Silva",
    "Rosa Maria Da Silva": "Rosa Maria da Silva",
    "d'ávila": "D'Ávila",
    "joão D'ÁVILA": "João D'Ávila",
    "ana-maria souza": "Ana-Maria Souza",
    "joão paulo ii": "João Paulo II",
    "Ronald McDonald Silva": "Ronald McDonald Silva",
    "dona maria": "Maria",
    "seu Zé": "Zé",
    "Sr. Carlos Lima": "Carlos Lima",
    "dra. Ana Souza": "Ana Souza",
    "sou a rosa": "Rosa",
    "é a ana": "Ana",
    "meu nome e josé": "José",
    "aqui é o Marcos da informática": "Marcos",
    "aqui é o Marcos da Secretaria de Obras": "Marcos",
    "aqui é o marcos da silva": "Marcos da Silva",
    "Rosa Maria, bom dia": "Rosa Maria",
    "Rosa Maria, preciso de ajuda": "Rosa Maria",
    "sim, Rosa Maria": "Rosa Maria",
    "não, aqui é o João": "João",
    "~🌹Rosinha🌹": "Rosinha",
    "*Carlos Souza*": "Carlos Souza",
    "oi\ntudo bem?\nme chamo Rosa\npreciso de ajuda": "Rosa",
    "oi\nRosa\nMaria da Silva": "Rosa Maria da Silva",
    "Rosa Maria\nminha rua está sem luz": "Rosa Maria",
}


@pytest.mark.parametrize("text", TIDIED)
def test_names_are_written_as_names_are(text):
    assert names.judge(text) == names.Judged(TIDIED[text])


AROUND = [
    "{}",
    "oi, {}",
    "Bom dia! {}",
    "meu nome é {}",
    "me chamo {}",
    "sou {}",
    "aqui é o {}",
    "{}, bom dia",
    "{}, obrigada!",
    "dona {}",
    "Nome: {}",
    "  {}  ",
    "{}.",
    "*{}*",
]


@given(
    st.lists(st.sampled_from(GIVEN), min_size=1, max_size=2),
    st.sampled_from(["", "da ", "de ", "dos ", "e "]),
    st.sampled_from(FAMILY),
    st.sampled_from([str, str.lower, str.upper, typed]),
    st.sampled_from(AROUND),
)
def test_names_in_every_dress(given_names, particle, family, write, around):
    name = f"{' '.join(given_names)} {particle}{family}"
    found = names.judge(around.format(write(name)))
    assert found is not None
    assert found.sure
    assert typed(found.value) == typed(name)


@given(st.text(max_size=200))
def test_a_name_is_short_and_of_letters(text):
    found = names.judge(text)
    if found is not None:
        assert any(map(str.isalpha, found.value))
        assert not any(map(str.isdigit, found.value))
        assert len(found.value) <= names.MAX_LENGTH


@given(st.sampled_from(GIVEN), st.sampled_from(FAMILY))
def test_a_name_that_was_read_is_read_again(given_name, family):
    once = names.judge(f"{given_name} {family}".lower())
    assert names.judge(once.value) == once


def test_a_question_for_the_name_of_something_else_is_none_for_a_person():
    flow = compile({"steps": [
        {"key": "escola", "kind": "question", "text": "Qual é o nome completo da escola?"},
        {"key": "fim", "kind": "end"},
    ]})  # fmt: skip
    assert not names.asked(flow.steps["escola"])
