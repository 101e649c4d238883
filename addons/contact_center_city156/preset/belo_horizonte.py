# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The 156 of Belo Horizonte, by the public tender for its contact centre (2017).

Facts of the tender: the subjects with their hours, the menu of the telephone, the goal (80 % of
the calls answered within 20 s), the mean handling time of the last months, who gets the next call
(who has been free for longest). A public fact: the city's nine regions. Ours: how subjects are put together in queues, the texts.

The menu leads to a person nowhere in two of its branches (buses and traffic; fines): a choice was
added there, or their queues would only get what is transferred to them.

Six subjects stand in the tender twice, with day hours and with 24 hours: one queue, always open.
"""

from .plan import City, Hours, Queue, Region, Skill, Subject, Text, Way

DAY, LATE, ALWAYS = "day", "late", ""

_USUAL = (
    ("Informação", "information"),
    ("Solicitação", "request"),
    ("Reclamação", "complaint"),
)
_OMBUDSMAN = (
    *_USUAL,
    ("Crítica", "criticism"),
    ("Sugestão", "suggestion"),
    ("Elogio", "praise"),
    ("Denúncia", "report"),
)


def _subjects(*names, natures=_USUAL):
    """Return subjects; each comes as (key, name)."""
    return tuple(Subject(key, name, natures) for key, name in names)


_QUEUES = (
    Queue(
        "health",
        "156 Saúde",
        DAY,
        _subjects(("health", "Saúde"), ("zoonoses", "Zoonoses")),
        ("pessoa_saude",),
    ),
    Queue(
        "streets",
        "156 Serviços urbanos",
        ALWAYS,
        _subjects(
            ("potholes", "Tapa Buraco"),
            ("lighting", "Iluminação Pública"),
            ("noise", "Poluição Sonora"),
            ("dumping", "Bota-Fora Clandestino - Flagrante"),
        ),
        ("pessoa_cidade",),
    ),
    Queue(
        "taxes",
        "156 Tributos",
        DAY,
        _subjects(
            ("iptu", "IPTU"),
            ("taxes", "Taxas e Impostos"),
            ("invoice", "Nota Fiscal"),
            ("debt", "Dívida Ativa"),
            ("des", "DES"),
        ),
        ("pessoa_tributos",),
    ),
    Queue(
        "work",
        "156 Trabalho e educação",
        DAY,
        _subjects(
            ("sine", "SINE"),
            ("unemployment", "Seguro Desemprego"),
            ("jobs", "Melhor Emprego"),
            ("contests", "Concursos"),
            ("education", "Educação"),
            ("budget", "Orçamento Participativo"),
        ),
        ("pessoa_trabalho",),
    ),
    Queue(
        "permits",
        "156 Licenças e obras",
        DAY,
        _subjects(("technical", "Plantão Técnico"), ("files", "Consulta de Processos")),
        ("pessoa_licencas",),
    ),
    Queue(
        "citizenship",
        "156 Ouvidoria e cidadania",
        DAY,
        _subjects(
            ("ombudsman", "Ouvidoria"),
            ("internal_affairs", "Corregedoria"),
            natures=_OMBUDSMAN,
        )
        + _subjects(
            ("procon", "Procon"),
            ("lgbt", "LGBT"),
            ("racial_equality", "Igualdade Racial"),
            ("elderly", "Idoso"),
            ("military", "Junta Militar"),
        ),
        ("pessoa_cidadania",),
    ),
    Queue(
        "traffic",
        "156 Transporte e trânsito",
        LATE,
        _subjects(("traffic", "Transporte e Trânsito")),
        ways=(
            Way(
                "onibus",
                "Certo! Vou passar você para um atendente, para falar sobre ônibus e trânsito.",
            ),
        ),
    ),
    Queue(
        "fines",
        "156 Multas e passes",
        DAY,
        _subjects(("fines", "Multas"), ("student_pass", "Meio Passe Estudantil")),
        ways=(
            Way(
                "multas",
                "Certo! Vou passar você para um atendente, para falar sobre multas e passes.",
            ),
        ),
    ),
    Queue(
        "culture",
        "156 Cultura e turismo",
        ALWAYS,
        _subjects(("culture", "Cultura"), ("tourism", "Turismo")),
        ("pessoa_outros",),
    ),
    Queue(
        "information",
        "156 Informações",
        DAY,
        _subjects(
            ("information", "Informações"),
            ("services", "Serviços"),
            ("rubble", "Bota-Fora"),
            ("parks", "Parques Municipais"),
            ("zoo", "Zoobotânica"),
        ),
        ("pessoa",),
    ),
)

_TEXTS = (
    Text(
        "greeting",
        "156ola",
        "Olá, {nome}! Sou {atendente}, do 156. Como posso ajudar?",
    ),
    Text(
        "moment",
        "156momento",
        "Um momento, {nome}, estou consultando. Já volto com a resposta.",
    ),
    Text(
        "address",
        "156endereco",
        "Para registrar o pedido, preciso do endereço: rua, número, bairro e um ponto de "
        "referência.",
    ),
    Text(
        "photo",
        "156foto",
        "Se puder, envie uma foto do local: ajuda a equipe que vai até lá.",
    ),
    Text(
        "registered",
        "156registrado",
        "Pronto, {nome}: seu pedido está registrado. O protocolo é {protocolo}. Guarde esse "
        "número para acompanhar.",
    ),
    Text(
        "other_queue",
        "156outra",
        "Quem cuida desse assunto é outra equipe. Vou passar você para ela, e não será preciso "
        "repetir o que já contou.",
    ),
    Text(
        "portal",
        "156portal",
        "Esse serviço é feito pelo portal da Prefeitura. Se tiver dificuldade, escreva aqui que "
        "eu ajudo.",
    ),
    Text(
        "farewell",
        "156tchau",
        "O 156 agradece o contato, {nome}. Em seguida vem uma pergunta rápida sobre o "
        "atendimento: sua resposta nos ajuda a melhorar.",
    ),
)

CITY = City(
    root="156",
    operation="Central 156",
    flow="156: menu da cidade",
    person="Falar com atendente",
    goals={
        "under_contract": True,
        "survey": True,
        "service_level_seconds": 20,
        "call_level_seconds": 20,
        "service_level_percent": 80,
        "mode": "offer",
        "order_method": "priority_ageing",
        "priority_points": 5,
        "agent_method": "longest_idle",
        "offer_seconds": 20,
        "skill_seconds": 60,
        "expected_seconds": 270,
    },
    hours=(
        Hours(DAY, "156: todos os dias, 6h40 às 19h20", 6 + 40 / 60, 19 + 20 / 60),
        Hours(LATE, "156: todos os dias, 6h à meia-noite", 6.0, 24.0),
    ),
    queues=_QUEUES,
    skills=(
        Skill("company_taxes", "Tributos de empresas", (("tributos", "juridica"),)),
        Skill("company_permits", "Licenças de empresas", (("licencas", "juridica"),)),
    ),
    texts=_TEXTS,
    regions=(
        Region("barreiro", "Barreiro"),
        Region("centro_sul", "Centro-Sul"),
        Region("leste", "Leste"),
        Region("nordeste", "Nordeste"),
        Region("noroeste", "Noroeste"),
        Region("norte", "Norte"),
        Region("oeste", "Oeste"),
        Region("pampulha", "Pampulha"),
        Region("venda_nova", "Venda Nova"),
    ),
)
