"""Which menus each role is offered, and what kind of screen is behind them."""

from devtools.servers import ADMIN
from tests.e2e.screens_walk import APP, MANAGEMENT, PAGE

# Menus of the flows for managers
FLOW_REPORTS = ["Estatísticas dos fluxos", "Caminhos pelos fluxos", "Contatos eletrônicos"]
OPERATION = ["Interrupções", "Plano de contingência", "Simulados de contingência"]
TECHNICIAN = {
    "Atendimentos": [
        *("Mesa", "Aguardando", "Meus atendimentos", "Todos os atendimentos"),
        "Buscar mensagens",
        *("Minhas respostas prontas", "Suporte", "Meus tempos"),
    ],
    "Contatos": ["Cidadãos"],
    "": ["Chamados no GLPI"],
}
AGENT_TIMES = ["Tempos dos atendentes", "Pausas concedidas"]
# What stands on a page of settings and in a drop-down of those who work with it as well
SUPERVISOR_SETTINGS = [
    *("Avisos à equipe", "Aprovações de fluxos"),
    *("Níveis dos atendentes", "Capacidade dos atendentes"),
]
DISTRIBUTION = ["Retornos", "Ofertas", "Previsões de espera", "Atendentes emprestados"]
PLANNING = [
    *("Quadro de turnos", "Turnos"),
    *("Previsões de volume", "Simulações", "Quantos atendentes?", "Tráfego"),
    *("Imprimir estudo de tráfego", "Relatório diário de volume"),
]
PRIVACY_SETTINGS = [
    *("Avisos de privacidade", "Prazos de guarda"),
    *("Termos de confidencialidade", "Registro de acessos"),
]
SUPERVISOR = {
    **TECHNICIAN,
    "": ["Chamados no GLPI", PAGE],
    PAGE: [*SUPERVISOR_SETTINGS, "Minhas respostas prontas"],
    "Contatos": ["Cidadãos", "Possíveis duplicados"],
    "Acompanhamento": [
        *("Equipe", "Indicadores", "Avisos à equipe", "Situação dos atendentes", "Eventos"),
        *("Esperas", "Pesquisas de satisfação", *AGENT_TIMES),
        *("Níveis dos atendentes", "Capacidade dos atendentes"),
        *("Fluxos", "Aprovações de fluxos", "Sessões dos fluxos"),
        *DISTRIBUTION,
        *FLOW_REPORTS,
        *OPERATION,
        *PLANNING,
    ],
}
PRIVACY = [
    *("Pedidos de titulares", "Requisições de autoridades", "Incidentes"),
    *("Avisos de privacidade", "Avisos mostrados e consentimentos"),
    *("Registro de acessos", "Prazos de guarda"),
    *("Termos de confidencialidade", "Termos aceitos"),
]
ADMINISTRATOR = {
    **SUPERVISOR,
    "Acompanhamento": [
        *SUPERVISOR["Acompanhamento"][:3],
        "Painéis de parede",
        *SUPERVISOR["Acompanhamento"][3:],
    ],
    "": ["Primeiros passos", *SUPERVISOR[""]],
    "Contatos": [*SUPERVISOR["Contatos"], "Bairros", "Regionais"],
    "Privacidade (LGPD)": PRIVACY,
    PAGE: [
        *(*SUPERVISOR_SETTINGS, *PRIVACY_SETTINGS),
        *(
            "Saúde do sistema",
            "Montar o 156",
            "Painéis de parede",
            "Pessoas e papéis",
            "Lotação",
            "Operações",
            "Filas",
            "Fluxos",
            "Mensagens automáticas",
            "Respostas prontas",
            "Tabulações",
        ),
        *("Peso dos canais", "Empréstimo de atendentes"),
        *("Marcadores", "Locais para enviar", "Motivos de pausa"),
        *("Especialidades", "Serviços web dos fluxos", "Respostas não entendidas"),
        *("Horário de atendimento", "Feriados", "Importar feriados"),
        *("Paradas programadas", "Contatos da cidade", "Entrega de todos os dados"),
        *("Assuntos vigiados", "Planos de defesa civil"),
        *("Servidores", "Para o GLPI", "Categorias", "Locais"),
        *("Entidades", "Grupos", "Origens de requisição", "Usuários"),
        *("Números", "Caixa de entrada", "Caixa de saída", "Pessoas", "Modelos"),
        *("Tipos de arquivo", "Chamadas recusadas"),
        *("Empresas de SMS", "Chamadas das empresas de SMS"),
    ],
}
MANAGER = {
    "Atendimentos": ["Todos os atendimentos", "Buscar mensagens", "Suporte"],
    "Contatos": ["Cidadãos"],
    "": ["Chamados no GLPI"],
    "Acompanhamento": [
        *("Equipe", "Indicadores", "Avisos à equipe", "Situação dos atendentes", "Eventos"),
        *("Esperas", "Pesquisas de satisfação", *AGENT_TIMES),
        "Fluxos",
        *DISTRIBUTION,
        *FLOW_REPORTS,
        *OPERATION,
        *PLANNING,
    ],
}
OFFICER = {"": [PAGE], "Privacidade (LGPD)": PRIVACY, PAGE: PRIVACY_SETTINGS}
# The role that sees most comes first: others' view of the same screens is checked less closely.
ROLES = {
    "adriana": ADMINISTRATOR,
    "sofia": SUPERVISOR,
    "joana": TECHNICIAN,
    "marcos": MANAGER,
    "beatriz": OFFICER,
    ADMIN[0]: ADMINISTRATOR,
}
# The application for managers: who leads or reads figures is offered the same.
INDICATOR_LISTS = [
    *("Indicadores do contrato", "Indicadores do ano", "Indicadores por dia"),
    *("Fechamentos em andamento", "Códigos enviados às partes"),
    "Questões em aberto do contrato",
]
# Lines of theirs open conversations
DASHBOARDS = [
    *("O dia das filas", "A equipe", "Canais"),
    *("Assuntos e regiões", "Cidadãos que voltam", "O contrato"),
]
LEADERS = {
    "Painéis": DASHBOARDS,
    "Medição": [
        *("Medições", "Dias medidos", "Ordens de serviço"),
        *("Preços unitários", "Termos da medição"),
    ],
    "Relatórios": [
        *("Ver relatório", "Relatórios programados", "Relatórios emitidos e programados"),
    ],
    "Indicadores": [
        *("Indicadores do contrato", "Indicadores do ano"),
        *("Indicadores por dia", "Indicadores por meia hora"),
        *("Fechamentos de dias", "Fechamentos em andamento"),
        *("Códigos enviados às partes", "Bases mensais", "Definições de indicadores"),
    ],
    "Contrato": [
        *("Extratos mensais", "Ocorrências do contrato", "Pedidos da prefeitura"),
        *("Números de fora", "Equipamentos e enlaces"),
        *("Contratos", "Serviços e carências"),
    ],
    "Configuração": [
        *("Metas do contrato", "Leituras do contrato", "Questões em aberto do contrato"),
    ],
}
ALERTS = {
    "Alertas": [
        *("Surtos", "Avisos aos cidadãos", "Mensagens a muitos cidadãos", "Defesa civil"),
        *("Contatos por assunto", "Registro de alertas"),
    ],
    "SMS": ["SMS", "SMS por mês"],
}
DATA = [
    *("Cubos", "Cubos atualizados", "Cópias em outro banco"),
    *("Dados abertos", "Contagens publicadas"),
]
OWNER_OF_DATA = [*DATA[:2], "Logins que leem os cubos", *DATA[2:], "Fim do contrato"]
SUPERVISORS = LEADERS | ALERTS
MANAGERS = {
    "adriana": SUPERVISORS | {"Dados": OWNER_OF_DATA},
    "sofia": SUPERVISORS,
    "marcos": SUPERVISORS | {"Dados": DATA},
    ADMIN[0]: SUPERVISORS | {"Dados": OWNER_OF_DATA},
}
# Whom each application offers what
APPS = {APP: ROLES, MANAGEMENT: MANAGERS}
# Lists whose lines open nothing, or are edited where they stand.
ONLY_LISTS = {
    *("Categorias", "Locais", "Locais para enviar", "Tipos de arquivo", "Chamadas recusadas"),
    *("Marcadores", "Motivos de pausa", "Especialidades"),
    *("Entidades", "Grupos", "Origens de requisição", "Usuários"),
    *("Saúde do sistema", "Equipe", "Mesa", "Buscar mensagens"),
    *("Primeiros passos", "Pessoas e papéis"),
    *("Bairros", "Regionais"),
    *("Possíveis duplicados", "Avisos mostrados e consentimentos", "Registro de acessos"),
    "Termos aceitos",
    *("Níveis dos atendentes", "Capacidade dos atendentes", "Peso dos canais"),
    *DISTRIBUTION,
    *INDICATOR_LISTS,
    *(*DASHBOARDS, "Dias medidos"),
    *("Esperas", "Operações", "Meus tempos", *AGENT_TIMES),
    *("Tráfego", "Quadro de turnos", "Ver relatório"),
}
DIALOGS = {
    "Importar feriados",
    "Montar o 156",
    "Quantos atendentes?",
    "Imprimir estudo de tráfego",
    "Indicadores por meia hora",
}
