# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The bot's own texts in languages other than Portuguese.

Names as in :mod:`chatbot_flow.engine.texts`; missing ones are sent in Portuguese. Other languages
come with the flow (``definition["translations"][language][""]``).
"""

from __future__ import annotations

from .texts_memory import MEMORY_LANGUAGE_TEXTS

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
        "wrong_phone_many": "I found more than one telephone. Write only one, with the area code.",
        "wrong_number": "Please answer with a number only, like this: 12",
        "wrong_number_range": "This number is not accepted here. Please enter {faixa}.",
        "wrong_date": "I could not read the date. Write day, month and year, like this: 05/03/2026",
        "wrong_cpf": "This CPF is not right. Write its 11 digits, like this: 390.533.447-05",
        "wrong_cnpj": (
            "This CNPJ is not right. Write its 14 characters, like this: 16.727.230/0001-97"
        ),
        "wrong_time": "I could not read the time. Write hour and minutes, like this: 14:30",
        "wrong_yes_no": "Please answer yes or no.",
        "wrong_pattern": "The answer is not in the expected form. Check it and write it again.",
        "wrong_choice_list": (
            "I did not find this option. Choose one of the list or write a part of its name."
        ),
        "odd_text": "I received what you sent, but here I need an answer in writing.",
        "odd_list": "I received what you sent, but here I need you to choose one of the options.",
        "stale_ask": (
            "This option belongs to an earlier question. Do you want to change to *{opcao}*? "
            "What you answered after it will be asked again."
        ),
        "stale_go": "Yes, change",
        "stale_keep": "Stay here",
        "guess_ask": "Did you mean one of these?",
        "suggest_ask": "Maybe it is one of these subjects:",
        "see_menu": "See the menu",
        "direct_later": "I will take you there. First I need this answer:",
        "agent": "All right! I will pass you on to a person of our team.",
        "goodbye": "All right, we stop here. Whenever you need us, just send a message. Goodbye!",
        "leave_exit_ask": "Do you want to end this conversation?",
        "leave_exit_yes": "Yes, end it",
        "leave_agent_ask": "Shall I call a person?",
        "leave_agent_yes": "Yes, call",
        "leave_no": "No, go on",
        "more": "More options",
        "before": "Previous options",
        "page": "Page {pagina} of {paginas}",
        "yes": "Yes",
        "no": "No",
        "choice_found": "I found these options:",
        "choice_failed": "I could not look up the options now.",
        "fail_menu": "I did not understand the answers. Let us start again at the main menu.",
        "fail_end": (
            "I did not understand the answers and will stop here. Send a message whenever you want "
            "to start again."
        ),
        "wrong_media": "Please send {tipos}.",
        "wrong_location": (
            "Please send the location with the clip (📎 > Location) or write the address."
        ),
        "wrong_menu": (
            "I did not understand. Choose one of the options of the list or answer with its number."
        ),
        "wrong_choice": "I did not understand. Tap one of the options.",
        "stale_option": "This option belongs to an earlier question.",
        "skipped": "All right, we go on without it.",
        "skip_list": "If you are not sure, choose the option that comes nearest.",
        "small_talk_first": "Whenever you need a service, just write here.",
        "back_none": "This is the first question, there is nothing to go back to.",
        "menu_hint": "0 = main menu · # = back",
        "list_button": "See options",
        "skip": "Skip",
        "done": "Done",
        "media_before": "What you sent before is here.",
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
        "give_up": "I will pass you on to a person of our team.",
        **MEMORY_LANGUAGE_TEXTS["en"],
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
        "wrong_phone_many": "Encontré más de un teléfono. Escriba solo uno, con el código de área.",
        "wrong_number": "Por favor, responda solo con un número, como en este ejemplo: 12",
        "wrong_number_range": "Ese número no se acepta aquí. Indique {faixa}.",
        "wrong_date": "No pude leer la fecha. Escriba día, mes y año, por ejemplo: 05/03/2026",
        "wrong_cpf": "Este CPF no es válido. Escriba sus 11 números, por ejemplo: 390.533.447-05",
        "wrong_cnpj": (
            "Este CNPJ no es válido. Escriba los 14 caracteres, por ejemplo: 16.727.230/0001-97"
        ),
        "wrong_time": "No pude leer la hora. Escriba hora y minutos, por ejemplo: 14:30",
        "wrong_yes_no": "Por favor, responda sí o no.",
        "wrong_pattern": "La respuesta no tiene el formato esperado. Escríbala de nuevo.",
        "wrong_choice_list": (
            "No encontré esa opción. Elija una de la lista o escriba una parte del nombre."
        ),
        "odd_text": "Recibí lo que envió, pero aquí necesito una respuesta por escrito.",
        "odd_list": "Recibí lo que envió, pero aquí necesito que elija una de las opciones.",
        "stale_ask": (
            "Esa opción es de una pregunta anterior. ¿Desea cambiar a *{opcao}*? "
            "Lo que respondió después se preguntará de nuevo."
        ),
        "stale_go": "Sí, cambiar",
        "stale_keep": "Seguir aquí",
        "guess_ask": "¿Quiso decir una de estas opciones?",
        "suggest_ask": "Tal vez sea uno de estos asuntos:",
        "see_menu": "Ver el menú",
        "direct_later": "Ya lo llevo hasta allí. Antes necesito esta respuesta:",
        "agent": "¡De acuerdo! Le paso con una persona de nuestro equipo.",
        "goodbye": "Muy bien, terminamos aquí. Cuando lo necesite, envíe un mensaje. ¡Hasta luego!",
        "leave_exit_ask": "¿Quiere terminar la atención?",
        "leave_exit_yes": "Sí, terminar",
        "leave_agent_ask": "¿Quiere que llame a una persona?",
        "leave_agent_yes": "Sí, llamar",
        "leave_no": "No, continuar",
        "more": "Más opciones",
        "before": "Opciones anteriores",
        "page": "Página {pagina} de {paginas}",
        "yes": "Sí",
        "no": "No",
        "choice_found": "Encontré estas opciones:",
        "choice_failed": "No pude buscar las opciones ahora.",
        "fail_menu": "No entendí las respuestas. Empecemos de nuevo por el menú principal.",
        "fail_end": (
            "No entendí las respuestas y voy a terminar aquí. Cuando quiera, envíe un mensaje para "
            "empezar de nuevo."
        ),
        "wrong_media": "Por favor, envíe {tipos}.",
        "wrong_location": (
            "Por favor, envíe la ubicación con el clip (📎 > Ubicación) o escriba la dirección."
        ),
        "wrong_menu": (
            "No entendí. Elija una de las opciones de la lista o responda con su número."
        ),
        "wrong_choice": "No entendí. Toque una de las opciones.",
        "stale_option": "Esa opción es de una pregunta anterior.",
        "skipped": "Muy bien, seguimos sin eso.",
        "skip_list": "Si no está seguro, elija la opción más parecida a lo que necesita.",
        "small_talk_first": "Cuando necesite un servicio, escriba aquí.",
        "back_none": "Esta es la primera pregunta, no se puede volver.",
        "menu_hint": "0 = menú principal · # = volver",
        "list_button": "Ver opciones",
        "skip": "Omitir",
        "done": "Listo",
        "media_before": "Lo que usted ya envió está aquí.",
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
        "give_up": "Le paso con una persona de nuestro equipo.",
        **MEMORY_LANGUAGE_TEXTS["es"],
    },
}
