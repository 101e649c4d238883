"""Shared data of the handlers of one request."""

from dataclasses import dataclass

from . import rights
from .answers import say
from .errors import Refused
from .incoming import Call
from .sessions import Session
from .store import Store


@dataclass
class Context:
    """A call of a logged-in session on the store."""

    store: Store
    session: Session
    call: Call

    def say(self, key: str, **values) -> str:
        """Return a text in the language of the session's user."""
        return say(key, self.session.language, **values)

    def refusal_text(self, refused: Refused) -> str | None:
        """Return the text that goes with a refusal; may be empty or None, as GLPI's."""
        return self.say(refused.key) if refused.key else refused.text

    def may(self, action: str, itemtype: str) -> bool:
        """Return True when the session may do that kind of thing at all."""
        if itemtype in self.store.settings["rights_missing"]:
            return False
        given = self.store.settings["rights_given"].get(itemtype, ())
        return action in given or rights.allowed(self.session.role, action, itemtype)

    def sees(self, itemtype: str, row: dict) -> bool:
        """Return True when the session sees this row."""
        return rights.visible(self.store, self.session, itemtype, row)

    @property
    def self_service(self) -> bool:
        """Whether the user is a requester, not a technician or a bridge."""
        return self.session.role == "self_service"
