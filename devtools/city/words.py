"""What invented citizens write to the 156, and what its agents answer.

Pure. Names, streets and cases are invented.
"""

import random

FIRST = (
    *("Ana", "Antônio", "Beatriz", "Carlos", "Cláudia", "Daniel", "Eduardo", "Fernanda"),
    *("Francisco", "Helena", "Ivone", "José", "Juliana", "Lúcia", "Luiz", "Marcelo"),
    *("Maria", "Marta", "Paulo", "Raimundo", "Regina", "Rosa", "Sebastião", "Vera"),
)
LAST = (
    *("Almeida", "Batista", "Cardoso", "Costa", "Dias", "Esteves", "Ferreira", "Gonçalves"),
    *("Lima", "Machado", "Martins", "Moreira", "Nunes", "Pereira", "Ramos", "Ribeiro"),
    *("Rocha", "Santana", "Santos", "Silva", "Soares", "Souza", "Tavares", "Vasconcelos"),
)
STREETS = (
    *("Rua das Acácias", "Rua do Ipê", "Avenida Central", "Rua Sete de Abril"),
    *("Rua da Matriz", "Travessa do Sol", "Avenida dos Bandeirantes", "Rua Padre Bento"),
)

ASKED = {
    "streets": (
        "Tem um buraco enorme na {street}, {number}. Já furou o pneu de dois carros.",
        "O poste em frente ao número {number} da {street} está apagado desde ontem à noite.",
        "Estão jogando entulho na esquina da {street}, perto do número {number}.",
        "O bar da {street} está com som alto até de madrugada.",
    ),
    "health": (
        "Queria saber se o posto perto da {street} vacina contra a gripe amanhã.",
        "Tem água parada num lote vago da {street}, {number}. Estou com medo de dengue.",
        "Como marco consulta com o clínico no centro de saúde?",
    ),
    "taxes": (
        "Preciso da segunda via do IPTU do imóvel da {street}, {number}.",
        "Paguei o IPTU em duplicidade. Como peço a devolução?",
        "Não consigo emitir a nota fiscal no portal, dá erro na última tela.",
    ),
    "work": (
        "Como faço para dar entrada no seguro-desemprego?",
        "Quais documentos levo ao Sine para me cadastrar?",
        "Quando sai o resultado do concurso da educação?",
    ),
    "permits": (
        "O alvará da obra da {street}, {number}, ainda está em análise?",
        "Que documentos preciso para regularizar uma construção antiga?",
    ),
    "citizenship": (
        "Quero registrar uma reclamação sobre o atendimento que tive ontem.",
        "Comprei um produto com defeito e a loja não troca. O Procon me ajuda?",
        "Gostaria de elogiar a equipe que podou as árvores da {street}.",
    ),
    "traffic": (
        "O semáforo da {street} está piscando amarelo desde cedo.",
        "O ônibus da linha que passa na {street} não cumpre o horário.",
        "Tem um caminhão parado na {street} fechando a rua.",
    ),
    "fines": (
        "Recebi uma multa de um carro que já vendi. O que faço?",
        "Como renovo o meio passe do meu filho?",
    ),
    "culture": (
        "Qual é a programação do teatro neste fim de semana?",
        "O museu abre no feriado?",
    ),
    "information": (
        "Qual é o horário de funcionamento do parque no domingo?",
        "Onde fica a regional mais perto da {street}?",
        "O caminhão da coleta seletiva passa que dia na {street}?",
    ),
}
"""What citizens ask of each queue."""

WELCOMES = (
    "Olá! Aqui é {agent}, do 156. Como posso ajudar?",
    "Bom dia! {agent}, do 156. Já li o que você escreveu e estou verificando.",
    "Olá, tudo bem? Sou {agent}, do 156. Um momento, por favor, vou consultar.",
)
ANSWERS = (
    "Registrei o seu pedido. A equipe responsável vai até o local nos próximos dias.",
    "Consultei aqui: está tudo certo, e o prazo é de cinco dias úteis.",
    "Isso é feito no portal da Prefeitura, em Serviços. Se tiver dificuldade, me avise.",
    "A informação que tenho é essa. Posso ajudar em mais alguma coisa?",
    "Encaminhei para a área responsável. Você recebe a resposta por aqui.",
)
REPLIES = ("Entendi, muito obrigada!", "Certo, obrigado.", "Perfeito, era isso.", "Está bem.")


def citizen_name(number: int) -> str:
    """Return the name of a citizen; the same number has the same name."""
    rnd = random.Random(f"name {number}")
    return f"{rnd.choice(FIRST)} {rnd.choice(LAST)} {rnd.choice(LAST)}"


def telephone(number: int) -> str:
    """Return a citizen's telephone as people dial it, with the country's code.

    >>> telephone(7)
    '5531971560007'
    """
    return f"553197156{number:04}"


def wa_id(number: int) -> str:
    """Return the telephone as WhatsApp writes it there: without the ninth digit.

    >>> wa_id(7)
    '553171560007'
    """
    return f"55317156{number:04}"


def asked(queue: str, rnd: random.Random) -> str:
    """Return what a citizen asks."""
    values = {"street": rnd.choice(STREETS), "number": rnd.randrange(10, 900)}
    return rnd.choice(ASKED[queue]).format(**values)


def welcome(agent: str, rnd: random.Random) -> str:
    """Return an agent's first words."""
    return rnd.choice(WELCOMES).format(agent=agent.partition(" ")[0])


def talk(queue: str, agent: str, rnd: random.Random) -> list[tuple[str, str]]:
    """Return what was said in a contact that people served: [(who, text)].

    :return: who is `citizen` or `agent`
    """
    return [
        ("citizen", asked(queue, rnd)),
        ("agent", welcome(agent, rnd)),
        ("agent", rnd.choice(ANSWERS)),
        ("citizen", rnd.choice(REPLIES)),
    ]
