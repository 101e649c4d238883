"""Short answers as many people type them: yes and no, and the survey's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact_center.core import everyday, survey, yes_no

YES = """
Sim. | SIM | sim!!! | Sim, por favor. | simm | Siiiimmm | sim sim | siim pfv | s | S. | ss |
Sím | sim senhora | Sim senhor | sim moça | sim, obrigado | sim isso | Sim isso mesmo |
isso sim | aham | ahã | uhum | arrã | unrum | ok | OK! | Okay | oks | okk | Ok obrigado | blz
| bele | tá | tá bom | ta ok | tá certo | Está certo | Está correto sim | correto |
corretíssimo | exato | Exatamente isso | claro | claro q sim | Claro!! | com certeza |
Com certeza 👍 | cm certeza | ctz | vdd | verdade | isso | isso ae | isso aí | é isso aí | éh |
é | e isso msm | isso msm | pode | pode sim | pode ser | pode ser sim por favor | podi |
positivo | afirmativo | quero | quero sim | sim quero | Sim eu quero | sim, quero sim |
sim, está correto | sim, esta tudo certo | Tudo certo, pode continuar | confirmo |
confirmado ✅ | 👍 | 👍🏾 | 👍👍👍 | ✅ | 👌🏻 | 🙏👍 | ☑️ | sim 🙏🏼 | “Sim” |
'sim' | *sim* | _Sim_ |
~sim~ | `sim` | > sim | 1 - sim | 1) Sim | 1. Sim | sim (1) | (x) sim | [x] Sim | - sim |
• Sim | sim né | é sim | Sim, moro | sim uai | uai sim | oxe sim | opa, sim | opa sim |
Opa! Claro | yes | Yess | si | sii | yep | aceito | Aceito os termos | concordo | de acordo |
Li e concordo | li e aceito | ciente e de acordo | sim concordo | sim aceito | autorizo |
sim autorizo | eu autorizo | permito | bora | fechou | suave | tranquilo | show | top |
perfeito | Perfeito, obrigada | isto | isto mesmo | exatamente | certinho | Certinho moça |
sim sou eu | sou eu | sou | sou sim | moro sim | é esse | é esse mesmo | esse mesmo |
essa mesma | é meu | é meu sim | é o meu | sim é meu | Sim. Obrigado. Bom dia | bom dia, sim |
Boa tarde, sim por favor | simmmm 😊 | sim 😉 | Sim 🤗 | sim❤️ |
Sim🙏🏻🙏🏻 | tenho | tenho sim | já
| já sim | ja fiz sim | Sim, já fiz | recebi | recebi sim | resolveu sim | sim resolveu |
foi resolvido | Foi sim | sim foi | quero continuar | desejo continuar | pode prosseguir |
prosseguir | com toda certeza | sem dúvida | sim, por gentileza | sim pode | sim, pode abrir |
pode abrir sim | pode fazer | pode mandar sim | manda | vamos | 👍sim | sim👍 | SIM SENHOR |
simsim | sim!! | Sim, | ...sim | sim… | Sim – | sim ✔️ | 🆗 | ta bem | tá joia | jóia | certeza
| lógico | obvio | óbvio | É claro | mas claro | aham sim | hum rum | humhum | uhumm |
sim sim sim | Simmm por favorr | ssim | Sim ta certo | yes sir | de boa | beleza pode ser |
Sim, gostaria | gostaria sim | eu gostaria | com prazer | sim obg | sim vlw | Sim, 👍🏽 | 👍 ok |
ok 👌 | confirma | confirmar | Sim confirmo | dados corretos | os dados estão corretos |
estão corretos | está tudo certo | esta td certo | td certo | tudo correto | tudo ok | td ok |
tdo certo | ta td certo | correto, pode seguir
"""
NO = """
Não | nao | NÃO | n | N. | nn | nãoo | naoooo | nao! | não não | nao obrigado | Não, obrigada!
| não quero | n quero | nao qro | nem | nem pensar | nunca | jamais | negativo | nops | nope |
naum | nãum | ñ | Ñ | ñ quero | não senhora | Não moça | não é | não é isso | não é esse |
nao é meu | não está certo | não ta correto | ta errado | está errado | incorreto |
tudo errado | errada | 👎 | 👎🏽 | ❌ | não 😔 | *não* | “Não” | 2 - não | 2) Não | não sou |
não sou eu | não tenho | tenho não | num tenho | num quero | quero não | precisa não |
não precisa | não precisa obrigado | obrigado, não | bom dia, não | de jeito nenhum |
de jeito maneira | por enquanto não | agora não | ainda não | hj não | deixa quieto |
deixa pra lá | não confirmo | não concordo | não aceito | discordo | não autorizo | n autorizo
| nao mesmo | claro que não | claro q n | com ctz não | lógico que não | não!!!! 😡 |
não resolveu | nao foi resolvido | não recebi | recebi não | nada | nenhum | nenhuma |
não moro | não, moro em outra cidade | n moro | noo | nãoo obg | nao vlw | tô fora | dispenso
| não necessário | não, tchau | não, só isso | não só isso mesmo | só isso mesmo não |
não, era só isso | não mais nada | nada mais | nao, obg 🙏 | não, valeu | num é | né não |
é não | não é não | 🚫 | ✖️ | não desejo | não gostaria | melhor não | prefiro não |
prefiro que não | não pode | pode não | não podem | não deu certo | não funcionou
"""
NEITHER = """
não sei | Não sei te dizer | sei lá | sei não | num sei | nao lembro | não entendi |
como assim | como assim? | sim? | não? | talvez | acho que sim | acho que não | acho q s |
depende | mais ou menos | sim e não | sim ou não | sim mas não | sim não | não sim |
sim, mas o endereço está errado | sim mas mudou | não, quer dizer, sim | não sim desculpa |
simples | simone | Simão | Simone Silva | sim card | chip sim | nada ainda | espera | peraí |
um momento | só um minuto | calma | quem é? | oi | Oi | bom dia | boa tarde | obrigado |
Obrigada! | 🙏 | ❤️ | 😂 | ? | ... | 1 | 2 | 12345 | Rua do Sim, 20 | quero falar com atendente
| atendente | sair | voltar | menu | não consigo | não estou conseguindo | preciso de ajuda |
quero saber do iptu | quero um atendente | pode repetir | pode me explicar |
pode repetir por favor | ok google | não quero falar com robô | quanto custa? | qual o horário
| vocês são um robô | é urgente | é sobre o iptu | e o iptu | eu quero saber |
eu quero cancelar | quero cancelar | quero mudar | meu nome é Nunes | nao tenho certeza |
nao tenho certeza se | sem certeza | não tenho ctz | certo ou errado | nem sim nem não |
nenhuma das opções | nenhuma das duas | tanto faz | qualquer um | as duas | os dois | ambos |
um sim e um nao | sim para a primeira | não para a segunda | bom | aff | hein | ham | hã | oi?
| como | quando | onde | já paguei | ja mandei | mandei já | tá louco | pode ser que sim |
pode ser que não | pode não ser | vou ver | vou pensar | deixa eu ver | me deixa ver | depois
| mais tarde | agora | quando der | 🤔 | 🤷 | 😐 | 👍👎 | não 👍 | sim 👎 | não vejo |
não consegui ver | não é bem assim | não é bem isso | quase isso | quase | sim se for possível
| sim, se for de manhã | só se for amanhã | se der | ok, mas | ok mas quero mudar o nome |
e aí | eae | é que eu mudei | é que não sei | é pra já | isso não sei | isso não me ajuda |
isso não resolve | certo, mas qual | Sim, quanto é? | Não tem como | nem tenho ideia | nem sei
| nem lembro | no momento não sei | só não quero pagar | no centro | na rua | sinto muito |
s/n | S/N | sn | n/a | s n | N° | nº 2 | não sou daqui, sim | quero não sei | desculpa |
desculpe, errei | errei | apertei errado | foi mal | cancelar
"""
VERY_GOOD = """
muito bom | Muito bom! | MUITO BOM | muito boa | mto bom | mt bom | mtoo bom | muitoo bommm |
muito bommm | ótimo | Ótimo atendimento | otimo atendimento obrigado | Excelente | excelente!!
| exelente | excelente atendimento, parabéns | Parabéns pelo atendimento | nota 10 | Nota dez
| 10 | 10/10 | dez | nota 1000 | ⭐⭐⭐⭐⭐ | 🌟🌟🌟🌟🌟 | 5 estrelas |
cinco estrelas | 5 | 5 ⭐ | ⭐ 5 |
😍 | perfeito | Perfeito! Obrigado | adorei | amei o atendimento | show de bola | top |
top demais | Maravilhoso | atendimento maravilhoso | 10 👏 | nota 10!!! 👏👏 | 1 | 1 - Muito bom
| 1 muito bom | 1) Muito bom | opção 1 | muito bom o atendimento do João |
Fui muito bem atendida | muito bem atendido obrigado | muito bom, resolveu meu problema |
O atendimento foi excelente, obrigada Carla | muito satisfeito | super satisfeita |
nota máxima | 100% | nota 100 | nota: 10 | Nota 10,0 | minha nota é 10 | dou nota 10 | Dou 10
| eu dou 10 | avalio com 10 | gostei muito | gostei demais | Muito bom 👍 | muito bom mesmo |
bom demais | “Muito bom” | *Muito bom* | otimo 👏🏻 | Nota 9 | 9 | 5/5 | 5 de 5 | cinco | Show 👏
| top 👍 | atendimento nota 10 | atendimento 10 | Atendimento rápido e eficiente, nota 10 |
excepcional | ótima | ótimo!!! | Ótimoo | otimo atendimento muito educado | Mto boa |
Muito bommm obg | Ótimo trabalho | otimo servico | excelente profissional | muito eficiente |
nota dez pra vocês | 1️⃣ | 🔟 | ⭐️⭐️⭐️⭐️⭐️ | 5️⃣ | Foi ótimo | foi muito bom | achei ótimo |
achei muito bom | Achei muito bom o atendimento | Tudo ótimo | tudo perfeito
"""
GOOD = """
bom | Bom | boa | 2 | opção 2 | 2 - Bom | 2) bom | 👍 | 👍🏼 | 👏 | gostei | legal | bacana |
bom atendimento | atendimento bom | Foi bom | satisfeito | Nota 8 | 8 | 7 | nota 7 |
4 estrelas | ⭐⭐⭐⭐ | 8/10 | 4/5 | 😊 | bom 👍 | bom obrigado | Bom, obrigada | achei bom |
atencioso | rápido | rapido e bom | ❤️ | nota oito | nota 4 | quatro estrelas | 2️⃣ | joia
"""
FAIR = """
regular | Regular | mais ou menos | mais ou menos né | razoável | 3 | 3 - regular | opção 3 |
⭐⭐⭐ | 3 estrelas | nota 3 | 6 | nota 6 | 5/10 | nota 5 de 10 | médio | poderia ser melhor | 😐
| 3/5 | nota 6,5 | podia ter sido melhor | regular, demorou
"""
POOR = """
ruim | Ruim | muito ruim | péssimo | PÉSSIMO!!! | horrível | 4 | 4 - Ruim | opção 4 | 0 |
nota 0 | nota zero | zero | 👎 | 👎🏿 | 1 estrela | ⭐ | uma estrela | nota 1 | 1/5 | 1/10 | 2/10
| 😡 | 😡😡😡 | não gostei | não gostei do atendimento | Péssimo atendimento |
horrível atendimento | uma vergonha | muito demorado | demorou muito | demorou demais |
não resolveu | não resolveram nada | não resolveu nada | não resolveu meu problema |
atendimento péssimo | lixo | n gostei | nao resolveu | pessimo, demoraram 3 horas |
insatisfeito | muito insatisfeita | odiei | fui mal atendida | mal atendido | descaso |
Um descaso | ridículo | nota 0 pra vocês | -10 | nota -10 | deixou a desejar
"""
ENDS = """
obrigado | Obrigada! | obrigado!!! | obrigado pela ajuda | Muito obrigado pelo atendimento |
valeu | vlw | vlw flw | flw | obg | obgd | brigadão | brigadinha | agradeço | agradecida |
Deus abençoe | Deus te abençoe minha filha | amém | 🙏 | 🙏🏽 | tchau | até mais | Até logo | ok
| Ok | ok obrigado | blz | Ok, obrigada, bom dia | Boa tarde, obrigado | bom fim de semana |
Bom final de semana! | feliz natal | Feliz ano novo | Um ótimo dia | tenha um ótimo dia |
Tenha um bom dia | bom trabalho | Bom dia para você também | pra vc tbm | vc tb | você também
| de nada | por nada | não | não, obrigado | não quero avaliar | agora não | depois |
não precisa | sair | encerrar | so isso | só isso mesmo | era só isso, obrigada | kkk | rsrs |
Obrigado Carlos | Obrigado, Dona Maria | Agradeço a atenção |
agradeço pela atenção e pela paciência | grata pela atenção dispensada | Obrigada pela atenção
| ta bom | tá bom então | ta certo | Entendi | certo | Sim | sim obrigado | resolvido |
ja resolvi | já consegui obrigado | tudo certo | tudo resolvido | certo, obrigado |
fico no aguardo | aguardo | vou aguardar | ficarei aguardando | ok vou aguardar | Ok aguardo |
no aguardo | ok, no aguardo | abraços | bjo | Bjs | tmj | disponha | pode encerrar |
pode finalizar | pode encerrar obrigado | finalizar | Obrigado por tudo e um ótimo dia |
um excelente dia pra você | ótimo dia | ótima tarde | excelente semana | boa semana |
Bom descanso | bom dia obrigado | muito obrigado e bom dia | ate amanha | até segunda |
Até segunda-feira | obrigado até segunda | thanks | thank you | valeu 🙏 | ok 🙏 |
Não tenho interesse | prefiro não opinar | sem comentários | 👋 | ✌️ | não sei avaliar |
não sei dizer | Igualmente | Imagina | obrigado viu | obrigado mesmo | fico agradecido |
gratidão 🙏 | que Deus te ilumine | Deus lhe pague | Deus abençoe sua vida | fica com Deus |
não, muito obrigado | não era só isso | nao so isso mesmo obrigado
"""
NEW = """
preciso de outra coisa | Oi | oi, bom dia | olá | Olá boa tarde | meu computador não liga |
o portão não abre | obrigado, mas ainda não funciona | obrigado, e a outra? |
Obrigado. Outra dúvida: como pago o IPTU? | bom dia, gostaria de saber do meu chamado |
e o meu protocolo? | quanto tempo demora? | qual o prazo? | Qual meu protocolo |
tenho outro problema | mais uma coisa | só mais uma coisa | aproveitando, a luz da rua queimou
| a rua 10 está sem luz | poste queimado na rua 3 | são 3 postes | são 10 horas e ninguém veio
| faz 5 dias que não tem água | 2 via do iptu | 2ª via | segunda via |
meu cpf é 390.533.447-05 | 39053344705 | 31988887777 | o poste está ruim | a rua está péssima
| a água está com gosto ruim | o sinal está ruim aqui em casa | minha internet continua ruim |
ainda não resolveu o problema da rua | não foi resolvido ainda | voltou o problema |
ninguém apareceu | ainda estou esperando | vocês não vieram |
bom dia, o caminhão de lixo não passou | lixo não foi recolhido | o lixo não passou |
lixo na rua | coleta de lixo | queria falar com o João de novo | atendente |
quero falar com um atendente | menu | alô | tem alguém aí? | ? | quero cancelar |
bom dia, tudo bem? | tudo bem? | Boa tarde, tudo bem com vocês? | ok, e quando vem? |
ok mas qual o endereço | obrigado, qual o telefone do posto? | muito obrigado! E onde fica? |
iptu | dengue | buraco na rua | vazamento | falta de água | sem luz | luz |
boa tarde preciso de uma informação | bom dia moça preciso de ajuda |
obrigada, mas não consegui | não consegui | não está funcionando | não funcionou | erro |
deu erro | parou de novo | Rua Bom Jesus 45 | Bairro Bom Pastor | sou da rua Boa Vista |
rua boa vista | legal, mas como faço? | o médico faltou de novo |
a fila está muito demorada no posto | horário do posto | posto de saude | 1 poste apagado |
10 dias sem coleta | nota fiscal | nota fiscal 1234 | preciso da nota fiscal | quero 2 via |
emitir nota | cadê meu chamado | chamado 4711 | 4711 | protocolo 20261129001 | 15/03 | 14:30 |
amanhã | amanhã às 10 | 19h | dia 5 | dia 10 serve? | 5 pessoas | tenho 10 anos | 12 | 2026 |
100 | meu número mudou | oi moço | psiu | ei | boa tarde moço esqueci de falar |
esqueci de perguntar | esqueci uma coisa
"""


def _items(table: str) -> list[str]:
    return [item for line in table.strip().splitlines() for item in line.strip(" |").split(" | ")]


@pytest.mark.parametrize("text", [*_items(YES), "Sim\nObrigado", "sim\n\nEnviado do meu iPhone"])
def test_yes(text):
    assert yes_no.read(text) is True


@pytest.mark.parametrize("text", [*_items(NO), "Não\nObrigado", "não\u200b", "🙅🏻\u200d♀️"])
def test_no(text):
    assert yes_no.read(text) is False


@pytest.mark.parametrize("text", [*_items(NEITHER), "", "  ", "🤷\u200d♀️"])
def test_neither(text):
    assert yes_no.read(text) is None


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (level, text)
        for level, table in zip(survey.VALUES, (VERY_GOOD, GOOD, FAIR, POOR), strict=True)
        for text in _items(table)
    ],
)
def test_a_level_counts(level, text):
    assert survey.read(text) == survey.Answer(level, True)


@pytest.mark.parametrize("text", _items(ENDS))
def test_courtesy_ends_the_survey(text):
    assert survey.read(text) == survey.Answer(None, True)


@pytest.mark.parametrize("text", _items(NEW))
def test_something_new_is_no_answer(text):
    assert survey.read(text) == survey.Answer(None, False)


@given(st.sampled_from(_items(YES) + _items(NO)), st.sampled_from(["?", " ou não sei", " talvez"]))
def test_doubt_after_an_answer_is_none(text, doubt):
    assert yes_no.read(text + doubt) is None


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=40))
def test_writing_words_out_ends(text):
    whole = everyday.whole(text.split())
    assert everyday.whole(whole) == whole
    assert everyday.squeeze(everyday.squeeze(text)) == everyday.squeeze(text)
