"""What the robot says by itself in the languages that citizens choose besides Portuguese.

Names as in :mod:`chatbot_flow.engine.texts`; what is missing is said in Portuguese. Other languages
come with the flow (``definition["translations"][language][""]``).
"""

from __future__ import annotations

LANGUAGE_TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "wrong_text": "Please answer with a text message.",
        "wrong_text_short": "That is too short. Please write at least {minimo} characters.",
        "wrong_text_long": "That is too long. Please write up to {maximo} characters.",
        "wrong_email": "I could not read the e-mail. Write it like this: maria.silva@example.com",
        "wrong_phone": (
            "I could not read the telephone number. Write it with the area code, like this: "
            "(31) 98888-7777"
        ),
        "wrong_number": "Please answer with a number only, like this: 12",
        "wrong_number_range": "This number is not accepted here. Please enter {faixa}.",
        "wrong_date": "I could not read the date. Write day, month and year, like this: 05/03/2026",
        "wrong_media": "Please send {tipos}.",
        "wrong_location": (
            "Please send the location with the clip (📎 > Location) or write the address."
        ),
        "wrong_menu": (
            "I did not understand. Choose one of the options of the list or answer with its number."
        ),
        "wrong_choice": "I did not understand. Tap one of the options.",
        "stale_option": "This option belongs to an earlier question.",
        "back_none": "This is the first question, there is nothing to go back to.",
        "menu_hint": "0 = main menu · # = back",
        "list_button": "See options",
        "skip": "Skip",
        "done": "Done",
        "media_more": "Received. Send more or tap Done to go on.",
        "echo": "You wrote: *{resposta}*",
        "echo_ask": "You wrote: *{resposta}*\nIs that right?",
        "echo_yes": "Yes",
        "echo_no": "No, correct it",
        "echo_again": "All right, let us correct it.",
        "confirm_yes": "Confirm",
        "confirm_change": "Correct",
        "confirm_cancel": "Cancel",
        "change_ask": "What would you like to correct?",
        "pause": "Just a moment, I will go on.",
        "silence_remind": "Are you still there? Answer, please, so that we can go on.",
        "silence_end": ("As there was no answer, I will stop here. Write again whenever you like."),
        "wait": "One moment, please. I am still registering your request.",
        "give_up": "I will call a person to help you.",
    },
    "es": {
        "wrong_text": "Por favor, responda con un mensaje de texto.",
        "wrong_text_short": (
            "La respuesta es demasiado corta. Escriba por lo menos {minimo} caracteres."
        ),
        "wrong_text_long": "La respuesta es demasiado larga. Escriba hasta {maximo} caracteres.",
        "wrong_email": (
            "No pude leer el correo. Escríbalo como en este ejemplo: maria.silva@ejemplo.com"
        ),
        "wrong_phone": (
            "No pude leer el teléfono. Escríbalo con el código de área, como en este ejemplo: "
            "(31) 98888-7777"
        ),
        "wrong_number": "Por favor, responda solo con un número, como en este ejemplo: 12",
        "wrong_number_range": "Ese número no se acepta aquí. Indique {faixa}.",
        "wrong_date": "No pude leer la fecha. Escriba día, mes y año, por ejemplo: 05/03/2026",
        "wrong_media": "Por favor, envíe {tipos}.",
        "wrong_location": (
            "Por favor, envíe la ubicación con el clip (📎 > Ubicación) o escriba la dirección."
        ),
        "wrong_menu": (
            "No entendí. Elija una de las opciones de la lista o responda con su número."
        ),
        "wrong_choice": "No entendí. Toque una de las opciones.",
        "stale_option": "Esa opción es de una pregunta anterior.",
        "back_none": "Esta es la primera pregunta, no se puede volver.",
        "menu_hint": "0 = menú principal · # = volver",
        "list_button": "Ver opciones",
        "skip": "Omitir",
        "done": "Listo",
        "media_more": "Recibido. Envíe más o toque Listo para continuar.",
        "echo": "Usted escribió: *{resposta}*",
        "echo_ask": "Usted escribió: *{resposta}*\n¿Es correcto?",
        "echo_yes": "Sí",
        "echo_no": "No, corregir",
        "echo_again": "De acuerdo, vamos a corregirlo.",
        "confirm_yes": "Confirmar",
        "confirm_change": "Corregir",
        "confirm_cancel": "Cancelar",
        "change_ask": "¿Qué desea corregir?",
        "pause": "Un momento, ya continúo.",
        "silence_remind": "¿Sigue ahí? Responda para que podamos continuar.",
        "silence_end": ("Como no recibí respuesta, termino aquí. Escriba de nuevo cuando quiera."),
        "wait": "Un momento, por favor. Todavía estoy registrando su solicitud.",
        "give_up": "Voy a llamar a una persona para que le ayude.",
    },
}
