"""A session's own data: profiles, entities, the server's configuration."""

from collections.abc import Callable

from werkzeug.wrappers import Response

from .answers import LIST_LIMIT_MAX, answer
from .context import Context
from .errors import not_found
from .rights import PROFILE_RIGHTS
from .sessions import Session
from .store import Store

# right of a profile -> the kind of item that it is about
_KINDS = {
    "ticket": "Ticket",
    "followup": "ITILFollowup",
    "document": "Document",
    "user": "User",
    "location": "Location",
    "itilcategory": "ITILCategory",
    "entity": "Entity",
    "group": "Group",
    "dropdown": "RequestType",
}
VERSION = "10.0.6"


def _my_profiles(context: Context) -> Response:
    store = context.store
    profiles = []
    for grant in store.rows("Profile_User", users_id=context.session.user_id):
        profile = store.get("Profile", grant["profiles_id"])
        entity = {
            "id": grant["entities_id"],
            "name": store.name_of("Entity", grant["entities_id"]),
            "is_recursive": grant["is_recursive"],
        }
        one = {"id": profile["id"], "name": profile["name"], "entities": [entity]}
        profiles.append(one)
    return answer({"myprofiles": profiles})


def _active_profile(context: Context) -> Response:
    session = context.session
    missing = context.store.settings["rights_missing"]
    rights = {
        key: 0 if _KINDS.get(key) in missing else bits
        for key, bits in PROFILE_RIGHTS[session.role].items()
    }
    told = context.store.settings["profile_rights"] or rights
    return answer({"active_profile": {**session.profile, **told}})


def _change_profile(context: Context) -> Response:
    if context.call.payload.get("profiles_id") != context.session.profile["id"]:
        raise not_found()
    return answer(True, method="POST")


def _my_entities(context: Context) -> Response:
    store = context.store
    by_name = _by_name(store, context.session.own_entities)
    deepest_first = sorted(by_name, key=lambda number: -store.get("Entity", number)["level"])
    entities = [
        {"id": number, "name": store.name_of("Entity", number).replace(">", "&#62;")}
        for number in deepest_first
    ]
    return answer({"myentities": entities})


def _active_entities(context: Context) -> Response:
    session = context.session
    active = {
        "id": session.active_entity,
        "active_entity_recursive": 1,
        "active_entities": [{"id": number} for number in _by_name(context.store, session.entities)],
    }
    return answer({"active_entity": active})


def _by_name(store: Store, entities: list[int]) -> list[int]:
    return sorted(entities, key=lambda number: store.name_of("Entity", number))


def _full_session(context: Context) -> Response:
    return answer(full_session(context.store, context.session))


def full_session(store: Store, session: Session) -> dict:
    """Return the part of PHP's session that a client may want."""
    user = store.get("User", session.user_id)
    return {
        "session": {
            "glpiID": session.user_id,
            "glpiname": user["name"],
            "glpirealname": user["realname"],
            "glpifirstname": user["firstname"],
            "glpifriendlyname": store.friendly_user(session.user_id),
            "glpilanguage": session.language,
            "glpilist_limit": session.list_limit,
            "glpi_currenttime": store.now(),
            "glpiactive_entity": session.active_entity,
            "glpiactiveentities": session.entities,
            "glpiactiveprofile": session.profile,
        }
    }


def _config(context: Context) -> Response:
    settings = context.store.settings
    config = {
        "version": VERSION,
        "dbversion": VERSION,
        "language": "pt_BR",
        "timezone": "America/Sao_Paulo",
        "list_limit": str(settings["list_limit"]),
        "list_limit_max": str(LIST_LIMIT_MAX),
        "document_max_size": str(settings["max_upload_bytes"] // (1024 * 1024)),
    }
    return answer({"cfg_glpi": config})


# resource -> function(context)
RESOURCES: dict[str, Callable[[Context], Response]] = {
    "getMyProfiles": _my_profiles,
    "getActiveProfile": _active_profile,
    "changeActiveProfile": _change_profile,
    "getMyEntities": _my_entities,
    "getActiveEntities": _active_entities,
    "getFullSession": _full_session,
    "getGlpiConfig": _config,
}
