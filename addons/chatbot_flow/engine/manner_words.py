# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The default small-talk rows of every flow: phrases and replies.

These rows apply unless a flow overrides them. Words are written as people read them in the table;
they are compared without accents, case, articles and stretched letters, and polite words around
them are ignored (see :mod:`chatbot_flow.engine.manner_matching`).
"""

from __future__ import annotations

from typing import Any

#: The effect on the conversation after the reply
REPEAT, STAY, SKIP, AGENT, CANCEL, END = "repeat", "stay", "skip", "agent", "cancel", "end"
STATES = (REPEAT, STAY, SKIP, AGENT, CANCEL, END)

THANKS, OK, GOODBYE, INSULT = "thanks", "ok", "goodbye", "insult"
FOREIGN, PERSON, CANCELS, LACKS = "foreign", "person", "cancel", "lacks"
WHO, LAUGHTER, HELLO, GREETING, SIGNS = "who", "laughter", "hello", "greeting", "signs"
PAUSE = "pause"

#: If a text matches several, the first of these counts
RANK = (
    PERSON, INSULT, FOREIGN, CANCELS, WHO, LACKS, HELLO, GOODBYE, THANKS, PAUSE, OK,
    LAUGHTER, SIGNS,
    GREETING,
)  # fmt: skip

#: The word with which a reply says how to get to a person
PERSON_WORD = "palavra_pessoa"


def _row(
    title: str,
    words: str,
    reply: str = "",
    state: str = REPEAT,
    opens: bool = False,
    tell: bool = False,
    free: bool = True,
) -> dict[str, Any]:
    return {
        "title": title,
        "words": tuple(filter(None, map(str.strip, words.replace("\n", " ").split("|")))),
        "reply": reply,
        "state": state,
        "opens": opens,
        "tell": tell,
        "free": free,
    }


#: name -> row. ``opens``: a protocol is opened when it is the first thing said; ``tell``: the agent
#: is told; ``free``: it counts also where any text would be an answer
USUAL: dict[str, dict[str, Any]] = {
    THANKS: _row(
        "Agradecimento",
        """obrigado | obrigada | obrigadão | muito obrigado | muito obrigada | obg | brigado |
        brigada | valeu | vlw | grato | grata | gratidão | agradeço | agradecido | agradecida |
        deus abençoe | deus te abençoe | deus lhe pague | que deus abençoe | thanks |
        thank you | gracias | tks | obrigado pela atenção | obrigada pela atenção |
        obrigado pela ajuda | obrigada pela ajuda | obrigado de coração | desde já agradeço |
        agradeço desde já | agradeço a atenção | tmj | tamo junto | 🙏 | 👏 | ❤ | 💚 | 💙 | 💛 |
        💜 | 🧡 | 💖 | 🥰 | 😍 | 😘 | 🤗 | 🌹 | 🌷 | 🌻 | 🙌""",
        "Por nada! 😊",
    ),
    OK: _row(
        "Ok, certo",
        """ok | okay | okey | oks | blz | beleza | belezinha | certo | certinho | tá bom |
        tá bem | tá certo | tá ok | tá | está bem | está bom | entendi | entendido | entendo |
        compreendi | combinado | ciente | perfeito | show | show de bola | joia | joinha |
        legal | massa | bacana | top | fechado | tranquilo | suave | de boa | maravilha |
        ótimo | excelente | muito bom | bom | uhum | aham | aguardo | aguardando |
        vou aguardar | fico no aguardo | no aguardo | estou aguardando | 👍 | 👌 | ✅ | 🆗 |
        🤝 | 🫡 | ✔ | ☑ | 🙂 | 😊 | 😉 | 😀 | 😃 | 😄 | 😁 | 😎 | 💪""",
        "Certo! 👍",
        free=False,
    ),
    PAUSE: _row(
        "Pede um momento",
        """um momento | só um momento | um momentinho | um minuto | só um minuto |
        um minutinho | um instante | um segundo | só um segundo | peraí | pera | espera |
        espera aí | espere | calma | calma aí | já volto | volto já | já te respondo |
        já respondo | vou ver | vou procurar | vou olhar | deixa eu ver | deixa eu procurar |
        deixa eu pegar | guenta aí | segura aí | ⏳ | ⌛""",
        "Sem pressa! Quando puder, é só responder. 😊",
        STAY,
        opens=True,
    ),
    GOODBYE: _row(
        "Despedida",
        """tchau | tchauzinho | xau | até mais | até logo | até a próxima | até amanhã |
        até breve | até depois | até | falou | flw | fui | abraço | abraços | beijo | beijos |
        bjs | bom trabalho | bom descanso | bom fim de semana | bom final de semana |
        bom domingo | bom feriado | boa semana | fica com deus | fique com deus | adeus |
        tenha um bom dia | tenha uma boa tarde | tenha uma boa noite | tenham um bom dia | bye |
        👋""",
        "Até mais! 👋",
        CANCEL,
    ),
    INSULT: _row(
        "Ofensa",
        """idiota | idiotas | imbecil | imbecis | seu burro | sua burra | robô burro |
        você é burro | burro demais | seu animal | seu jumento | estúpido | estúpida | otário |
        otária | otários | trouxa | trouxas | retardado | retardada | babaca | babacas | merda |
        merdas | bosta | porra | caralho | cacete | fdp | pqp | vsf | vtnc | vtmnc | tnc |
        filho da puta | filhos da puta | filha da puta | puta que pariu | puta merda | puta |
        vai se foder | vai se fuder | se foder | se fuder | foda-se | fodase | foda |
        vai tomar no cu | tomar no cu | vai pra merda | vai à merda | vai pro inferno |
        vai para o inferno | vai pra puta que pariu | vai catar coquinho | vai pastar |
        vai pro caralho | arrombado | arrombados | desgraçado | desgraçada | desgraçados |
        desgraça | cuzão | cu | vagabundo | vagabunda | vagabundos | safado | safados |
        palhaço | palhaços | canalha | canalhas | inútil | inúteis | seu lixo | robô lixo |
        atendimento lixo | lixo de atendimento | você é um lixo | vocês são um lixo |
        cala a boca | nojento | nojentos | corno | viado | 🖕 | 🤬""",
        "Entendo que algo desagradou, e quero ajudar. Se preferir falar com uma pessoa, escreva "
        f"*{{{PERSON_WORD}}}*.",
        tell=True,
    ),
    FOREIGN: _row(
        "Outra língua",
        """do you speak english | english | english please | i speak english |
        i don't speak portuguese | i do not speak portuguese | no portuguese |
        can we speak english | hablas español | habla español | hablan español | español |
        en español | no hablo portugués | no entiendo portugués | no entiendo |
        parlez vous français | français | je ne parle pas portugais | deutsch | italiano |
        kreyòl | mwen pa pale pòtigè | fala inglês | vocês falam inglês | inglês |
        fala espanhol | vocês falam espanhol""",
        "Este atendimento é em português.",
        opens=True,
    ),
    PERSON: _row(
        "Quer falar com gente",
        """falar com atendente | falar com pessoa | falar com gente | falar com alguém |
        falar com humano | falar com ser humano | falar com funcionário | falar com servidor |
        falar com técnico | falar com responsável | falar com operador | falar com atendimento |
        falar com pessoa de verdade | falar com gente de verdade | falar com alguém de verdade |
        falar com pessoa real | falar com suporte | conversar com atendente |
        conversar com pessoa | conversar com gente | conversar com alguém |
        conversar com humano | chamar atendente | chama atendente | chame atendente |
        chama alguém | chamar alguém | chama uma pessoa | chamar pessoa | chama gente |
        passa para atendente | passe para atendente | passar para atendente |
        passa para alguém | passa para pessoa | transferir para atendente |
        transfere para atendente | transfira para atendente | me transfere | me transfira |
        atendente | atendentes | humano | atendente humano | atendimento humano |
        atendimento humanizado | atendimento pessoal | ser humano | pessoa de verdade |
        gente de verdade | pessoa real | pessoa humana | preciso de atendente |
        quero atendente | quero pessoa | quero gente | quero humano | quero um humano |
        ser atendido por pessoa | ser atendida por pessoa | ser atendido por gente |
        ser atendida por gente | ser atendido por alguém | não quero falar com robô |
        não quero robô | não falo com robô | não quero falar com máquina | não quero máquina |
        não gosto de robô | cansei de robô | alguém pode me atender | quero ser atendido |
        quero ser atendida""",
        state=AGENT,
        opens=True,
    ),
    CANCELS: _row(
        "Desistência",
        """cancelar | cancela | cancelar atendimento | cancelar tudo | cancela tudo | cancelo |
        pode cancelar | cancela isso | cancela aí | deixa pra lá | deixa para lá |
        deixa quieto | deixa | deixa isso | esquece | esqueça | esquece isso | desisto |
        desistir | quero desistir | desisti | não quero mais | não preciso mais |
        não precisa mais | não precisa | mudei de ideia | já resolvi | já resolveu |
        já foi resolvido | já está resolvido | resolvido | já consegui | consegui resolver |
        era engano | foi engano | engano | número errado | mandei errado | mensagem errada |
        era outra pessoa | nada não | nada | não é nada | não era nada | outra hora |
        depois eu volto | volto depois | depois falo | falo depois | não vou continuar |
        não quero continuar | parar | pare | para | pode parar | finalizar | encerra |
        pode encerrar | terminar""",
        "Tudo bem!",
        CANCEL,
    ),
    LACKS: _row(
        "Não tem ou não sabe",
        """não tenho | não tenho e-mail | não possuo | não possuo e-mail | não uso e-mail |
        não tenho cpf | não tenho telefone | não tenho número | não tenho foto | sem e-mail |
        não tenho isso | não sei | não sei meu cpf | não sei o cpf | não sei o e-mail |
        não sei dizer | não sei informar | não sei não | sei não | sei lá | não faço ideia |
        não tenho ideia | não lembro | não me lembro | não lembro agora | não recordo |
        esqueci | não estou com | não está comigo | não tenho aqui | não tenho agora |
        não tenho no momento | não consigo | prefiro não dizer | prefiro não informar |
        prefiro não responder | não quero dizer | não quero informar | não quero responder |
        não quero passar | não vou dizer | não vou informar | não vou passar | não informo |
        não posso informar | não posso dizer | pular | pula | pula essa | passo | próxima |
        nenhum | nenhuma | não existe | não há | não se aplica | nunca tive |
        não mexo com isso | não uso""",
        "Preciso desta informação para continuar. Se você não a tem agora, escreva "
        f"*{{{PERSON_WORD}}}* e uma pessoa da equipe ajuda você.",
        SKIP,
        opens=True,
    ),
    WHO: _row(
        "Quem é você?",
        """quem é você | quem são vocês | quem é | quem fala | quem está falando |
        com quem falo | com quem eu falo | com quem estou falando | qual seu nome |
        qual é seu nome | como você se chama | você é robô | você é um robô | é robô |
        é um robô | isso é um robô | isso é robô | estou falando com robô |
        estou falando com um robô | estou falando com máquina | estou falando com pessoa |
        estou falando com uma pessoa | você é humano | você é uma pessoa | você é pessoa |
        você é gente | você é real | você é de verdade | você é máquina | você é uma máquina |
        você é bot | é bot | é máquina | é gente | é humano | é uma pessoa | é pessoa |
        é inteligência artificial | você é ia | é ia | é chatgpt | de onde é esse número |
        de quem é esse número | que número é esse | quem é esse | é da prefeitura |
        o que você faz""",
        "Sou o assistente virtual deste atendimento: respondo na hora e encaminho o seu pedido. "
        f"Para falar com uma pessoa, escreva *{{{PERSON_WORD}}}*.",
        opens=True,
    ),
    LAUGHTER: _row("Riso", "kkk | haha | hehe | rsrs | lol | 😂 | 🤣 | 😅 | 😆 | 😹 | 🤪 | 😜"),
    HELLO: _row(
        "Tem alguém aí?",
        """alô | tem alguém aí | tem alguém | alguém aí | alguém | cadê você | cadê vocês |
        cadê | oi alguém | ei | ei você | psiu | está aí | você está aí | tá aí |
        vocês estão aí | responde | me responde | me responda | responda | alguém me responde |
        alguém responde | ninguém responde | ninguém vai responder | não vai responder |
        não responde | e aí | e então | continua aí | está me ouvindo | está lendo | recebeu |
        recebeu minha mensagem | e agora | o que faço agora | ? | ??""",
        "Estou aqui! 😊",
        opens=True,
    ),
    GREETING: _row(
        "Cumprimento",
        """oi | olá | opa | oie | bom dia | boa tarde | boa noite | tudo bem | tudo bom |
        tudo certo | como vai | como você está | hello | hi | hola""",
        opens=True,
    ),
    SIGNS: _row("Só emoji ou figurinha", ""),
}

#: Words ignored next to any row's phrases
POLITE = frozenset(
    """por favor | por gentileza | favor | pfv | pfvr | pf | gentileza | senhor | senhora | sr |
    sra | moço | moça | amigo | amiga | querido | querida | meu bem | meu amigo | minha amiga |
    minha filha | meu filho | meu querido | minha querida | meu caro | pessoal | cara | mano |
    véi | gente | viu | né | então | ah | ai | aí | eh | oh | ó | uai | ué | poxa | nossa |
    oxe | eita | puxa | bem | aqui | agora | já | só | mesmo | mesma | tá | muito | muita |
    mas | e | eu | me | te | se | lá | com licença | desculpa | desculpe | desculpa aí | quero |
    queria | gostaria | gostaria de | gostaria que | preciso | precisava | desejo | posso |
    pode | poderia | tem como | dá para | é possível | como faço para | vou | favor me | de |
    do | da | que | ser | sim | tudo | hoje | também | logo | você | vocês | equipe | todos |
    a todos | para todos | para você | para vocês | pela atenção | pela ajuda | desde já |
    por enquanto | por enquanto é só | é só | só isso | era só isso | é só isso""".replace(
        "\n", " "
    ).split("|")
)
#: Words ignored next to this row's phrases only
COMPANY: dict[str, frozenset[str]] = {
    LACKS: frozenset(
        "cpf email telefone celular numero cep endereco data nome cnpj matricula protocolo foto "
        "imagem documento rg senha codigo informacao resposta meu minha seu sua isso esse essa "
        "dele dela nao no nenhum nenhuma cor dizer informar passar dados local bairro rua".split()
    ),
    INSULT: frozenset(
        "seu sua seus suas voce voces e sao um uma uns bando esse essa este esta isso no na vai "
        "vao va tomar para robo bot atendimento sistema porcaria tudo povo merece todo mundo "
        "maldito maldita bunda".split()
    ),
    PERSON: frozenset("com para um atendimento humano robo nao isso outra outro".split()),
    CANCELS: frozenset("isso atendimento pedido tudo obrigado obrigada meu esse conversa".split()),
    HELLO: frozenset("nao ninguem me voce ai aqui".split()),
    WHO: frozenset("e voce por acaso ou humano pessoa robo maquina gente bot".split()),
    FOREIGN: frozenset("please por favor hello hi hola sorry only solo".split()),
}
#: Phrases that are answers where any text is accepted
ANSWERS = frozenset(
    """nenhum | nenhuma | nada | não existe | não há | não se aplica | não tenho | não possuo |
    próxima | para | passo | parar | pare | deixa | terminar | finalizar | resolvido |
    é da prefeitura | é humano | é uma pessoa | é pessoa | é gente | é robô | é um robô |
    é máquina | é bot | não consigo | não uso | não responde | não está comigo |
    não tenho telefone | não tenho foto | não tenho número | sem e-mail | não consigo | até |
    mensagem errada | número errado | não há""".replace("\n", " ").split("|")
)
