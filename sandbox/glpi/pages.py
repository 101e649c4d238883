"""Pages for people: the list of tickets and one ticket, much as GLPI shows them.

The page of a ticket also lets somebody play the technician: answer, or solve.
"""

from datetime import datetime
from pathlib import Path

from markupsafe import Markup
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from . import followups, solutions, text
from .api import Api
from .context import Context
from .control import actors, describe, documents_of
from .documents import file_response
from .errors import Refused
from .incoming import Call
from .sanitize import safe_html
from .store import Store
from .tickets import STATUS_NAMES

_STYLE = Path(__file__).parent / "static" / "glpi.css"
_KINDS = {1: "Incidente", 2: "Requisição"}
_URGENCIES = {1: "Muito baixa", 2: "Baixa", 3: "Média", 4: "Alta", 5: "Muito alta"}

_PAGE = Markup(
    "<!doctype html><html lang=pt-BR><head><meta charset=utf-8>"
    '<meta name=viewport content="width=device-width, initial-scale=1">'
    "<title>{title}</title><link rel=icon href=data:,>"
    "<link rel=stylesheet href=/static/glpi.css></head><body>"
    "<header><b>GLPI</b><a href=/>Assistência › Chamados</a>"
    "<span class=note>servidor simulado, só para demonstração</span></header>"
    "<main>{body}</main></body></html>"
)


def respond(store: Store, api: Api, request: Request) -> Response:
    """Return the page for a request; 404 for what does not exist."""
    if request.path == "/static/glpi.css":
        return Response(_STYLE.read_bytes(), content_type="text/css; charset=utf-8")
    if request.path == "/":
        return _page("Chamados", _list(store))
    number = _number(request.args.get("id") or request.args.get("docid"))
    if request.path == "/front/document.send.php":
        return _file(store, number)
    ticket = store.get("Ticket", number)
    if request.path != "/front/ticket.form.php" or ticket is None:
        return _page("Não encontrado", Markup("<h1>Item não encontrado</h1>"), 404)
    if request.method == "POST":
        return _act(store, api, request, ticket)
    title = f"Chamado {ticket['id']} - {text.decode(ticket['name'])}"
    return _page(title, _ticket(store, ticket))


def _number(value: str | None) -> int:
    return int(value) if value and value.isdigit() else 0


def _page(title: str, body: Markup, status: int = 200) -> Response:
    page = _PAGE.format(title=title, body=body)
    return Response(page, status, content_type="text/html; charset=utf-8")


def _date(value: str | None) -> str:
    if not value:
        return ""
    return datetime.fromisoformat(value).strftime("%d/%m/%Y %H:%M")


def _status(ticket: dict) -> Markup:
    name = STATUS_NAMES.get(ticket["status"], str(ticket["status"]))
    return Markup("<span class='status s{}' data-testid=status>{}</span>").format(
        ticket["status"], name
    )


# -- the list ----------------------------------------------------------------------------------
def _list(store: Store) -> Markup:
    tickets = [row for row in reversed(store.rows("Ticket")) if not row["is_deleted"]]
    if not tickets:
        return Markup("<h1>Chamados</h1><div class='card empty'>Nenhum chamado.</div>")
    heads = ("ID", "Título", "Status", "Última atualização", "Requerente", "Categoria", "Local")
    head = Markup("").join(Markup("<th>{}</th>").format(name) for name in heads)
    lines = Markup("").join(_line(store, ticket) for ticket in tickets)
    return Markup(
        "<h1>Chamados</h1><div class=card><table data-testid=tickets><thead><tr>{}</tr></thead>"
        "<tbody>{}</tbody></table></div>"
    ).format(head, lines)


