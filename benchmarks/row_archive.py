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

# People's searches: a word of many messages, of few, several words, words together.
QUERIES = {
    "frequent word": "computador",
    "rare word": "estetoscopio",
    "three words": "impressora escola urgente",
    "words together": '"tela preta teclado"',
    "one without the other": "senha -internet",
}

# Run by `odoo shell`: one conversation with one message as the models themselves make them.
# Whatever fields they have or get, with their defaults, the copies have them too.
MODEL = """
import json
partner = env["res.partner"].create({"name": "Bench"})
conversation = env["contact_center.conversation"]._open(partner, "internal")
message = conversation._store_message(partner, "Bench")
conversation._close("resolved")
env.cr.commit()
print(json.dumps({"partner": partner.id, "conversation": conversation.id, "message": message.id,
    "channel": conversation.discuss_channel_id.id}))
"""

FILL = """
INSERT INTO discuss_channel
SELECT made.* FROM discuss_channel original, generate_series(1, %(conversations)s) n,
    LATERAL jsonb_populate_record(original, jsonb_build_object(
        'id', nextval('discuss_channel_id_seq'), 'name', 'bench ' || n, 'uuid', 'bench ' || n,
        'contact_center_conversation_id', NULL)) made
 WHERE original.id = %(channel)s;
INSERT INTO contact_center_conversation
SELECT made.* FROM contact_center_conversation original,
    (SELECT id, row_number() OVER (ORDER BY id) AS n FROM discuss_channel
      WHERE name LIKE 'bench %%') channel,
    (SELECT array_agg(id) AS ids FROM res_users WHERE login = ANY(%(logins)s)) agents,
    LATERAL jsonb_populate_record(original, jsonb_build_object(
        'id', nextval('contact_center_conversation_id_seq'), 'protocol', 'B' || channel.n,
        'discuss_channel_id', channel.id,
        'queue_id', (SELECT min(id) FROM contact_center_queue),
        'agent_id', ids[1 + channel.n %% array_length(ids, 1)])) made
 WHERE original.id = %(conversation)s;
UPDATE discuss_channel channel SET contact_center_conversation_id = conversation.id
  FROM contact_center_conversation conversation
 WHERE conversation.discuss_channel_id = channel.id AND channel.name LIKE 'bench %%';
INSERT INTO mail_message
SELECT made.* FROM mail_message original,
    (SELECT *, row_number() OVER (ORDER BY id) AS c FROM contact_center_conversation
      WHERE protocol LIKE 'B%%') conversation,
    generate_series(1, %(each)s) n,
    (SELECT %(words)s::text[] AS words, array_length(%(words)s::text[], 1) AS size) w,
    LATERAL jsonb_populate_record(original, jsonb_build_object(
        'id', nextval('mail_message_id_seq'), 'res_id', conversation.discuss_channel_id,
        'message_id', 'bench ' || c || '.' || n,
        'date', now() AT TIME ZONE 'UTC' - conversation.id * interval '1 minute'
            - n * interval '1 second',
        'body', concat_ws(' ', words[1 + (c * 7 + n) %% size], words[1 + (c * 3 + n * 5) %% size],
            words[1 + (c + n * 11) %% size], words[1 + (c + n * 11 + 1) %% size],
            words[1 + (c + n * 11 + 2) %% size], 'atendimento ' || c,
            CASE WHEN (c * 10 + n) %% 5000 = 0 THEN %(rare)s END))) made
 WHERE original.id = %(message)s;
INSERT INTO contact_center_archive_message
    (message_id, conversation_id, at, author_id, author_kind, content, words)
SELECT message.id, channel.contact_center_conversation_id, message.date, message.author_id,
       'citizen', message.body,
       to_tsvector('portuguese', translate(message.body, 'áàâãéêíóôõúç', 'aaaaeeiooouc'))
  FROM mail_message message JOIN discuss_channel channel ON channel.id = message.res_id
 WHERE message.message_id LIKE 'bench %%';
"""


def measure(bench: Bench) -> Result:
    """Let a supervisor (all messages) and an agent (own ones) search as on screen."""
    messages = bench.pick(MESSAGES, MESSAGES // 10, 1000)
    bench.say(f"{messages:,} messages are written")
    bench.execute(
        FILL,
        **bench.json_shell(MODEL),
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
    """Return the seconds of one search, as the web client's list asks for it."""
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
