# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The bot's texts about remembered data, in each language.

Names as in :mod:`chatbot_flow.engine.texts`.
"""

from __future__ import annotations

MEMORY_TEXTS: dict[str, str] = {
    # names
    "wrong_name": "Não entendi como um nome. Escreva só o seu nome, por exemplo: Maria da Silva",
    "name_ask": "Posso chamar você de *{resposta}*?",
    "name_yes": "Sim",
    "name_no": "Não, corrigir",
    # what is known
    "known_name_ask": "Você é *{resposta}*?",
    "known_name_yes": "Sim",
    "known_name_no": "Não, outra pessoa",
    "known_other": "Tudo bem! Então vou perguntar de novo.",
    "known_ask": "Você já informou: *{resposta}*\nContinua assim?",
    "known_yes": "Sim",
    "known_no": "Não, mudou",
    # the first words
    "first_ask": (
        "Anotei o que você já contou: “{resposta}”\n\n"
        "Quer acrescentar alguma coisa? Escreva aqui, ou toque em *Não, é só isso*."
    ),
    "first_done": "Não, é só isso",
    "first_again": "Escrever de novo",
    "first_add": "Pode escrever, eu acrescento.",
    "first_later": "Anotei o que você contou, já falamos disso.",
    "first_media": "Anotei: {arquivos}.",
    "first_media_more": "Já guardei: {arquivos}. Envie mais ou toque em Pronto para continuar.",
    "first_media_later": "Guardei {enviado} junto com o seu pedido.",
    # interrupted conversations
    "resume_ask": (
        "Olá de novo! 👋 Da última vez falávamos de *{assunto}*, e ficou pela metade.\n"
        "Quer continuar de onde parou?\n\nO protocolo deste atendimento é *{protocolo}*."
    ),
    "resume_ask_plain": (
        "Olá de novo! 👋 Da última vez o seu atendimento ficou pela metade.\n"
        "Quer continuar de onde parou?\n\nO protocolo deste atendimento é *{protocolo}*."
    ),
    "resume_yes": "Continuar",
    "resume_no": "Começar de novo",
    "resume_going": "Certo, vamos continuar de onde paramos.",
}

MEMORY_NAMES: dict[str, frozenset[str]] = {
    "name_ask": frozenset({"resposta"}),
    "known_name_ask": frozenset({"resposta"}),
    "known_ask": frozenset({"resposta"}),
    "first_ask": frozenset({"resposta"}),
    "first_media": frozenset({"arquivos"}),
    "first_media_more": frozenset({"arquivos"}),
    "first_media_later": frozenset({"enviado"}),
    # the caller passes the number with the interrupted state
    "resume_ask": frozenset({"assunto", "protocolo"}),
    "resume_ask_plain": frozenset({"protocolo"}),
}

MEMORY_LANGUAGE_TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "wrong_name": "I could not read a name. Write only your name, like this: Maria da Silva",
        "name_ask": "May I call you *{resposta}*?",
        "name_yes": "Yes",
        "name_no": "No, correct it",
        "known_name_ask": "Are you *{resposta}*?",
        "known_name_yes": "Yes",
        "known_name_no": "No, someone else",
        "known_other": "All right! Then let me ask again.",
        "known_ask": "You told us before: *{resposta}*\nIs that still right?",
        "known_yes": "Yes",
        "known_no": "No, it changed",
        "first_ask": (
            "I noted what you already told me: “{resposta}”\n\n"
            "Would you like to add anything? Write it here, or tap *No, that is all*."
        ),
        "first_done": "No, that is all",
        "first_again": "Write it again",
        "first_add": "Go ahead, I will add it.",
        "first_later": "I noted what you told me, we will come to it.",
        "first_media": "I noted: {arquivos}.",
        "first_media_more": "I have already kept: {arquivos}. Send more, or tap Done to go on.",
        "first_media_later": "I kept what you sent with your request.",
        "resume_ask": (
            "Hello again! 👋 Last time we were talking about *{assunto}* and did not finish.\n"
            "Shall we go on from there?\n\nThe number of this conversation is *{protocolo}*."
        ),
        "resume_ask_plain": (
            "Hello again! 👋 Last time we did not finish.\n"
            "Shall we go on from there?\n\nThe number of this conversation is *{protocolo}*."
        ),
        "resume_yes": "Go on",
        "resume_no": "Start again",
        "resume_going": "All right, let us go on from there.",
    },
    "es": {
        "wrong_name": "No pude leer un nombre. Escriba solo su nombre, por ejemplo: Maria da Silva",
        "name_ask": "¿Puedo llamarle *{resposta}*?",
        "name_yes": "Sí",
        "name_no": "No, corregir",
        "known_name_ask": "¿Usted es *{resposta}*?",
        "known_name_yes": "Sí",
        "known_name_no": "No, otra persona",
        "known_other": "¡De acuerdo! Entonces pregunto de nuevo.",
        "known_ask": "Ya nos informó: *{resposta}*\n¿Sigue siendo así?",
        "known_yes": "Sí",
        "known_no": "No, cambió",
        "first_ask": (
            "Anoté lo que ya contó: “{resposta}”\n\n"
            "¿Quiere agregar algo? Escríbalo aquí, o toque *No, es solo eso*."
        ),
        "first_done": "No, es solo eso",
        "first_again": "Escribir de nuevo",
        "first_add": "Puede escribir, yo lo agrego.",
        "first_later": "Anoté lo que contó, ya llegaremos a eso.",
        "first_media": "Anoté: {arquivos}.",
        "first_media_more": "Ya guardé: {arquivos}. Envíe más o toque Listo para continuar.",
        "first_media_later": "Guardé lo que envió junto con su pedido.",
        "resume_ask": (
            "¡Hola de nuevo! 👋 La última vez hablábamos de *{assunto}* y quedó a medias.\n"
            "¿Quiere continuar donde quedamos?\n\nEl número de esta atención es *{protocolo}*."
        ),
        "resume_ask_plain": (
            "¡Hola de nuevo! 👋 La última vez su atención quedó a medias.\n"
            "¿Quiere continuar donde quedamos?\n\nEl número de esta atención es *{protocolo}*."
        ),
        "resume_yes": "Continuar",
        "resume_no": "Empezar de nuevo",
        "resume_going": "Muy bien, continuemos donde quedamos.",
    },
}
