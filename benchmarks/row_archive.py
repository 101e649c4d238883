"""Row 7: searching words in a million archived messages (requirement A12)."""

import time

from devtools.odoo_client import OdooClient

from .load import in_milliseconds
from .result import Result, milliseconds
from .setting import Bench

NAME = "archive"
GOAL_MS = 1000
MESSAGES = 1_000_000
PER_CONVERSATION = 10
REPEAT = 5

# Words of a service desk; a message takes some of them by its number, a rare one now and then.
WORDS = (
    "bom dia obrigado computador impressora internet sistema senha acesso tela preta teclado "
    "escola secretaria saúde prefeitura setor urgente problema não funciona lento desligou ligar "
    "cabo rede monitor servidor planilha nota fiscal cadastro matrícula chamado protocolo "
    "solicitação atendimento aguardando foto documento endereço telefone"
).split()
RARE = "estetoscópio"

# What people search for: a word of many messages, of few, several words, words together.
QUERIES = {
    "frequent word": "computador",
    "rare word": "estetoscopio",
    "three words": "impressora escola urgente",
    "words together": '"tela preta teclado"',
    "one without the other": "senha -internet",
}

FILL = """
WITH made AS (
    INSERT INTO discuss_channel (name, channel_type, active, livechat_operator_id, create_date)
    SELECT 'bench ' || n, 'livechat', true, (SELECT min(id) FROM res_partner),
           now() AT TIME ZONE 'UTC'
      FROM generate_series(1, %(conversations)s) n
    RETURNING id
), numbered AS (
    SELECT id, row_number() OVER () AS n FROM made
)
INSERT INTO contact_center_conversation
    (protocol, partner_id, channel_kind, state, discuss_channel_id, queue_id, agent_id, opened_at)
SELECT 'B' || n, (SELECT max(id) FROM res_partner), 'internal', 'closed', id,
       (SELECT min(id) FROM contact_center_queue), agents[1 + n %% array_length(agents, 1)],
       now() AT TIME ZONE 'UTC'
  FROM numbered, (SELECT array_agg(id) AS agents FROM res_users WHERE login = ANY(%(logins)s)) a;
UPDATE discuss_channel channel SET contact_center_conversation_id = conversation.id
  FROM contact_center_conversation conversation
 WHERE conversation.discuss_channel_id = channel.id AND channel.name LIKE 'bench %%';
WITH made AS (
    INSERT INTO mail_message (model, res_id, message_type, subtype_id, author_id, date, body)
    SELECT 'discuss.channel', conversation.discuss_channel_id, 'comment',
           (SELECT res_id FROM ir_model_data WHERE module = 'mail' AND name = 'mt_comment'),
           conversation.partner_id,
           now() AT TIME ZONE 'UTC' - conversation.id * interval '1 minute'
               - n * interval '1 second',
           concat_ws(' ', words[1 + (c * 7 + n) %% size], words[1 + (c * 3 + n * 5) %% size],
               words[1 + (c + n * 11) %% size], words[1 + (c + n * 11 + 1) %% size],
               words[1 + (c + n * 11 + 2) %% size], 'atendimento ' || c,
               CASE WHEN (c * 10 + n) %% 5000 = 0 THEN %(rare)s END)
      FROM (SELECT *, row_number() OVER () AS c FROM contact_center_conversation
             WHERE protocol LIKE 'B%%') conversation,
           generate_series(1, %(each)s) n,
           (SELECT %(words)s::text[] AS words, array_length(%(words)s::text[], 1) AS size) w
    RETURNING id, res_id, author_id, date, body
)
INSERT INTO contact_center_archive_message
    (message_id, conversation_id, at, author_id, author_kind, content, words)
SELECT made.id, channel.contact_center_conversation_id, made.date, made.author_id, 'citizen',
       made.body,
       to_tsvector('portuguese', translate(made.body, 'áàâãéêíóôõúç', 'aaaaeeiooouc'))
  FROM made JOIN discuss_channel channel ON channel.id = made.res_id;
"""


def measure(bench: Bench) -> Result:
    """A supervisor (all messages) and a technician (own ones) search as the screen does."""
    bench.say(f"{MESSAGES:,} messages are written")
    messages = MESSAGES // 10 if bench.quick else MESSAGES
    bench.execute(
        FILL,
        conversations=messages // PER_CONVERSATION,
        each=PER_CONVERSATION,
        logins=["joana", "pedro", "carla", "sofia"],
        words=list(WORDS),
        rare=RARE,
    )
    bench.execute("ANALYZE")
    times = {}
    for login in ("sofia", "joana"):
        client = OdooClient(bench.stack.odoo_url, bench.stack.db_name)
        client.login(login, f"{login}-demo-2026")
        for name, words in QUERIES.items():
            times[f"{login}: {name}"] = [_search(client, words) for _time in range(REPEAT)]
    facts = in_milliseconds([second for seconds in times.values() for second in seconds])
    slowest = max(times, key=lambda name: max(times[name]))
    return Result(
        NAME,
        f"search of words in {messages:,} archived messages, 80 rows shown",
        "< 1 s",
        f"p95 {milliseconds(facts['p95_ms'])}, slowest {milliseconds(max(times[slowest]) * 1000)}",
        facts["p95_ms"] < GOAL_MS,
        {
            **facts,
            "slowest": slowest,
            "seconds": {name: [round(one, 3) for one in values] for name, values in times.items()},
        },
    )


def _search(client: OdooClient, words: str) -> float:
    """Seconds of one search, as the web client's list asks for it."""
    fields = ("at", "author_kind", "content", "partner_id", "conversation_id", "queue_id")
    start = time.perf_counter()
    client.call(
        "contact_center.archive.message",
        "web_search_read",
        domain=[["text_search", "ilike", words]],
        specification={name: {} for name in fields},
        limit=80,
        count_limit=10001,
    )
    return time.perf_counter() - start
