"""Small talk of people in Brazil, for which no answer is ever taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot_flow.engine.manner_matching import Index, key
from chatbot_flow.engine.manner_words import USUAL

INDEX = Index({name: row["words"] for name, row in USUAL.items()})


def _lines(text):
    return [one for one in (part.strip() for part in text.replace("\n", " ").split("|")) if one]


SAID = {
    "thanks": """obrigado | Obrigada! | OBRIGADO!!! | obrigadaaaa | obrigadoooo |
        muito obrigado | mto obrigada | mt obg | obg | obgd | brigada | brigado | Brigadão |
        brigadinha | valeu | Valeu! | valeuuu | vlw | VLW | vlw mano | valeu cara |
        valeu meu querido | muito obrigada mesmo | obrigado viu | tá obrigado | ok obrigado |
        certo, obrigada | blz valeu | grata | Gratidão | agradeço | agradecida | deus abençoe |
        Deus te abençoe | deus lhe pague | thanks | thank you | gracias |
        obrigado por enquanto | então obrigado | obrigado bom dia | bom dia obrigada |
        obrigado pela atenção | obrigada pela ajuda | 🙏 | 🙏🏽 | 🙏🙏🙏 | ❤️ | ❤ | 👏👏 | 😍 | 🥰 |
        obrigada 🙏 | valeu 👍 | obrigado kkkk | tmj | desde já agradeço | obrigado a todos |
        obrigada moça | obrigado senhor | ah obrigado""",
    "ok": """ok | OK | Ok! | okay | oks | blz | Blz! | blza | beleza | belezaaaa | certo |
        certinho | tá bom | ta bom | tá | tá certo | ta ok | está bem | entendi | Entendido |
        combinado | ciente | perfeito | show | show de bola | joia | joinha | legal | massa |
        top | fechado | tranquilo | suave | de boa | maravilha | uhum | aham | aguardo |
        vou aguardar | fico no aguardo | aguardando | 👍 | 👍🏻 | 👍🏿 | 👌 | ✅ | 👍👍 |
        🤝 | ok então | então tá bom | tá bem então | ok por favor | 😊 | 😉""",
    "goodbye": """tchau | Tchau! | tchauuu | xau | até mais | Até logo! | até amanhã |
        até a próxima | falou | flw | fui | abraço | abraços | bjs | beijos | bom trabalho |
        bom fim de semana | fica com deus | boa semana | tchau obrigado | obrigada, até mais |
        valeu, falou | tchau tchau | 👋 | adeus | tenha um bom dia""",
    "insult": """idiota | seu idiota | sua idiota | vocês são uns idiotas | bando de idiotas |
        imbecil | vai se foder | VAI SE FODER | vai se fuder | vsf | vtnc | fdp |
        filho da puta | seus filhos da puta | puta que pariu | pqp | merda | que merda |
        que merda de atendimento | merda de robô | bosta | porra | caralho | cala a boca |
        vai tomar no cu | vai pro inferno | seu lixo | vocês são um lixo | palhaços |
        bando de palhaços | vagabundos | babaca | otários | seu burro | robô burro | inúteis |
        desgraçados | 🖕 | 🖕🏽 | 🤬 | arrombado | que porra é essa""",
    "person": """atendente | quero falar com um atendente | Eu quero falar com uma pessoa |
        quero falar com gente | queria falar com alguém por favor |
        gostaria de falar com um atendente | falar com humano | quero falar com um ser humano |
        falar com funcionário | preciso falar com alguém | me passa para um atendente |
        passa pra um atendente | me transfere para um atendente | pode chamar um atendente? |
        chama alguém | chama um atendente aí | atendimento humano | humano por favor |
        quero um humano | quero gente de verdade | quero falar com uma pessoa de verdade |
        não quero falar com robô | não quero falar com máquina |
        tem como falar com um atendente? | posso falar com alguém? |
        dá pra falar com uma pessoa? | ser atendido por uma pessoa |
        quero ser atendida por gente | bom dia, quero falar com um atendente |
        obrigado mas quero falar com uma pessoa | seu burro quero falar com atendente |
        conversar com alguém""",
    "cancel": """cancelar | cancela | quero cancelar | pode cancelar | cancela isso |
        cancelar por favor | deixa pra lá | deixa pra la | deixa quieto | esquece | esqueça |
        desisto | desisti | não quero mais | nao quero mais | não precisa mais |
        não precisa, obrigado | mudei de ideia | já resolvi | já consegui | foi engano |
        era engano | número errado | mandei errado | depois eu volto | nada não |
        não quero continuar | quero desistir | cancelar tudo""",
    "lacks": """não tenho | não tenho e-mail | nao tenho email | não tenho e-mail não |
        n tenho email | não possuo e-mail | não uso e-mail | eu não tenho e-mail | não sei |
        nao sei | não sei não | sei lá | não sei meu cpf | não sei o cpf | não sei de cor |
        não lembro | não me lembro | não lembro meu cpf | não lembro agora | esqueci |
        esqueci meu cpf | não faço ideia | não tenho ideia | prefiro não dizer |
        prefiro não informar | não quero informar | não quero dizer | não vou informar meu cpf |
        não tenho aqui | não tenho foto | não tenho cpf | nao tenho no momento |
        não posso informar | pular | pula essa""",
    "who": """quem é você? | quem é vc | quem são vocês? | vc é um robô? | você é robô |
        é um robô? | isso é um robô? | estou falando com um robô? | com quem eu falo? |
        com quem estou falando? | quem fala? | qual é o seu nome? | você é humano? |
        você é uma pessoa? | você é real? | vc eh robo? | é ia? | de onde é esse número? |
        oi, quem é você?""",
    "laughter": """kkk | kkkk | kkkkkkkkk | haha | hahaha | hahahaha | hehe | rsrs | rsrsrs |
        😂 | 🤣🤣 | kkk 😂 | HAHAHA""",
    "hello": """alô | alô? | tem alguém aí? | tem alguém? | alguém aí | cadê vocês? |
        cadê você | ? | ?? | ??? | me responde | responde | alguém me responde |
        ninguém responde | e aí? | boa noite, tem alguém? | oi, tem alguém aí? | você está aí? |
        psiu | ei""",
    "greeting": """oi | Oi! | oiii | oie | olá | opa | bom dia | Boa tarde! | boa noite |
        oi bom dia | oi, tudo bem? | tudo bem? | bom dia, tudo bem? | olá boa tarde | como vai""",
    "pause": """um momento | só um momento | só um minuto | um minutinho | peraí | espera aí |
        espera | já volto | um instante por favor | calma aí | deixa eu ver""",
    "foreign": "do you speak english? | English please | hablas español? | no hablo portugués | "
    "I don't speak portuguese",
    "signs": "🐶 | 🍀🍀 | 🚗",
}  # fmt: skip

ANSWERS_TO_SOMETHING = _lines(
    """Maria da Silva | João Pessoa | Valéria | Valeu da Silva | Graça | Maria das Graças |
    Obrigado da Luz | Dona Beleza | Canela | Cancela Alta | Rua do Tchau | Bela Vista |
    Bom Jesus | Boa Esperança | Bom Sucesso | Rua Bom Dia 45 | Linda | Jesus | Juju | Ana |
    Kaká | Otto | Hana | Kika | Lolo | RS | rs | SP | MG | lixo | burro | animal morto na rua |
    lixo na calçada | merda de cachorro na praça | buraco | luz | poste |
    a impressora não imprime | obrigada, mas ainda não funciona |
    ok, a rua é essa: rua das flores 10 | quero cancelar o IPTU |
    cancelar o agendamento da consulta | não tenho água em casa | não tenho luz desde ontem |
    não sei abrir o chamado no sistema | não consigo entrar no sistema |
    esqueci a senha do e-mail da prefeitura | tem alguém jogando lixo aqui |
    quem é o responsável pela obra da rua 7 | oi quero saber do iptu |
    bom dia, minha rua está sem luz | atendente foi grosseira comigo ontem |
    o robô não entende nada do que eu digo | meu nome é Carlos | sim | não | n | s | 1 | 2 |
    10 | 390.533.447-05 | maria@exemplo.com.br | (31) 98888-7777 | 05/03/2026 | 14:30 |
    pessoa jurídica | pessoa física | gente | alguém roubou a placa | para a rua de cima |
    ok google | legalização de obra | certo ou errado? | beleza é o nome da loja |
    show na praça amanhã | passo na faixa todo dia | nada funciona na escola |
    nenhum médico no posto | resolvido ontem, voltou hoje | I love pizza | hotel | mouse |
    notebook e mouse | wifi | e-mail | internet | abc"""
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"), [(text, name) for name, texts in SAID.items() for text in _lines(texts)]
)
def test_small_talk_is_known_for_what_it_is(text, name):
    found = INDEX.find(text)
    assert found and found.name == name


@pytest.mark.parametrize("text", ANSWERS_TO_SOMETHING)
def test_an_answer_is_no_small_talk(text):
    assert INDEX.find(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "João Pessoa",
        "o prefeito",
        "a prefeita",
        "Canela",
        "Amanda",
        "Germano",
        "Obrigada Luz",
        "Cancelo",
    ],
)
def test_names_and_places_are_not_taken_for_a_typo(text):
    found = INDEX.find(text, typos=True)
    assert found is None or INDEX.find(text) is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [("obrigdao", "thanks"), ("obrigaado", "thanks"), ("atendnte", "person"),
     ("falar com atendnte", "person"),
     ("atendemte", "person"), ("cancelr", "cancel"), ("obirgado", "thanks")],
)  # fmt: skip
def test_one_letter_may_be_wrong_where_nothing_else_fits(text, name):
    assert INDEX.find(text, typos=True).name == name


@pytest.mark.parametrize("text", ["ok?", "obrigado?", "kkk?", "certo?"])
def test_a_question_is_no_agreement_and_no_thanks(text):
    assert INDEX.find(text) is None


def test_every_word_of_the_usual_table_is_found_in_its_own_row():
    for name, row in USUAL.items():
        for word in row["words"]:
            if word:
                assert INDEX.find(word).name == name, word


def test_no_phrase_of_the_table_is_a_plain_answer():
    plain = {"sim", "nao", "s", "n", "e", "que", "1", "de", ""}
    for row in USUAL.values():
        assert plain.isdisjoint(key(word) for word in row["words"] if any(map(str.isalnum, word)))


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text):
    found = INDEX.find(text) or INDEX.find(text, typos=True)
    assert found is None or found.name in USUAL


@given(
    st.sampled_from([one for one in _lines(SAID["thanks"]) if one[0].isalpha()]),
    st.sampled_from(["", "!", "!!!", " 🙏", "...", " kkkk"]),
)
def test_thanks_stay_thanks_with_signs_behind_them(text, more):
    assert INDEX.find(text + more).name == "thanks"


@given(
    st.sampled_from(_lines(SAID["person"])),
    st.sampled_from(["oi ", "bom dia, ", "por favor ", "ok, "]),
)
def test_who_wants_a_person_gets_one_however_it_is_begun(text, before):
    assert INDEX.find(before + text).name == "person"
