# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words that distinguish names from other text, in lower case without accents.

``GIVEN`` and ``FAMILY`` are common names in Brazil: a text with one of them is more likely a name.
They are not a list of allowed names: people with other names are asked to confirm at most once.
``NEVER`` occur in nobody's name, ``THINGS`` only next to words that are names.
"""

from __future__ import annotations

PARTICLES = frozenset(
    "da de do das dos e di del della la las los van von der den bin ibn y du".split()
)
#: Before a name, but not part of it
HONORIFICS = frozenset(
    "sr sra srta senhor senhora senhorita dona seu dom dr dra doutor doutora prof profa professor "
    "professora tia tio vo pastor pastora padre irma irmao cabo sargento sgt ten tenente vereador "
    "vereadora engenheiro engenheira eng".split()
)
GIVEN = frozenset(
    """
    abel abigail abner acacio ada adail adair adalberto adalgisa adao adauto ademar ademir
    adelaide adelia adelina adelmo adilson adolfo adriana adriano adriel adrielle afonso agatha
    agenor agnaldo agostinho aguinaldo aida ailton airton alaide alan alana alba alberto alcides
    alda aldair alencar aldo alessandra alessandro alex alexandra alexandre alexandrina alexia
    alfredo alice alicia aline alisson allan almir aloisio altair alvaro alzira amadeu amalia
    amanda amarildo amaro amauri amelia america amilton ana anabela analice anastacia anderson
    andre andrea andreia andressa andrey angela angelica angelina angelo anibal anita anna
    anselmo antonella antonia antonio aparecida aparecido ariadne ariana ariane ariel arlete
    arlindo armando arnaldo arthur artur ary ataide augusta augusto aurea aurelio aurora ayla
    ayrton barbara beatriz benedita benedito benicio benjamin bento berenice bernadete bernardo
    betania bianca brayan breno brenda bruna bruno caetano caio camila camilo candida candido
    carina carla carlos carlota carmela carmelita carmem carmen carolina caroline cassia
    cassiano cassio catarina cauan caua cecilia celeste celia celina celio celma celso cesar
    charles chico cicera cicero cida cintia cirilo clara clarice clarissa claudete claudia
    claudiane claudinei claudineia claudio claudionor cleber cleide cleidiane cleiton clelia
    clemente cleonice cleusa cleuza clodoaldo clotilde clovis conceicao constancia cosme creusa
    creuza cristiana cristiane cristiano cristina cristovao custodio daiana daiane dagmar daisy
    dalila dalton dalva damiao damiana dandara daniel daniela daniele danielle danilo dante
    darci darcy dario davi david dayane debora deise deivid dejair delma denilson denis denise
    deolinda derli deusa diana dias diego dilma dilson dimas dinah dinalva diogo dionisio dirce
    dirceu divina divino djalma djanira domingas domingos donizete donizeti dora doralice
    dorival douglas dulce durval edgar edilene edilson edinaldo edineia edite edith edivaldo
    edmar edmilson edmundo edna edson eduarda eduardo edvaldo edvania efigenia elaine elba elder
    eleonora eliana eliane elias elena elenice eliete elina elio elis elisa elisabete elisabeth
    elisangela eliseu elizabete elizabeth elizangela elisete ellen eloa eloi eloisa elsa elson
    elton elvira elza emanuel emanuela emanuelly emerson emilia emiliano emilio emily enedina
    eneias enrico enzo erica erick erika ermelinda ernesto esmeralda estela ester esther estevao
    euclides eugenia eugenio eunice eurico euripedes eva evaldo evandro evaristo evelyn everaldo
    everton ezequiel fabiana fabiane fabiano fabio fabiola fabricia fabricio fatima fausto
    felicia felipe felix fernanda fernando filipe filomena flavia flavio flora florinda
    florisvaldo francielle francisca francisco franciele franklin frederico gabriel gabriela
    gabriele gabrielle gabrielly geisa genesio geni genilda genival george georgina geralda
    geraldo gerson gertrudes gessica getulio gilberto gilda gildo gilmar gilson gilvan giovana
    giovanna giovanni gisele gislaine givaldo glaucia gloria graca graciela grace graziela
    gregorio guilherme guilhermina guiomar gustavo hamilton haroldo heber hebe heitor helena
    helenice helio heliomar heloisa henrique henry herbert hercilia hermes herminia hilda hilton
    horacio hugo humberto iara ian iasmin icaro ida igor ilda ilma ilza ines inacio ingrid
    iolanda iracema iraci irani irene irineu iris irma isaac isabel isabela isabella isabelle
    isabelly isadora isaias isaura isis ismael israel italo ivan ivana ivani ivanilda ivete ivo
    ivone ivonete izabel izabela izaura jacira jackson jacob jaci jacinta jacinto jacqueline
    jaime jair jairo jamile janaina jandira jane janete janice jaqueline jean jefferson jeferson
    jenifer jennifer jeremias jeronimo jessica jesse jesus joana joanna joao joaquim joaquina
    jocelia jocimar joel joelma joice joiane jonas jonatas jonathan jorge jorgina josafa jose
    josefa josefina josiane josias josie josilene josimar josue jovelina juarez julia juliana
    juliane juliano julio julieta junior juracy juraci jurema jussara justino juvenal kaique
    karen karina karine karla karolina karoline katia kauan kaua keila kelly kelvin kenia kevin
    kleber laercio laila lais laisa lara larissa laudelina laura lauro lavinia lea leandra
    leandro leda leia leide leila leni lenice leo leon leonardo leonel leonice leonidas leonor
    leopoldo leticia levi lia liana licia lidia lidiane ligia lilia lilian liliana liliane lina
    lineu lino livia liz lizandra lorena lorenzo lourdes lourenco lourival luan luana luca lucas
    lucelia lucia luciana luciane luciano lucidio lucilene lucimar lucimara lucinda lucineia
    lucio ludmila luis luisa luiz luiza lurdes luzia madalena magali magda magno maiara maicon
    maira maisa maite malu manoel manoela manuel manuela manuella mara marcal marcela marcelo marcia
    marciana marcilio marcio marco marcos margareth margarete margarida maria mariah mariana
    mariane mariano marilda marilene marilia marilu marina marinalva marines marinete mario
    marisa mariza marisol maristela marlene marlon marli marly marta martha martim martins
    mateus matheus matilde maura mauricio mauro max maximiliano mayara maycon melissa mercedes
    michael michel michele michelle miguel milena milene milton mirela mirella miriam mirian
    moacir moises monica monique morgana murilo nadia nadir nair nalva nando napoleao natalia
    natalie natanael natasha nathalia nathan neide neiva nelma nelson neli nely neusa neuza
    newton nicolas nicole nicolau nilce nilda nilma nilo nilson nilton nilza nivaldo noe noel
    noelia noemi noemia nonato norberto norma nubia octavio odair odete odilon ofelia olavo olga
    olinda olindo olivia onofre orlando oscar osmar osni osvaldo oswaldo otacilio otavio otilia
    otto pablo paloma palmira pamela patricia patrick paula paulina paulino paulo pedro penha
    percival petronio pietro pietra plinio poliana pollyana priscila priscilla quiteria rafael
    rafaela raiane raimunda raimundo rayane raissa ramiro ramon raquel raul rebeca regiane
    regina reginaldo reinaldo renan renata renato rene rhuan ricardo rian ritta rita roberta
    roberto robson rodolfo rodrigo rogeria rogerio romario romeu romildo romilda romulo ronaldo
    ronan roque rosa rosalia rosalina rosali rosana rosane rosangela rosaria rosaura rose
    roseane roseli rosely rosemary rosemeire rosenilda rosiane rosilda rosilene rosimeire
    rosinha rosineide rosita rozilda rubem rubens rubia ruan rui rute ruth ryan sabino sabrina
    salete
    salvador samanta samara samira samuel sandra sandro santiago santina sara sarah saulo
    sebastiana sebastiao selma sergio severina severino sheila shirley sidney sidnei silas
    silvana silvania silvestre silvia silvino silvio simao simone socorro sofia solange sonia
    sophia sophie soraia soraya stefany stella stephanie suelen sueli suely susana suzana suzane
    suzete tais taisa talita tamara tamires tania tarcisio tarcila tatiana tatiane telma teodora
    teodoro teresa teresinha tereza terezinha thais thaisa thales thalita thamires theo theodoro
    thiago thomas tiago timoteo tobias tomas tulio ubaldo ubirajara ulisses ursula valdeci
    valdecir valdemar valdete valdinei valdir valdirene valdivino valdo valdomiro valentim
    valentina valeria valerio valmir vagner valquiria valter vanda vander vanderlei vanderleia
    vanessa
    vania vera veronica vicente vicencia vicentina victor victoria vilma vilmar vinicios vinicius
    violeta
    virgilio virginia vitor vitoria vivian viviane vladimir wagner waldemar waldir wallace
    walter waltair wanda wanderley wanderson wania washington wellington welington wendel wesley
    wilian william willian wilma wilson yago yara yasmin yuri yvone zaira zelia zelma zenaide
    zenilda zeferino zilda zilma zuleica zuleide zulmira ze zeca zezinho tonho toninho nenem bia
    duda gabi rafa tati lu nina bete beto neto juninho carlinhos paulinho luizinho marquinhos
    aisha ali ahmed mohamed mohammed muhammad omar fatma hassan hussein ibrahim yusuf wei ming
    xiao jing hiroshi kenji yuki akira takeshi sakura naomi kenzo nguyen kim lee chen wang juan
    angel javier alejandro ximena guadalupe pilar dolores consuelo john james robert mary linda
    susan mark steven pierre marie claire louis giuseppe francesco giulia hans klaus helga
    ingeborg dmitri svetlana kofi kwame ama abena adebayo chinedu ngozi fatou mamadou ousmane
    jacques widson wisler jeanne mirlande yves roseline
    """.split()
)
FAMILY = frozenset(
    """
    abreu aguiar albuquerque alcantara alencar almeida alves alvarenga amaral amorim andrade
    anjos antunes aragao araujo arruda assis assumpcao assuncao avelar avila azevedo bahia
    bandeira baptista barbosa barcelos barreto barros bastos batista benevides bernardes bezerra
    bittencourt bonfim borba borges botelho braga branco brandao brasil brito bueno cabral
    caldas camargo camara campos candido cardoso carmo carneiro carvalho castilho castro
    cavalcante cavalcanti chagas chaves coelho coimbra conceicao cordeiro correa correia costa
    coutinho couto cruz cunha custodio dantas deus dias diniz domingues dores dornelas duarte
    dutra esteves evangelista farias faria faustino felix fernandes ferraz ferreira figueira
    figueiredo filho fonseca fontes fraga franca franco freire freitas furtado galvao garcia
    gomes goncalves gouveia graca gracas guedes guerra guimaraes gusmao holanda jardim jesus
    jorge junior lacerda lage leal leao leite lemos lessa lima linhares lins lisboa lobato lobo
    lopes loureiro lucena luz macedo machado maciel madureira magalhaes maia malta marinho
    marques martinez martins matias matos mattos medeiros meireles mello melo mendes mendonca
    menezes mesquita miranda monteiro montes moraes morais moreira mota moura mourao moutinho
    muniz nascimento navarro neiva neto neves nobrega nogueira novaes novais nunes oliveira
    pacheco padilha paes paiva paixao palhares passos paula paz pedrosa peixoto penha perez
    pereira pessoa pimenta pimentel pinheiro pinho pinto pires pontes porto prado prates
    prazeres queiroz quintao quintela rabelo ramalho ramos rangel raposo rego reis rezende
    resende ribas ribeiro rios rocha rodrigues rosa rosario sa saldanha sales salgado salles
    sampaio sanches sant'ana santana sant'anna santiago santo santos saraiva sardinha seixas
    sena serra serrano severo silva silveira silvestre simoes siqueira soares sobrinho socorro
    sousa souto souza tavares teixeira teles telles toledo torres trindade uchoa valadares vale
    valente valentim vargas vasconcelos vasques vaz veiga veloso ventura viana vicente vidal
    vieira vilela villela vitorino xavier zanetti zimmermann rossi bianchi ferrari esposito
    russo colombo ricci muller schmidt schneider fischer weber meyer wagner becker schulz
    hoffmann tanaka suzuki sato yamamoto watanabe nakamura kobayashi oiticica mensah okafor
    diallo traore gonzalez rodriguez hernandez lopez martin sanchez ramirez flores rivera gomez
    diaz morales ortiz smith johnson williams brown jones miller davis nguyen tran pham liu
    zhang yang huang wu li
    """.split()
)
#: Endings of newly coined names, and of few other words
NAME_ENDINGS = (
    "son", "ton", "ilson", "elson", "aldo", "valdo", "naldo", "ilda", "eide", "leide", "iane",
    "yane", "ielle", "iele", "iely", "elly", "ylla", "ayne", "aine", "aylla", "isson", "ysson",
    "mar", "vania", "valda", "nilda", "lene", "laine", "cleia", "neia", "nei", "ney", "lei", "ley",
    "uel", "iel", "ael", "ilma", "irlei", "erlei",
)  # fmt: skip
#: In nobody's name: words of sentences, questions, refusals and greetings
NEVER = frozenset(
    """
    oi ola oie opa alo claro bom boa dia tarde noite tudo bem certo ok okay sim nao n s ss nn
    talvez obrigado obrigada brigado brigada valeu vlw favor pfv pf tchau ate logo beleza blz bl
    joia eu voce vc vcs voces ele ela eles elas nos meu minha meus minhas seus sua suas nosso
    nossa isso isto esse essa este esta estes estas esses essas aquele aquela aquilo aqui ja so
    mais muito muita muitos muitas pouco menos tambem ainda sempre nunca agora hoje ontem amanha
    depois antes cedo que q quem qual quais como onde aonde quando quanto quanta quantos porque
    pq porq pra pro para por pelo pela com sem sobre entre em no na nas num numa ao aos a o os
    as um uma uns umas mas ou se nem pois entao tipo assim sou es somos sao era foi fui estou to
    ta estao tao estava tava estamos tamo estive ser tenho tem temos tinha teve ter quero queria
    quer querem querer preciso precisa precisava gostaria posso pode podem poderia consigo
    consegue conseguir consigam faz fazer feito fiz fez vai vou vem vamos ir veio vim dar da-me
    deu disse diz dizer falar falo fala falei saber sei sabe ver vejo viu abrir fechar pedir
    peco pedi pediu pagar paguei solicitar reclamar reclamo denunciar registrar resolver resolve
    resolva ajuda ajudar ajude ajudem funciona funcionam funcionando liga ligar liguei chama
    chamo chamar chegou chega caiu quebrou quebrado quebrada queimou queimado queimada parou
    parado falta faltando acabou sumiu roubaram mandar mandei envia enviar mudar muda trocar
    marcar agendar emitir cadastrar cancelar desmarcar encerrar sair voltar continuar esperar
    espera entender entendi acessar entrar imprimir imprime urgente urgencia rapido demora
    demorando informar digo importa interessa precisar atende atender atendente atendimento
    humano pessoa robo bot maquina alguem ninguem nada algum alguma outro outra outros qualquer
    coisa mesmo oxe uai ue ne hein ah eh hum aff affs poxa eita fulano fulana beltrano ciclano
    tal kk kkk kkkk rs rsrs haha hehe problema duvida duvidas pergunta informacao informacoes
    reclamacao denuncia solicitacao servico chamado chamados protocolo ouvidoria elogio sugestao
    assunto menu opcao numero email gmail hotmail whatsapp zap telefone celular cpf cnpj rg cep
    endereco teste test testing hello hi thanks please help the is are my your name what need
    want
    """.split()
)
#: Subjects that people write about, never a name on their own
THINGS = frozenset(
    """
    rua avenida av alameda travessa praca rodovia estrada beco viela bairro quadra lote apto
    apartamento casa predio bloco numero km esquina ponto onibus buraco buracos asfalto calcada
    poste lampada iluminacao escuro esgoto agua vazamento bueiro lixo entulho coleta capina mato
    poda arvore galho cachorro cachorros gato rato ratos barata dengue mosquito foco enchente
    alagamento barulho som vizinho vizinha transito semaforo sinal placa faixa pedestre lombada
    multa multas radar estacionamento iptu iss itbi itr taxa imposto boleto guia via segunda
    certidao alvara licenca nota fiscal protocolo matricula escola creche vaga professora
    merenda posto saude consulta exame vacina remedio medico dentista upa hospital samu
    ambulancia receita cartao sus computador pc notebook impressora toner tinta papel scanner
    monitor mouse teclado tela internet rede wifi wi-fi cabo sistema senha login usuario acesso
    telefonia ramal aparelho emprego curso concurso cras creas bolsa familia cesta basica
    aposentadoria idoso deficiente cemiterio sepultamento feira mercado prefeitura prefeito
    secretaria camara cidadao cidadaos municipe contribuinte cliente foto video audio documento
    arquivo anexo luz energia eletrica ar condicionado obra obras muro cerca terreno ponte
    escada barranco deslizamento chuva lama poeira fumaca queimada fogo incendio roubo furto
    assalto briga droga drogas policia guarda seguranca animal animais zoonoses castracao mae
    pai filho filha marido esposa esposo mulher homem menino menina crianca avo avó tia tio
    irmao irma sogra sogro neta cunhado cunhada namorado namorada chefe diretor diretora morador
    moradora moradores anonimo anonima desconhecido desconhecida particular privado segredo
    sigilo oficina loja padaria farmacia mercearia restaurante lanchonete bar salao barbearia
    igreja empresa escritorio clinica construtora transportadora imobiliaria autoescola admin
    administrador root user null none undefined xxx abc bom-dia segunda-via meio ambiente
    """.split()
)
#: Things that are also names: on their own they need confirmation
ALSO_NAMES = frozenset(
    """
    luz rosa flor serra rios campos pedra ponte jardim socorro graca gracas gloria paz guerra
    vida sol lua mar ceu estrela aurora vitoria esperanca fe amor linda bela divina santos cruz
    reis filho filha neto junior irma norma america brasil franca bahia salvador valor ventura
    salgado leite pinto coelho carneiro leao lobo raposo pimenta oliveira pereira nogueira silva
    machado ramos rocha monteiro penha conceicao assuncao perpetua dores prazeres
    """.split()
)
INSULTS = frozenset(
    """
    merda bosta porra caralho krl cacete puta puto putaria fdp pqp vsf vtnc tnc vtc foda fodase
    foda-se fuder foder arrombado arrombada cu cuzao buceta piroca viado veado bicha corno corna
    otario otaria idiota imbecil burro burra besta trouxa palhaco palhaca palhacada vagabundo
    vagabunda safado safada ladrao ladra ladroes bandido bandidos canalha cretino cretina
    desgracado desgracada desgraca inutil inuteis incompetente incompetentes babaca escroto
    escrota nojento nojenta lixo maldito maldita retardado retardada vaca cadela piranha
    rapariga capeta diabo inferno droga drogas corrupto corruptos lazarento lazarenta jumento
    jumenta bunda cagao peido
    """.split()
)
#: Names whose endings look like those of words in sentences
NO_VERBS = frozenset(
    """
    fernando orlando armando rolando hildebrando hermenegildo ferdinando nando raimundo edmundo
    rosalindo arlindo olindo lindo clarindo florindo laurindo gumercindo deolindo clemente
    vicente inocente valente conceicao assuncao encarnacao purificacao anunciacao ascensao
    consolacao ressurreicao visitacao redencao salvacao brandao miranda fernanda orlanda armanda
    amanda yolanda iolanda landa wanda vanda holanda brando prado mercado
    """.split()
)
#: Where somebody is calling from: "aqui é o João da informática"
PLACES = frozenset(
    """
    secretaria prefeitura escola creche posto setor informatica rh ti farmacia padaria camara
    departamento loja empresa igreja ubs upa obras saude educacao fazenda financas contabilidade
    almoxarifado garagem transporte transito cras creas caps biblioteca recepcao portaria
    cozinha administracao juridico procuradoria gabinete ouvidoria tributos fiscalizacao
    vigilancia zoonoses compras licitacao patrimonio protocolo oficina mercearia mercado
    restaurante bar salao clinica hospital laboratorio cartorio banco associacao sindicato
    cooperativa construtora condominio bairro rua divisao diretoria coordenacao assistencia
    turismo cultura esportes meio rural vila parque
    """.split()
)
