"""Citizens of the living demo: they write by the simulated telephone, and rate."""

import random

from sandbox.client import NothingCame, PhoneClient

from . import choices, words
from .drawing import Coming

MENU_SECONDS, AGENT_SECONDS = 60.0, 240.0
HELLO = "do 156"
"""Words in every agent's first message, and in none of the assistant's."""

RATING_WORDS = {"very_good": 0, "good": 1, "fair": 2, "poor": 3}


class Citizen:
    """One contact from the first word to the rating.

    :param meta_url: of the simulated WhatsApp
    :param number: of the citizen, see `words.telephone`
    """

    def __init__(self, meta_url: str, number: int, coming: Coming):
        self.name = words.citizen_name(number)
        self.phone = PhoneClient(meta_url, words.telephone(number), self.name, timeout=MENU_SECONDS)
        self.coming = coming
        self.rnd = random.Random(f"live {number} {coming.at}")

    def live(self) -> str:
        """Do it all; return how it ended.

        :return: `served`, `self_service`, or `lost` when nobody came
        """
        try:
            return self._live()
        except NothingCame:
            return "lost"

    def _live(self) -> str:
        self.phone.send_text(self.rnd.choice(choices.GREETINGS))
        if self.coming.electronic:
            for title in choices.self_service(self.coming.subject):
                self.phone.choose(title)
            return "self_service"
        way = choices.way(self.coming.queue)
        for title in way:
            self.phone.choose(title)
        if not way:
            self.phone.wait_for(lambda message: bool(message["options"]))
            self.phone.send_text(choices.PERSON)
        # The assistant has said that a person comes, before the case is told
        self.phone.wait_text("atendente")
        self.phone.send_text(words.asked(self.coming.queue, self.rnd))
        self.phone.wait_text(HELLO, AGENT_SECONDS)
        self.phone.read()
        self._talk()
        return "served"

    def _talk(self) -> None:
        """Answer the agent, and the survey at the end."""
        if self.rnd.random() < 0.6:
            self.phone.send_text(self.rnd.choice(words.REPLIES))
        survey = self.phone.wait_for(lambda message: len(message["options"]) == 4, AGENT_SECONDS)
        if self.coming.rating:
            option = survey["options"][RATING_WORDS[self.coming.rating]]
            self.phone.send_option(option["id"], option["title"])
