"""Records on screens that no citizen fills: requests, maintenance, notices."""

import datetime

from devtools.odoo_client import OdooClient
from devtools.servers import Stack
from tests.e2e.desk import person
from tests.e2e.screens_people import PASSWORD

WALLBOARD = {
    "name": "Gabinete da Secretaria de Administração",
    "addresses": "10.20.0.0/16",
    "page_ids": [
        (
            0,
            0,
            {
                "name": "Agora",
                "tile_ids": [(0, 0, {"kind": "waiting"}), (0, 0, {"kind": "oldest"})],
            },
        )
    ],
}
REQUEST = {
    "kind": "access",
    "requester": PASSWORD.name,
    "requester_contact": PASSWORD.email,
    "proof": "document",
    "proof_note": "RG conferido no balcão da Secretaria de Administração",
    "description": "Quer uma cópia de tudo o que a prefeitura guarda sobre as conversas dele.",
}
INCIDENT = {
    "title": "Relatório com telefones enviado ao setor errado",
    "description": "Uma planilha com nomes e telefones de cidadãos foi enviada por e-mail a outro "
    "setor da prefeitura. O envio foi percebido no mesmo dia e a planilha foi apagada.",
    "data_affected": "Nome e telefone",
    "people_count": 18,
    "people_note": "Cidadãos atendidos em outubro",
    "measures": "Quem recebeu confirmou por escrito que apagou a planilha.",
    "contact_name": "Encarregado de dados da prefeitura",
    "contact_email": "encarregado@exemplo.com.br",
}
AUTHORITY = {
    "authority_kind": "court",
    "authority": "2ª Vara Cível da Comarca, Juíza Helena Prado",
    "protocol": "5001234-56.2026.8.13.0362",
    "legal_basis": "Decisão judicial de 20 de novembro, nos termos do art. 22 da Lei 12.965/2014.",
    "asked": "Conversas de um número com a Ouvidoria em outubro, para instruir o processo.",
    "contact_name": "Encarregado de dados da prefeitura",
    "contact_email": "encarregado@exemplo.com.br",
}
STOP = {
    "name": "Atualização do servidor",
    "reason": "Instalação das correções de segurança do mês.",
    "decided_by": "Setor de Tecnologia da Informação",
}
SUPPORT = {
    "category": "question",
    "description": "Como imprimo um atendimento inteiro para anexar a um processo?",
}
NOTICE = "A rede da Secretaria de Saúde volta às 14h. Quem perguntar já pode saber."
WATCHED = {"name": "iluminação", "words": "sem luz\nposte apagado\nilumina*"}
DISTRICT = {"name": "Barreiro", "other_names": "Barreiro de Baixo, Barreiro de Cima"}
PLAN = {
    "name": "Enchente",
    "notice_text": "Chove forte na cidade. Em perigo, saia de casa e ligue 199.",
    "bulk_text": "Defesa Civil: evite as margens do ribeirão até amanhã cedo.",
}
# Of these no two have the same name, and several files of tests fill the same product
ONCE = {"contact_center.district", "contact_center.alert.subject", "contact_center.civil.plan"}
TAGS = ("Idoso", "Reincidente", "Servidor da prefeitura")


def fill(stack: Stack, partner_id: int) -> dict[str, int]:
    """Make one record of each kind, by whom it falls to; returns the ids by model.

    :param partner_id: the contact of the person who asks for their data
    """
    adriana = person(stack, "adriana")
    start = datetime.datetime.now() + datetime.timedelta(days=3)
    hours = {
        "date_start": start.strftime("%Y-%m-%d 23:00:00"),
        "date_end": (start + datetime.timedelta(days=1)).strftime("%Y-%m-%d 01:00:00"),
    }
    # To few: it stands on its readers' screens, and on their pictures, until they confirm it.
    queues = adriana.search_read("contact_center.queue", [("name", "=", "Ouvidoria")], ["id"])
    notice = {"body": NOTICE, "audience": "queues", "queue_ids": [queues[0]["id"]]}
    made = {
        "contact_center.privacy.request": (adriana, REQUEST | {"partner_ids": [partner_id]}),
        "contact_center.privacy.incident": (adriana, INCIDENT),
        "contact_center.authority.request": (adriana, AUTHORITY),
        "contact_center.maintenance.window": (adriana, STOP | hours),
        "contact_center.support.request": (person(stack, "joana"), SUPPORT),
        "contact_center.notice": (person(stack, "sofia"), notice),
        "contact_center.wallboard": (adriana, WALLBOARD),
        "contact_center.alert.subject": (adriana, WATCHED),
        "contact_center.district": (adriana, DISTRICT),
        "contact_center.civil.plan": (adriana, PLAN),
    }
    known = {tag["name"] for tag in adriana.search_read("contact_center.tag", [], ["name"])}
    for name in TAGS:
        if name not in known:
            adriana.call("contact_center.tag", "create", [{"name": name}])
    return {
        model: find(who, model, vals) or who.call(model, "create", [vals])[0]
        for model, (who, vals) in made.items()
    }


def find(who: OdooClient, model: str, vals: dict) -> int | None:
    """Return the id of a record that cannot be there twice, None if it is to be made."""
    if model not in ONCE:
        return None
    found = who.search_read(model, [("name", "=", vals["name"])], ["id"])
    return found[0]["id"] if found else None
