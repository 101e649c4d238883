"""Which menus each role is offered, and what kind of screen is behind them."""

from devtools.servers import ADMIN

# What managers read of the flows as well
FLOW_REPORTS = ["Estatísticas dos fluxos", "Caminhos pelos fluxos", "Contatos eletrônicos"]
TECHNICIAN = {
    "Atendimentos": [
        *("Aguardando", "Meus atendimentos", "Todos os atendimentos", "Buscar mensagens"),
        *("Minhas respostas prontas", "Suporte"),
    ],
    "Contatos": ["Cidadãos"],
    "": ["Chamados no GLPI"],
}
SUPERVISOR = {
    **TECHNICIAN,
    "Contatos": ["Cidadãos", "Possíveis duplicados"],
    "Acompanhamento": [
        *("Equipe", "Avisos à equipe", "Situação dos atendentes", "Eventos"),
        *("Fluxos", "Aprovações de fluxos", "Sessões dos fluxos"),
        *FLOW_REPORTS,
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
    "Privacidade (LGPD)": PRIVACY,
    "Configuração": [
        *(
            "Saúde do sistema",
            "Filas",
            "Fluxos",
            "Mensagens automáticas",
            "Respostas prontas",
            "Tabulações",
        ),
        *("Marcadores", "Locais para enviar", "Motivos de pausa"),
        *("Especialidades", "Serviços web dos fluxos", "Respostas não entendidas"),
        *("Horário de atendimento", "Feriados", "Importar feriados"),
        *("Paradas programadas", "Entrega de todos os dados"),
        *("Servidores", "Para o GLPI", "Categorias", "Locais"),
        *("Entidades", "Grupos", "Origens de requisição", "Usuários"),
        *("Números", "Caixa de entrada", "Caixa de saída", "Pessoas", "Modelos"),
        *("Tipos de arquivo", "Chamadas recusadas"),
    ],
}
MANAGER = {
    "Atendimentos": ["Todos os atendimentos", "Buscar mensagens", "Suporte"],
    "Contatos": ["Cidadãos"],
    "": ["Chamados no GLPI"],
    "Acompanhamento": [
        *("Equipe", "Avisos à equipe", "Situação dos atendentes", "Eventos", "Fluxos"),
        *FLOW_REPORTS,
    ],
}
ROLES = {
    "joana": TECHNICIAN,
    "sofia": SUPERVISOR,
    "adriana": ADMINISTRATOR,
    "marcos": MANAGER,
    ADMIN[0]: ADMINISTRATOR,
}
# Lists whose lines open nothing, or are edited where they stand.
ONLY_LISTS = {
    *("Categorias", "Locais", "Locais para enviar", "Tipos de arquivo", "Chamadas recusadas"),
    *("Marcadores", "Motivos de pausa", "Especialidades"),
    *("Entidades", "Grupos", "Origens de requisição", "Usuários"),
    *("Saúde do sistema", "Equipe", "Buscar mensagens"),
    *("Possíveis duplicados", "Avisos mostrados e consentimentos", "Registro de acessos"),
    "Termos aceitos",
}
DIALOGS = {"Importar feriados"}
