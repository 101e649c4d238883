"""The REST API at /apirest.php: from the path of a call to its answer."""

from werkzeug.wrappers import Request, Response

from . import documents, reading, search, writing
from .answers import answer, crash_answer, error_answer
from .columns import COLUMNS
from .context import Context
from .errors import ApiError, Crash, not_found
from .incoming import Call, read_call
from .sessions import Session, Sessions
from .store import Store

VERSION = "10.0.6"


class Api:
    """Answers calls on one store. Not thread-safe: the caller holds the store's lock."""

    def __init__(self, store: Store):
        self.store = store
        self.sessions = Sessions(store)

    def handle(self, request: Request) -> Response:
        """The answer to one request; errors become answers too."""
        language = _language_before_login(request.headers.get("Accept-Language", ""))
        base_url = request.host_url + "apirest.php"
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
        except Crash:
            return crash_answer()

    def _init_session(self, call: Call) -> Response:
        values = {**call.params, **call.payload}
        session = self.sessions.login(call.headers.get("Authorization", ""), values)
        opened = {"session_token": session.token}
        if call.flag("get_full_session"):
            opened |= self._full_session(session)
        return answer(opened, method=call.method)

    def _dispatch(self, context: Context, resource: str) -> Response:
        if handler := getattr(self, f"_on_{resource}", None):
            return handler(context)
        if resource == "search":
            return search.search(context, _itemtype(context.call.path[1:2]))
        if resource == "getMultipleItems":
            return reading.get_multiple(context)
        return self._on_items(context)

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

    # -- session resources -----------------------------------------------------------------
    # pylint: disable=invalid-name
    def _on_killSession(self, context: Context) -> Response:
        self.sessions.close(context.session.token)
        return answer(True)

    def _on_getMyProfiles(self, context: Context) -> Response:
        profiles = []
        for grant in self.store.rows("Profile_User", users_id=context.session.user_id):
            profile = self.store.get("Profile", grant["profiles_id"])
            entity = {
                "id": grant["entities_id"],
                "name": self.store.name_of("Entity", grant["entities_id"]),
                "is_recursive": grant["is_recursive"],
            }
            one = {"id": profile["id"], "name": profile["name"], "entities": [entity]}
            profiles.append(one)
        return answer({"myprofiles": profiles})

    def _on_getActiveProfile(self, context: Context) -> Response:
        return answer({"active_profile": context.session.profile})

    def _on_changeActiveProfile(self, context: Context) -> Response:
        wanted = context.call.payload.get("profiles_id")
        if wanted != context.session.profile["id"]:
            raise not_found()
        return answer(True, method="POST")

    def _on_getMyEntities(self, context: Context) -> Response:
        entities = [
            {"id": number, "name": (self.store.name_of("Entity", number)).replace(">", "&#62;")}
            for number in _children_first(self.store, context.session.own_entities)
        ]
        return answer({"myentities": entities})

    def _on_getActiveEntities(self, context: Context) -> Response:
        session = context.session
        active = {
            "id": session.active_entity,
            "active_entity_recursive": 1,
            "active_entities": [{"id": number} for number in session.entities],
        }
        return answer({"active_entity": active})

    def _on_changeActiveEntities(self, context: Context) -> Response:
        payload = context.call.payload
        recursive = bool(payload.get("is_recursive"))
        self.sessions.change_entity(context.session, payload.get("entities_id"), recursive)
        return answer(True, method="POST")

    def _on_getFullSession(self, context: Context) -> Response:
        return answer(self._full_session(context.session))

    def _full_session(self, session: Session) -> dict:
        """The part of PHP's session that a client may want."""
        user = self.store.get("User", session.user_id)
        return {
            "session": {
                "glpiID": session.user_id,
                "glpiname": user["name"],
                "glpirealname": user["realname"],
                "glpifirstname": user["firstname"],
                "glpifriendlyname": self.store.friendly_user(session.user_id),
                "glpilanguage": session.language,
                "glpilist_limit": session.list_limit,
                "glpi_currenttime": self.store.now(),
                "glpiactive_entity": session.active_entity,
                "glpiactiveentities": session.entities,
                "glpiactiveprofile": session.profile,
            }
        }

    def _on_getGlpiConfig(self, context: Context) -> Response:
        config = {"version": VERSION, "dbversion": VERSION, "language": "pt_BR"}
        config["timezone"] = "America/Sao_Paulo"
        config["list_limit"] = self.store.settings["list_limit"]
        config["list_limit_max"] = 5000
        config["document_max_size"] = self.store.settings["max_upload_bytes"] // (1024 * 1024)
        return answer({"cfg_glpi": config})


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


def _children_first(store: Store, entities: list[int]) -> list[int]:
    by_name = sorted(entities, key=lambda number: store.name_of("Entity", number))
    return sorted(by_name, key=lambda number: -store.get("Entity", number)["level"])
