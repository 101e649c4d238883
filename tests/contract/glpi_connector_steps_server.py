"""Recorded answers about logins, sessions, the server, catalogues and people."""

from glpi_connector import rest

from .glpi_connector_step import (
    NO_MATCH,
    NO_ROWS,
    all_ids,
    any_call,
    auth,
    create,
    is_ticket,
    read,
    refused,
    step,
)

LOGIN_STEPS = [
    step(number, any_call, auth(kind), login=False)
    for number, kind in {
        1: "api_disabled",
        6: "authorization",
        7: "user_token",
        9: "app_token_missing",
        10: "app_token",
        11: "app_token",
        12: "ip",
        13: "user_token",
        14: "user_token",
        15: "user_token",
        16: "user_token",
        177: "authorization",
    }.items()
]

SESSION_STEPS = [
    step(2, any_call, [], 0, NO_MATCH, login=False),
    step(17, any_call, auth("session")),
    # forgotten sessions are opened again, once
    step(18, any_call, [], 0, (2, 0), NO_MATCH),
    step(19, any_call, [], 0, (2, 0), NO_MATCH),
    step(21, any_call, [], 0, (2, 0), NO_MATCH),
    step(18, any_call, auth("session"), 0, (2, 0), 0),
    step(20, any_call, auth("app_token_missing")),
    step(22, lambda glpi: (any_call(glpi), glpi.close())[1], None, NO_MATCH, 0),
    step(22, any_call, [], 1, (2, 0), NO_MATCH),
    step(22, lambda glpi: (any_call(glpi), glpi.close())[1], None, NO_MATCH, 2),
    step(27, create, 24, 0, 1, entity_id=2),
    step(28, any_call, auth("profile"), 0, profile_id=4),
    step(173, read(4), is_ticket(status=1), 0),
    step(174, create, refused("add"), 1),
    step(174, create, 71, 2),
]


def looks_like_the_bridge(info):
    scope = info.scope
    assert (info.version, info.profile) == ("10.0.6", "Integração WhatsApp")
    # the recorded profile may not read request sources (GLPI's right "dropdown")
    assert info.missing_rights == ("request_type_read",)
    assert scope.profile_id == 9 and scope.entity_id == 0
    assert scope.profiles == (rest.Choice(9, "Integração WhatsApp"),)
    names = ["Entidade raiz", "Entidade raiz > Filial São Paulo", "Entidade raiz > Matriz"]
    return [entity.name for entity in scope.entities] == names


_TEST = ((24, 0), (29, 0), (25, 0), (26, 0), (30, 0), (23, 0))
SERVER_STEPS = [
    step(number, lambda glpi: glpi.test(), looks_like_the_bridge, *_TEST)
    for number in (23, 24, 25, 26, 29, 30)
] + [
    step(84, all_ids, [50, 51], 0, NO_ROWS),
    step(84, all_ids, refused("refused"), 1),
    step(84, all_ids, refused("refused"), 2),
    step(84, all_ids, [1], 3, NO_ROWS),
    step(147, read(4), refused("not_found"), 0),
    step(147, read(4), refused("not_found"), 1),
    step(147, any_call, auth("authorization"), 2, login=False),
    step(147, any_call, auth("authorization"), 3, login=False),
]

CATALOGUE_STEPS = [
    step(
        35,
        lambda glpi: {item.id: item.complete_name for item in glpi.categories()},
        lambda found: found[4] == "Hardware > Telefonia & Voz" and len(found) == 4,
    ),
    step(33, create, refused("add")),
    step(36, lambda glpi: list(glpi.locations()), refused("right")),
    step(73, lambda glpi: list(glpi.groups()), refused("right")),
    step(75, lambda glpi: glpi.has_location(1), refused("version")),
    step(78, all_ids, [1, 2, 3, 4, 5], 0, NO_ROWS),
    step(79, all_ids, list(range(21, 56))),
    step(80, all_ids, list(range(1, 56))),
    step(81, all_ids, list(range(1, 16)), 0, NO_ROWS),
    step(82, all_ids, []),
    step(83, all_ids, refused("refused"), 0),
    step(83, all_ids, [], 1),
    step(86, all_ids, []),
    step(102, lambda glpi: list(glpi.users()), refused("right")),
    step(41, lambda glpi: glpi.find_user(phone="5511912345678").id, 8, 0),
    step(41, lambda glpi: glpi.find_user(phone="5511912345678"), None, 1),
    step(41, lambda glpi: glpi.find_user(phone="+55 (11) 98888-7777").id, 9, 2),
    step(41, lambda glpi: glpi.find_user(phone="5511912345678"), refused("refused"), 3),
    step(42, lambda glpi: glpi.find_user(email="maria.souza@example.test").id, 8),
    step(42, lambda glpi: glpi.find_user(email="maria_souza@example.test"), None),
    step(171, all_ids, [13], 2),
    step(171, all_ids, [6], 3),
    step(171, all_ids, [13], 4),
]
