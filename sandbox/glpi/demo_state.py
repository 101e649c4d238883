"""The demonstration city: the initial rows of the stand-in."""

from datetime import datetime, timedelta

from sandbox.defaults import (
    GLPI_APP_TOKEN,
    GLPI_CLIENT_ID,
    GLPI_CLIENT_SECRET,
    GLPI_PASSWORD,
    GLPI_USER_TOKEN,
    GLPI_USERNAME,
)

from .store import LOCAL_ZONE

CITY = "Prefeitura de João Monlevade"
BRIDGE, TECHNICIAN, CITIZEN = 7, 8, 9
# Token of the technician, for tests that answer a ticket as people do.
TECHNICIAN_TOKEN = "sandbox-glpi-technician-token"

CATEGORIES = (
    "Computador e impressora",
    "Internet e rede",
    "Sistemas da Prefeitura",
    "E-mail e senha",
    "Telefonia",
    "Outros",
)
LOCATIONS = (
    "Prefeitura (sede)",
    "Secretaria de Saúde",
    "Secretaria de Educação",
    "Secretaria de Obras",
    "Outro local",
)
# Types that GLPI accepts by default; WhatsApp's webp, mp4, opus and amr are not among them.
EXTENSIONS = (
    "jpg jpeg png gif bmp tif svg pdf txt csv rtf doc docx xls xlsx ppt pptx odt ods odp "
    "mp3 ogg wav avi mov mpg wmv zip gz bz2 tgz xml html"
).split()

# (days ago, title, description, category, location, status)
_OLD_TICKETS = (
    (12, "Impressora do protocolo não puxa papel", "Atola na segunda folha.", 1, 1, 6),
    (6, "Sem internet no posto do bairro Cruzeiro", "O roteador está com a luz vermelha.", 2, 2, 5),
    (2, "Esqueci a senha do e-mail", "Preciso de uma senha nova.", 4, 3, 2),
    (1, "Ramal 4512 mudo", "O telefone da recepção não dá linha.", 5, 4, 1),
)


def state() -> dict:
    """Return the rows of the demonstration, with the tokens of `sandbox.defaults`."""
    return {
        "settings": {
            "clients": [{"app_token": GLPI_APP_TOKEN, "network": "0.0.0.0/0"}],
            "user_tokens": {GLPI_USER_TOKEN: BRIDGE, TECHNICIAN_TOKEN: TECHNICIAN},
            "oauth_clients": {GLPI_CLIENT_ID: GLPI_CLIENT_SECRET},
            "passwords": {GLPI_USERNAME: GLPI_PASSWORD},
        },
        "Entity": [{"id": 0, "name": CITY, "entities_id": None, "completename": CITY}],
        "ITILCategory": _named(CATEGORIES),
        "Location": _named(LOCATIONS),
        "RequestType": [
            {"id": number, "name": name}
            for number, name in enumerate(
                ("Helpdesk", "E-mail", "Telefone", "Direto", "Por escrito", "Outro", "WhatsApp"), 1
            )
        ],
        "Group": [{"id": 1, "name": "Suporte de TI", "completename": "Suporte de TI"}],
        "Profile": [
            {"id": 1, "name": "Self-Service", "is_default": 1},
            {"id": 4, "name": "Super-Admin", "interface": "central"},
            {"id": 6, "name": "Technician", "interface": "central"},
            {"id": 9, "name": "Integração WhatsApp", "interface": "central"},
        ],
        "DocumentType": [
            {"id": number, "name": extension.upper(), "ext": extension}
            for number, extension in enumerate(EXTENSIONS, 1)
        ],
        **_people(),
        **_tickets(),
    }


def _named(names: tuple[str, ...]) -> list[dict]:
    return [
        {"id": number, "name": name, "completename": name, "is_recursive": 1}
        for number, name in enumerate(names, 1)
    ]


def _people() -> dict:
    users = (
        (BRIDGE, "ponte-whatsapp", "WhatsApp", "Integração", 9, "ponte@pjm.mg.gov.br"),
        (TECHNICIAN, "paulo.lima", "Paulo", "Lima", 6, "paulo.lima@pjm.mg.gov.br"),
        (CITIZEN, "maria.souza", "Maria", "Souza", 1, "maria.souza@pjm.mg.gov.br"),
    )
    return {
        "User": [
            {"id": number, "name": login, "firstname": first, "realname": last}
            for number, login, first, last, _profile, _email in users
        ],
        "UserEmail": [
            {"id": number, "users_id": number, "email": email, "is_default": 1}
            for number, _login, _first, _last, _profile, email in users
        ],
        "Profile_User": [
            {"id": number, "users_id": number, "profiles_id": profile, "is_recursive": 1}
            for number, _login, _first, _last, profile, _email in users
        ],
    }


def _tickets() -> dict:
    now = datetime.now(LOCAL_ZONE).replace(microsecond=0)
    tickets, links = [], []
    for number, (days, title, content, category, location, status) in enumerate(_OLD_TICKETS, 1):
        opened = (now - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")
        ticket = {
            "id": number,
            "name": title,
            "content": content,
            "itilcategories_id": category,
            "locations_id": location,
            "status": status,
            "users_id_recipient": TECHNICIAN,
            "users_id_lastupdater": TECHNICIAN,
            "closedate": opened if status == 6 else None,
            "solvedate": opened if status >= 5 else None,
            **dict.fromkeys(("date", "date_mod", "date_creation"), opened),
        }
        tickets.append(ticket)
        links.append({"id": number, "tickets_id": number, "users_id": CITIZEN, "type": 1})
    return {"Ticket": tickets, "Ticket_User": links}
