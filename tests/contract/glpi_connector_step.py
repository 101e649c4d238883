"""Steps of the connector with recorded answers, and their expected results."""

from dataclasses import dataclass, field

from glpi_connector import rest


@dataclass(frozen=True)
class Step:
    """The connector's recorded answers, its call, and the expected result.

    :ivar meets: (case, position) of the answers, in their order
    :ivar does: function of the client
    :ivar gives: the result, or a function that checks it, or the expected GlpiError
    """

    case: int
    meets: tuple
    does: object
    gives: object
    login: bool = True
    options: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Fails:
    """The error that must come: class and kind."""

    error: type
    kind: str


def auth(kind):
    return Fails(rest.GlpiAuth, kind)


def refused(kind):
    return Fails(rest.GlpiRefused, kind)


CRASH = Fails(rest.GlpiCrash, "crash")
NO_MATCH, NO_ROWS = (94, 0), (87, 4)
DRAFT = rest.TicketDraft("t", "c", "m")
FILE = rest.DocumentDraft("anexo.txt", "text/plain", b"conteudo\n", "Campo filename[0]")


def step(case, does, gives, *meets, login=True, **options):
    """Return a Step for the positions `meets` of its case, or (case, position).

    The latter are positions of others.
    """
    exchanges = tuple(one if isinstance(one, tuple) else (case, one) for one in meets or (0,))
    return Step(case, exchanges, does, gives, login, options)


def any_call(glpi):
    return glpi.find_tickets("inexistente")


def create(glpi):
    return glpi.create_ticket(DRAFT)


def read(number):
    return lambda glpi: glpi.read_ticket(number)


def is_ticket(**wanted):
    """Return a check of TicketNews."""

    def look(news):
        assert {name: getattr(news, name) for name in wanted} == wanted
        return True

    return look


def reads(case, number, index, **wanted):
    """Return a step that reads a ticket back."""
    return step(case, read(number), is_ticket(id=number, **wanted), index)


def follow(number):
    return lambda glpi: glpi.add_followup(number, "<p>x</p>")


def status(number, value):
    return lambda glpi: glpi.set_status(number, value)


def ticket(number, offset=-10800):
    return rest.TicketNews(number, 1, "", utc_offset_seconds=offset)


def files_of(number):
    return lambda glpi: [(d.id, d.followup_id) for d in glpi.documents(ticket(number))]


def solution_states(number):
    return lambda glpi: [solution.status for solution in glpi.solutions(ticket(number))]


def upload(glpi):
    return glpi.add_document(26, FILE)


def lose(glpi):
    return glpi.find_document(26, FILE)


def all_ids(glpi):
    """Return the ids of a collection of any kind, to check its pages."""
    return [item.id for item in glpi.request_types()]


def open_ids(glpi):
    """Return the tickets that are still followed."""
    return sorted(glpi.open_tickets(0, ())[0])


def changed(since):
    return lambda glpi: list(glpi.changed_tickets(since))


def has(*actors):
    return lambda found: set(found) == set(actors)


REQUESTER, ASSIGNED = "requester", "assigned"
