"""Words that no citizen may read: lists, with exceptions and their reasons."""

# Whole words of English. Left out are those that are Portuguese words as well: "no", "as", "a",
# "do", "me", "for", "or", "date", "use", "normal", "animal", "hospital" and their like.
ENGLISH = frozenset(
    """
    about account again agent agents all already and another answer any are ask asked available
    back because been before begin bot but button by cannot choose citizen click close closed
    code conversation could customer day days default department description did does done down
    draft email employee empty end ended error every failed false field file files find first
    flow follow following found from get go good greeting group had has have hello help here hour
    hours how if in inbox input invalid is it its just key keep known language last later list
    location longer made make manager many may menu's message messages missing month more most
    must name need never new next none not nothing now number of off okay on one only open option
    options other our outbox out over owner pending people person phone picture please press
    privacy protocol queue read ready reason received refused reply request required robot said
    save say schedule see selected send sent service session she should since skip some something
    start started state status step still stop subject submit survey take tag template thank
    thanks that the their them then there these they thing this ticket tickets time title to
    today token tomorrow too true trying type until update user users value view wait waiting
    monday tuesday wednesday thursday friday saturday sunday morning afternoon evening lunch
    want was we welcome were what when where whether which while who whole why will window with
    within without write wrong year yes yet you your
    """.split()
)
# Words on the list that Portuguese borrowed, or that are somebody's name.
ALLOWED: dict[str, str] = {}
# Bureaucrats' Portuguese, and the passive in which nobody does anything. {expression: say instead}
OFFICIALESE = {
    r"\bser(?:á|ão) (?:atendid|respondid|encaminhad|informad|direcionad|contatad)\w*": (
        "who does it: “uma pessoa da equipe vai atender você”"
    ),
    r"\b(?:foi|foram) (?:solicitad|efetuad|encaminhad)\w*": "who did it",
    r"\b(?:você|voce) informou\b": "what was noted: “E-mail anotado: …”",
    r"\bsolicita(?:mos|-se)\b": "“pedimos”, or simply ask",
    r"\bsolicitação\b|\bsolicitações\b": "“pedido”",
    r"\bprezad[oa]\b": "“Olá”",
    r"\bsenhor(?:a|\(a\))?\b|\bv\. ?s(?:a|ª)\b": "“você”",
    r"\boutrossim\b|\bmediante\b|\bno tocante\b|\bhaja vista\b|\bsupracitad\w*": "plain words",
    r"\bdeverá(?:o)?\b": "“precisa”, or the imperative",
    r"\befetu(?:ar|e|amos|ad[oa])\b": "“fazer”",
    r"\bfornec(?:er|a|emos)\b": "“dar”, “informar”",
    r"\bno presente momento\b": "“agora”",
    r"\bque se encontra\b|\bencontra-se\b": "“está”",
}
# Notation of programs: {name of the kind: expression}
CODES = {
    "a number in braces": r"\{\{\s*\d*\s*\}\}|\{\d*\}",
    "a name of a field or a state": r"(?<![\w{@/.-])[a-z]{2,}(?:_[a-z0-9]+)+(?![\w}])",
    "a value of a program": r"\b(?:True|False|None|null|undefined|NaN|NONE)\b",
    "JSON": r"\{\s*[\"']|\[\s*\{",
    "a tag": r"</?(?:p|br|div|span|b|i|a)\b[^>]*>",
    "something left to fill in": (
        r"\bTODO\b|\bXXX+\b|\blorem\b|\?\?\?|_{3,}|\[(?:nome|texto|link)\]"
    ),
    "a technical word": r"\b(?:webhook|payload|endpoint|API|JSON|backend|timeout|traceback)\b",
}
# Where a text that the lists refuse is right: {part of its place: why}.
EXCEPTIONS: dict[str, str] = {}
# Placeholders of data texts: what a message may have between braces besides a flow's own names.
PLACEHOLDER = r"\{[a-z][a-z0-9_]*(?:\|[^{}]*)?\}"
