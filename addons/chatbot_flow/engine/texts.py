# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The bot's own texts. Each may be replaced by ``definition["texts"]``.

They go to citizens, so they are data in Portuguese. Names in braces are filled in.
"""

from __future__ import annotations

from .texts_memory import MEMORY_NAMES, MEMORY_TEXTS

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
    "wrong_phone_many": "Encontrei mais de um telefone. Escreva só um, com o DDD.",
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
    "odd_text": "Recebi {enviado}, mas aqui preciso de uma resposta por escrito.",
    "odd_list": "Recebi {enviado}, mas aqui preciso que você escolha uma das opções.",
    # an option of an older message
    "stale_option": "Essa opção é de uma pergunta anterior.",
    "stale_ask": (
        "Essa opção é de uma pergunta anterior. Deseja mudar para *{opcao}*? "
        "O que você respondeu depois dela será perguntado de novo."
    ),
    "stale_go": "Sim, mudar",
    "stale_keep": "Continuar aqui",
    # guesses
    "guess_ask": "Você quis dizer uma destas opções?",
    "suggest_ask": "Talvez seja um destes assuntos:",
    "see_menu": "Ver o menu",
    # small talk
    "skipped": "Tudo bem, seguimos sem isso.",
    "skip_list": "Se não tiver certeza, escolha a opção mais parecida com o que você precisa.",
    "small_talk_first": "Quando precisar de um serviço, é só escrever aqui.",
    # moving about
    "back_none": "Esta é a primeira pergunta, não há como voltar.",
    "menu_hint": "0 = menu principal · # = voltar",
    "direct_later": "Já levo você até lá. Antes, preciso desta resposta:",
    "agent": "Certo! Vou passar você para uma pessoa da nossa equipe.",
    "goodbye": (
        "Tudo bem, encerramos por aqui. Quando precisar, é só mandar uma mensagem. Até logo!"
    ),
    "leave_exit_ask": "Você quer encerrar o atendimento?",
    "leave_exit_yes": "Sim, encerrar",
    "leave_agent_ask": "Você quer que eu chame uma pessoa?",
    "leave_agent_yes": "Sim, chamar",
    "leave_no": "Não, continuar",
    "more": "Mais opções",
    "before": "Opções anteriores",
    "page": "Página {pagina} de {paginas}",
    "list_button": "Ver opções",
    # questions
    "skip": "Pular",
    "yes": "Sim",
    "no": "Não",
    "choice_found": "Encontrei estas opções:",
    "choice_failed": "Não consegui buscar as opções agora.",
    "done": "Pronto",
    "media_before": "O que você já enviou está aqui: {arquivos}.",
    "media_more": "Recebido. Envie mais ou toque em Pronto para continuar.",
    "echo": "{anotado}: *{resposta}*",
    "echo_ask": "Anotei: *{resposta}*\nEstá certo?",
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
    "fail_menu": "Não consegui entender as respostas. Vamos recomeçar pelo menu principal.",
    "fail_end": (
        "Não consegui entender as respostas e vou encerrar por aqui. Quando quiser, mande uma "
        "mensagem para recomeçar."
    ),
    "give_up": "Vou passar você para uma pessoa da nossa equipe.",
    **MEMORY_TEXTS,
}

#: Placeholders for the bot's texts besides the flow's own
TEXT_NAMES: dict[str, frozenset[str]] = {
    "wrong_text_short": frozenset({"minimo", "maximo"}),
    "wrong_text_long": frozenset({"minimo", "maximo"}),
    "wrong_number_range": frozenset({"minimo", "maximo", "faixa"}),
    "wrong_media": frozenset({"tipos"}),
    "echo": frozenset({"resposta", "anotado"}),
    "echo_ask": frozenset({"resposta"}),
    "odd_text": frozenset({"enviado"}),
    "odd_list": frozenset({"enviado"}),
    "stale_ask": frozenset({"opcao"}),
    "page": frozenset({"pagina", "paginas"}),
    **MEMORY_NAMES,
    "media_before": frozenset({"arquivos"}),
}

#: Names of received items in "Recebi ..."
SENT_NAMES: dict[str, str] = {
    "image": "a sua foto",
    "video": "o seu vídeo",
    "audio": "o seu áudio",
    "voice": "a sua mensagem de voz",
    "document": "o seu arquivo",
    "sticker": "a sua figurinha",
    "location": "a sua localização",
    "contacts": "o contato",
    "unsupported": "uma mensagem que não consigo abrir",
}

#: Names of accepted answers, by kind of question
NOTED_NAMES: dict[str, str] = {
    "email": "E-mail anotado",
    "phone": "Telefone anotado",
    "cpf": "CPF anotado",
    "cnpj": "CNPJ anotado",
    "number": "Número anotado",
    "date": "Data anotada",
    "time": "Horário anotado",
    "location": "Local anotado",
}

#: Names of media kinds in "Por favor, envie ..."
MEDIA_NAMES: dict[str, str] = {
    "image": "uma foto",
    "video": "um vídeo",
    "audio": "um áudio",
    "voice": "uma mensagem de voz",
    "document": "um documento",
}

#: Words understood besides the options' own (compared without accents and case); yes and no, which
#: have many forms, are in ``yes_no`` of the core
CANCEL_WORDS = ("cancelar", "cancela", "desistir")
SKIP_WORDS = (
    "pular",
    "pula",
    "nao",
    "n",
    "nao tenho",
    "nao tenho email",
    "nao tenho e-mail",
    "nao tenho telefone",
    "nao possuo",
    "nao quero informar",
    "prefiro nao informar",
    "sem",
)
DONE_WORDS = (
    "pronto",
    "prontinho",
    "so isso",
    "e so isso",
    "e so",
    "so esse",
    "so essa",
    "mais nada",
    "nada mais",
    "nao tenho mais",
    "terminei",
    "ja enviei",
    "ja mandei",
    "continuar",
    "ok",
    "acabou",
    "fim",
)
NONE_WORDS = ("nao", "n", "nenhuma", "nenhum", "nenhuma delas", "nenhum deles", "outro", "outra")
#: Words understood everywhere, unless the flow's ``globals`` override them
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
