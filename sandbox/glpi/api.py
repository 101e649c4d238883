"""The REST API at /apirest.php: from the path of a call to its answer."""

from werkzeug.wrappers import Request, Response

from . import account, documents, reading, search, writing
from .answers import answer, crash_answer, error_answer, preflight_answer
from .columns import COLUMNS
from .context import Context
from .errors import ApiError, Crash
from .incoming import Call, read_call
from .sessions import Sessions
from .store import Store


class Api:
    """Answers calls on one store. Not thread-safe: the caller holds the store's lock."""

    def __init__(self, store: Store):
        self.store = store
        self.sessions = Sessions(store)

    def handle(self, request: Request) -> Response:
        """Return the answer to one request; errors become answers too."""
        language = _language_before_login(request.headers.get("Accept-Language", ""))
        base_url = request.host_url + "apirest.php"
        if request.method == "OPTIONS":
            return preflight_answer()
        try:
            call = read_call(request, self.store.settings["max_post_bytes"])
            app_token = call.headers.get("App-Token") or call.params.get("app_token") or ""
            self.sessions.check_client(app_token, call.address)
            resource = call.path[0] if call.path else ""
            if resource == "initSession":
                return self._init_session(call)
            token = call.headers.get("Session-Token") or call.params.get("session_token")
            session = self.sessions.find(token)
            language = session.language
            return self._dispatch(Context(self.store, session, call), resource)
        except ApiError as error:
            return error_answer(error, language, base_url, request.method)
        except (Crash, TypeError, ValueError, KeyError, AttributeError) as error:
            # Input of a kind that nobody expected: PHP would have died of it, too.
            return crash_answer(repr(error))

    def _init_session(self, call: Call) -> Response:
        values = {**call.params, **call.payload}
        lost = self.store.settings["authorization_lost"]
        authorization = "" if lost else call.headers.get("Authorization", "")
        session = self.sessions.login(authorization, values)
        opened = {"session_token": session.token}
        if call.flag("get_full_session"):
            opened |= account.full_session(self.store, session)
        return answer(opened, method=call.method)

    def _dispatch(self, context: Context, resource: str) -> Response:
        if resource == "killSession":
            self.sessions.close(context.session.token)
            return answer(True)
        if resource == "changeActiveEntities":
            return self._change_entities(context)
        if resource in account.RESOURCES:
            return account.RESOURCES[resource](context)
        if resource == "search":
            return search.search(context, _itemtype(context.call.path[1:2]))
        if resource == "getMultipleItems":
            return reading.get_multiple(context)
        return self._on_items(context)

    def _change_entities(self, context: Context) -> Response:
        payload = context.call.payload
        recursive = bool(payload.get("is_recursive"))
        self.sessions.change_entity(context.session, payload.get("entities_id"), recursive)
        return answer(True, method="POST")

    def _on_items(self, context: Context) -> Response:
        call = context.call
        itemtype = _itemtype(call.path[:1])
        number = _number(call.path[1:2])
        child = call.path[2] if len(call.path) > 2 else None
        if call.method == "POST":
            return writing.create(context, _itemtype([child]) if child else itemtype)
        if call.method == "PUT":
            return writing.update(context, itemtype, number)
        if call.method == "DELETE":
            return writing.delete(context, itemtype, number)
        if child:
            return reading.get_collection(context, _itemtype([child]), (itemtype, number or 0))
        if not number and not (itemtype == "Entity" and number == 0):
            return reading.get_collection(context, itemtype, None)  # id 0 is read as a list
        media = call.params.get("alt") == "media"
        if itemtype == "Document" and (media or "octet-stream" in call.headers.get("Accept", "")):
            return documents.download(context, number)
        return reading.get_item(context, itemtype, number)


def _itemtype(path: list) -> str:
    if not path or path[0] not in COLUMNS:
        raise ApiError(400, "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM", "itemtype")
    return path[0]


def _number(path: list[str]) -> int | None:
    if not path:
        return None
    if not path[0].isdigit():
        raise ApiError(400, "ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM", "itemtype")
    return int(path[0])


def _language_before_login(accepted: str) -> str:
    return "en_GB" if accepted.lower().startswith("en") else "pt_BR"