def _line(store: Store, ticket: dict) -> Markup:
    about = describe(store, ticket)
    requesters = ", ".join(_person(actor) for actor in about["actors"]["requester"])
    return Markup(
        "<tr><td>{id}</td><td><a href='/front/ticket.form.php?id={id}'>{title}</a></td>"
        "<td>{status}</td><td class=date>{date}</td><td>{who}</td><td>{category}</td>"
        "<td>{location}</td></tr>"
    ).format(
        id=ticket["id"],
        title=about["title"] or f"({ticket['id']})",
        status=_status(ticket),
        date=_date(ticket["date_mod"]),
        who=requesters,
        category=about["category"],
        location=about["location"],
    )


def _person(actor: dict) -> str:
    return actor["name"] or actor.get("email") or ""


# -- one ticket --------------------------------------------------------------------------------
def _ticket(store: Store, ticket: dict) -> Markup:
    documents = documents_of(store, ticket)
    entries = [_description(store, ticket, documents)]
    written = [
        (row["date"], row["id"], _followup(store, row, documents))
        for row in store.children("Ticket", ticket["id"], "ITILFollowup")
    ]
    written += [
        (row["date_creation"], row["id"], _solution(store, row))
        for row in store.children("Ticket", ticket["id"], "ITILSolution")
    ]
    entries += [entry for _date_time, _id, entry in sorted(written, key=lambda item: item[:2])]
    return Markup(
        "<h1 data-testid=title>{title} <span class=number>({id})</span></h1>"
        "<div class=ticket><section>{entries}{form}</section><aside>{about}{people}</aside></div>"
    ).format(
        title=text.decode(ticket["name"]),
        id=ticket["id"],
        entries=Markup("").join(entries),
        form=_form(ticket),
        about=_about(store, ticket),
        people=_people(store, ticket),
    )


def _entry(kind: str, head: Markup, content: str, documents: Markup) -> Markup:
    return Markup(
        "<div class='card entry {kind}'><div class=by>{head}</div>"
        "<div class=text>{content}</div>{documents}</div>"
    ).format(
        kind=kind,
        head=head,
        content=Markup(safe_html(text.decode(content or ""))),
        documents=documents,
    )


def _by(name: str, what: str, moment: str) -> Markup:
    return Markup("<b>{}</b> · {} em {}").format(name, what, _date(moment))


def _description(store: Store, ticket: dict, documents: list[dict]) -> Markup:
    head = _by(store.friendly_user(ticket["users_id_recipient"]), "Aberto", ticket["date"])
    own = [document for document in documents if document["linked_to"] == "Ticket"]
    return _entry("description", head, ticket["content"], _documents(own))


def _followup(store: Store, row: dict, documents: list[dict]) -> Markup:
    what = "Acompanhamento privado" if row["is_private"] else "Acompanhamento"
    kind = "followup private" if row["is_private"] else "followup"
    linked = {
        link["documents_id"] for link in store.children("ITILFollowup", row["id"], "Document_Item")
    }
    own = [document for document in documents if document["id"] in linked]
    head = _by(store.friendly_user(row["users_id"]), what, row["date"])
    return _entry(kind, head, row["content"], _documents(own))


def _solution(store: Store, row: dict) -> Markup:
    head = _by(store.friendly_user(row["users_id"]), "Solução", row["date_creation"])
    return _entry("solution", head, row["content"], Markup(""))


def _documents(documents: list[dict]) -> Markup:
    if not documents:
        return Markup("")
    shown = Markup("").join(_document(document) for document in documents)
    return Markup("<div class=documents data-testid=documents>{}</div>").format(shown)


def _document(document: dict) -> Markup:
    address = f"/front/document.send.php?docid={document['id']}"
    name = document["filename"] or "(sem arquivo)"
    if (document["mime"] or "").startswith("image/"):
        picture = Markup("<img src='{}' alt='{}'>").format(address, name)
    else:
        mark = name.rpartition(".")[2].upper() if document["filename"] else "vazio"
        picture = Markup("<div class=mark>{}</div>").format(mark)
    size = _size(document["size"])
    return Markup(
        "<a class=document href='{}'>{}<div class=name>{} <span class=size>({})</span></div></a>"
    ).format(address, picture, name, size)


