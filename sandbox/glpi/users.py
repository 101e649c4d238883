"""Users and their e-mail addresses."""

import re

from . import text
from .catalogues import clean
from .context import Context
from .errors import Refused

_LOGIN = re.compile(r"[\w.@' -]+")

# Profile of users created through the API: Self-Service in the root entity.
DEFAULT_PROFILE = 1


def create(context: Context, values: dict) -> tuple[dict, str]:
    """Return a user with the default profile; ``_useremails`` become his addresses."""
    login = str(values.get("name") or "")
    if not _LOGIN.fullmatch(login) or not login.isascii():
        raise Refused("user_login")
    if context.store.rows("User", name=login):
        raise Refused("user_exists")
    row = context.store.insert("User", clean("User", values))
    emails = values.get("_useremails") or []
    for position, email in enumerate(emails.values() if isinstance(emails, dict) else emails):
        context.store.insert(
            "UserEmail", {"users_id": row["id"], "email": email, "is_default": int(position == 0)}
        )
    context.store.insert(
        "Profile_User",
        {
            "users_id": row["id"],
            "profiles_id": DEFAULT_PROFILE,
            "is_dynamic": 1,
            "is_default_profile": 1,
        },
    )
    name = text.strip_slashes(context.store.friendly_user(row["id"]))
    return row, context.say("added", name=name)


def create_email(context: Context, values: dict) -> tuple[dict, str]:
    """Return one more address of a user."""
    return context.store.insert("UserEmail", clean("UserEmail", values)), ""
