"""Citizens who fill the screens as a working day does, without the phone's page."""

import dataclasses
import unicodedata
import uuid

from devtools.servers import Stack
from devtools.story import PROTOCOL, TICKET
from sandbox.client import PhoneClient
from tests.e2e.desk import person


@dataclasses.dataclass(frozen=True)
class Wish:
    """Somebody's data and wish, as the demonstration's bot asks for them."""

    name: str
    email: str
    category: str
    location: str
    description: str


PRINTER = Wish(
    "Antônio Carlos Ferreira",
    "antonio.ferreira@exemplo.com.br",
    "Computador e impressora",
    "Secretaria de Saúde",
    "A impressora do posto de saúde do bairro Loanda mancha as receitas desde segunda-feira.",
)
NETWORK = Wish(
    "Luciana Aparecida Gomes",
    "luciana.gomes@exemplo.com.br",
    "Internet e rede",
    "Secretaria de Educação",
    "A escola está sem internet desde cedo e não consigo lançar as notas.",
)
PASSWORD = Wish(
    "José Geraldo Lopes",
    "jose.lopes@exemplo.com.br",
    "E-mail e senha",
    "Secretaria de Obras",
    "Esqueci a senha do e-mail e o sistema bloqueou o meu acesso.",
)

# Others of the same day: (name, what becomes of them), each with somebody else's kind of wish.
CROWD = (
    ("Rosângela Moreira", PASSWORD, "bot"),
    ("Sebastião Rodrigues", PRINTER, "bot"),
    ("Márcia Helena Duarte", NETWORK, "waits"),
    ("Paulo Roberto Assis", PRINTER, "waits"),
    ("Cleide Maria Fonseca", PASSWORD, "joana"),
    ("Wagner Luiz Pires", NETWORK, "pedro"),
)


class Citizen:
    """A person with a telephone of their own and a wish, who talks to the bot."""

    def __init__(self, stack: Stack, wish: Wish):
        self.stack = stack
        self.wish = wish
        # As all mobile telephones: a nine, then six to nine
        number = f"55319{6 * 10**7 + uuid.uuid4().int % (4 * 10**7)}"
        self.phone = PhoneClient(stack.meta_url, number, wish.name, timeout=90)
        self.protocol = ""

    def greet(self) -> str:
        """Say "oi"; returns the protocol that the bot answers."""
        self.phone.send_text("oi")
        message = self.phone.wait_for(lambda m: PROTOCOL.search(m["text"]))
        self.protocol = PROTOCOL.search(message["text"]).group(1)
        self.phone.wait_text("nome")
        return self.protocol

    def open_ticket(self) -> int:
        """Answer everything the bot asks; returns the ticket's number in GLPI."""
        self.greet()
        self.phone.send_text(self.wish.name)
        self.phone.wait_text("e-mail")
        self.phone.send_text(self.wish.email)
        self.phone.choose(self.wish.category)
        self.phone.choose(self.wish.location)
        self.phone.wait_text("acontecendo")
        self.phone.send_text(self.wish.description)
        self.phone.choose("Pular")
        self.phone.choose("Confirmar")
        message = self.phone.wait_for(lambda m: TICKET.search(m["text"]), since="start")
        return int(TICKET.search(message["text"]).group(1))

    def ask_for_a_person(self) -> str:
        """Choose to talk to a person, after the ticket; returns the protocol."""
        self.phone.choose("Falar com um atendente")
        self.phone.wait_text("atendente")
        return self.protocol

    def be_taken(self, login: str) -> int:
        """Let a demo user take this person's conversation; returns its id."""
        client = person(self.stack, login)
        rows = client.search_read(
            "contact_center.conversation", [("protocol", "=", self.protocol)], ["id"]
        )
        client.call("contact_center.conversation", "action_take", [rows[0]["id"]])
        return rows[0]["id"]


def crowd(stack: Stack) -> None:
    """Let everybody of `CROWD` write: some to the bot, some wait, some are served."""
    for name, wish, fate in CROWD:
        plain = unicodedata.normalize("NFKD", name.split()[0]).encode("ascii", "ignore").decode()
        email = f"{plain.lower()}@exemplo.com.br"
        citizen = Citizen(stack, dataclasses.replace(wish, name=name, email=email))
        if fate == "bot":
            citizen.greet()
            continue
        citizen.open_ticket()
        citizen.ask_for_a_person()
        if fate != "waits":
            citizen.be_taken(fate)
