"""What the robot says by itself. Every text may be replaced by ``definition["texts"]``.

They go to citizens, so they are data in Portuguese. Names in braces are filled in.
"""

from __future__ import annotations

DEFAULT_TEXTS: dict[str, str] = {
    # wrong answers, by kind of question
    "wrong_text": "Por favor, responda com uma mensagem de texto.",
    "wrong_text_short": "A resposta ficou curta demais. Escreva pelo menos {minimo} caracteres.",
    "wrong_text_long": "A resposta ficou longa demais. Escreva em até {maximo} caracteres.",
    "wrong_email": (
        "Não consegui ler o e-mail. Escreva como neste exemplo: maria.silva@exemplo.com.br"
    ),
    "wrong_phone": (
        "Não consegui ler o telefone. Escreva com o DDD, como neste exemplo: (31) 98888-7777"
    ),
    "wrong_number": "Por favor, responda só com um número, como neste exemplo: 12",
    "wrong_number_range": "O número informado não é aceito aqui. Informe {faixa}.",
    "wrong_date": "Não consegui ler a data. Escreva dia, mês e ano, como neste exemplo: 05/03/2026",
    "wrong_cpf": "Este CPF não confere. Escreva os 11 números, como neste exemplo: 390.533.447-05",
    "wrong_cnpj": (
        "Este CNPJ não confere. Escreva os 14 caracteres, como neste exemplo: 16.727.230/0001-97"
    ),
    "wrong_time": "Não consegui ler a hora. Escreva hora e minutos, como neste exemplo: 14:30",
    "wrong_yes_no": "Por favor, responda com sim ou não.",
    "wrong_pattern": "A resposta não está no formato esperado. Confira e escreva de novo.",
    "wrong_choice_list": (
        "Não encontrei essa opção. Escolha uma da lista ou escreva uma parte do nome."
    ),
    "wrong_media": "Por favor, envie {tipos}.",
    "wrong_location": (
        "Por favor, envie a localização pelo clipe (📎 > Localização) ou escreva o endereço."
    ),
    "wrong_menu": "Não entendi. Escolha uma das opções da lista ou responda com o número dela.",
    "wrong_choice": "Não entendi. Toque em uma das opções.",
    "stale_option": "Essa opção é de uma pergunta anterior.",
    # moving about
    "back_none": "Esta é a primeira pergunta, não há como voltar.",
    "menu_hint": "0 = menu principal · # = voltar",
    "list_button": "Ver opções",
    # questions
    "skip": "Pular",
    "done": "Pronto",
    "media_more": "Recebido. Envie mais ou toque em Pronto para continuar.",
    "echo": "Você informou: *{resposta}*",
    "echo_ask": "Você informou: *{resposta}*\nEstá certo?",
    "echo_yes": "Sim",
    "echo_no": "Não, corrigir",
    "echo_again": "Tudo bem, vamos corrigir.",
    # confirmation
    "confirm_yes": "Confirmar",
    "confirm_change": "Corrigir",
    "confirm_cancel": "Cancelar",
    "change_ask": "O que você deseja corrigir?",
    # pauses and silence
    "pause": "Só um instante, eu já continuo.",
    "silence_remind": "Você ainda está aí? Responda para continuarmos o atendimento.",
    "silence_end": (
        "Como não recebi resposta, vou encerrar por aqui. Quando quiser, é só escrever de novo."
    ),
    # trouble
    "wait": "Um momento, por favor. Ainda estou registrando o seu pedido.",
    "give_up": "Vou chamar uma pessoa para ajudar você.",
}

#: Names that a text of the robot may use besides the flow's own
TEXT_NAMES: dict[str, frozenset[str]] = {
    "wrong_text_short": frozenset({"minimo", "maximo"}),
    "wrong_text_long": frozenset({"minimo", "maximo"}),
    "wrong_number_range": frozenset({"minimo", "maximo", "faixa"}),
    "wrong_media": frozenset({"tipos"}),
    "echo": frozenset({"resposta"}),
    "echo_ask": frozenset({"resposta"}),
}

#: How kinds of media are called in "Por favor, envie ..."
MEDIA_NAMES: dict[str, str] = {
    "image": "uma foto",
    "video": "um vídeo",
    "audio": "um áudio",
    "voice": "uma mensagem de voz",
    "document": "um documento",
}

#: Words understood besides the options' own (compared without accents and case)
YES_WORDS = ("sim", "s", "ok", "certo", "correto", "isso", "confirmo", "confirmar", "esta certo")
NO_WORDS = ("nao", "n", "errado", "corrigir", "incorreto", "alterar")
CANCEL_WORDS = ("cancelar", "cancela", "desistir")
SKIP_WORDS = ("pular", "nao tenho", "nao", "sem", "pula")
DONE_WORDS = ("pronto", "so isso", "continuar", "ok", "acabou", "fim")
#: What is understood everywhere, where the flow's ``globals`` do not say otherwise
GLOBAL_WORDS: dict[str, tuple[str, ...]] = {
    "menu": ("0", "menu", "menu principal", "inicio"),
    "back": ("#", "voltar", "volta"),
    "agent": (
        "atendente",
        "falar com atendente",
        "falar com um atendente",
        "falar com uma pessoa",
        "atendimento humano",
        "humano",
    ),
    "exit": ("sair", "encerrar", "encerrar atendimento"),
}