def _size(number: int) -> str:
    return f"{number} bytes" if number < 1024 else f"{number / 1024:.1f} kB".replace(".", ",")


def _about(store: Store, ticket: dict) -> Markup:
    about = describe(store, ticket)
    request_type = store.name_of("RequestType", ticket["requesttypes_id"])
    values = (
        ("Data de abertura", _date(ticket["date"]), "date"),
        ("Tipo", _KINDS.get(ticket["type"], "-"), "type"),
        ("Categoria", about["category"] or "-", "category"),
        ("Status", _status(ticket), "status-cell"),
        ("Localização", about["location"] or "-", "location"),
        ("Origem da requisição", text.decode(request_type or "-"), "source"),
        ("Urgência", _URGENCIES.get(ticket["urgency"], "-"), "urgency"),
        ("Entidade", about["entity"], "entity"),
    )
    return _box("Chamado", values)


def _people(store: Store, ticket: dict) -> Markup:
    names = (("requester", "Requerente"), ("observer", "Observador"), ("assign", "Atribuído"))
    found = actors(store, ticket)
    values = []
    for role, label in names:
        people = []
        for actor in found[role]:
            parts = dict.fromkeys(part for part in (actor["name"], actor.get("email")) if part)
            people.append(" · ".join(parts))
        values.append((label, Markup("<br>").join(people) or "-", role))
    return _box("Atores", values)


def _box(title: str, values) -> Markup:
    lines = Markup("").join(
        Markup("<dt>{}</dt><dd data-testid={}>{}</dd>").format(label, name, value)
        for label, value, name in values
    )
    return Markup("<div class=card><h2>{}</h2><dl>{}</dl></div>").format(title, lines)


def _form(ticket: dict) -> Markup:
    return Markup(
        "<form class=card method=post action='/front/ticket.form.php?id={}'>"
        "<textarea name=content required placeholder='Escreva como técnico…'></textarea>"
        "<div class=row><button name=action value=followup>Responder</button>"
        "<button class=solve name=action value=solution>Adicionar uma solução</button>"
        "<label><input type=checkbox name=private value=1> Privado</label></div></form>"
    ).format(ticket["id"])


# -- actions -----------------------------------------------------------------------------------
def _act(store: Store, api: Api, request: Request, ticket: dict) -> Response:
    """Write as the technician of the state: the first user of a central profile who can log in."""
    session = next(
        (
            found
            for token in reversed(store.settings["user_tokens"])
            if (found := api.sessions.login(f"user_token {token}", {})).role == "central"
        ),
        None,
    )
    if session is None:
        return _page("Sem técnico", Markup("<h1>Este servidor não tem técnico</h1>"), 409)
    site = request.host_url.rstrip("/")
    call = Call("POST", [], {}, {}, request.headers, site, site, request.remote_addr or "")
    values = {"itemtype": "Ticket", "items_id": ticket["id"]}
    content = Markup("<p>{}</p>").format(request.form.get("content", ""))
    values["content"] = str(content).replace("\r\n", "\n").replace("\n", "<br>")
    values["is_private"] = int(request.form.get("private") == "1")
    create = solutions.create if request.form.get("action") == "solution" else followups.create
    context = Context(store, session, call)
    try:
        create(context, values)
    except Refused as refused:
        refusal = Markup("<h1>{}</h1>").format(context.refusal_text(refused))
        return _page("Não foi possível", refusal, 409)
    return redirect(f"/front/ticket.form.php?id={ticket['id']}", 303)


def _file(store: Store, number: int) -> Response:
    document = store.get("Document", number)
    if document is None or not document["sha1sum"]:
        return _page("Não encontrado", Markup("<h1>Arquivo não encontrado</h1>"), 404)
    response = file_response(store.files[document["sha1sum"]], document)
    response.headers["Content-Security-Policy"] = "sandbox"  # an uploaded page must not run here
    return response
