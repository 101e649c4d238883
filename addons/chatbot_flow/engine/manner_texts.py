# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Replies of the default small-talk rows in languages other than Portuguese."""

from __future__ import annotations

from .manner_words import PERSON_WORD

REPLIES: dict[str, dict[str, str]] = {
    "en": {
        "thanks": "You are welcome! 😊",
        "ok": "All right! 👍",
        "pause": "Take your time! Answer whenever you can. 😊",
        "goodbye": "See you! 👋",
        "insult": (
            "I can see that something went wrong, and I want to help. To talk to a person, write "
            f"*{{{PERSON_WORD}}}*."
        ),
        "foreign": "We speak your language here.",
        "cancel": "All right!",
        "lacks": (
            "I need this to go on. If you do not have it now, write "
            f"*{{{PERSON_WORD}}}* and somebody of our team will help you."
        ),
        "who": (
            "I am this service's virtual assistant: I answer at once and pass your request on. To "
            f"talk to a person, write *{{{PERSON_WORD}}}*."
        ),
        "hello": "I am here! 😊",
    },
    "es": {
        "thanks": "¡De nada! 😊",
        "ok": "¡De acuerdo! 👍",
        "pause": "¡Sin prisa! Responda cuando pueda. 😊",
        "goodbye": "¡Hasta luego! 👋",
        "insult": (
            "Veo que algo no salió bien, y quiero ayudar. Para hablar con una persona, escriba "
            f"*{{{PERSON_WORD}}}*."
        ),
        "foreign": "Aquí hablamos su idioma.",
        "cancel": "¡Muy bien!",
        "lacks": (
            "Necesito este dato para continuar. Si ahora no lo tiene, escriba "
            f"*{{{PERSON_WORD}}}* y una persona del equipo le ayudará."
        ),
        "who": (
            "Soy el asistente virtual de este servicio: respondo al instante y envío su solicitud. "
            f"Para hablar con una persona, escriba *{{{PERSON_WORD}}}*."
        ),
        "hello": "¡Aquí estoy! 😊",
    },
}
