"""Many conversations in little time: a real one, copied whole by SQL.

What is copied was made by the models themselves, through the webhook, so every field that they have
or get has its value in the copies too.
"""

from . import citizens
from .setting import Bench

EACH_CITIZEN = 5
"""Conversations of one citizen."""

# Run by `odoo shell`: the conversation that is copied, closed
ORIGINAL = """
import json, os
values = json.loads(os.environ["CONTACT_CENTER_VALUES"])
conversation = env["contact_center.conversation"].search(
    [("whatsapp_identity_id.wa_id", "=", values["wa_id"])], limit=1)
conversation._close("resolved")
env.cr.commit()
print(json.dumps({
    "conversation": conversation.id, "channel": conversation.discuss_channel_id.id,
    "partner": conversation.partner_id.id, "identity": conversation.whatsapp_identity_id.id}))
"""

# In the order of their making. Each statement copies the rows of one table; `m` has the new ids
COPIES = """
CREATE TEMP TABLE IF NOT EXISTS bench_people (k bigint, partner int, identity int);
CREATE TEMP TABLE IF NOT EXISTS bench_made (n bigint, k bigint, conversation int, channel int);
TRUNCATE bench_people, bench_made;
INSERT INTO bench_people
SELECT k, nextval('res_partner_id_seq'), nextval('whatsapp_identity_id_seq')
  FROM generate_series(%(first)s / %(each)s, %(last)s / %(each)s) k;
INSERT INTO bench_made
SELECT n, n / %(each)s, nextval('contact_center_conversation_id_seq'),
       nextval('discuss_channel_id_seq')
  FROM generate_series(%(first)s, %(last)s) n;
CREATE INDEX IF NOT EXISTS bench_people_k ON bench_people (k);
ANALYZE bench_people, bench_made;
INSERT INTO res_partner
SELECT made.* FROM res_partner original, bench_people m,
    LATERAL jsonb_populate_record(original, jsonb_build_object('id', partner,
        'name', 'Cidadã ' || k || ' do Acervo', 'complete_name', 'Cidadã ' || k || ' do Acervo',
        'commercial_partner_id', partner)) made
 WHERE original.id = %(partner)s;
INSERT INTO whatsapp_identity
SELECT made.* FROM whatsapp_identity original, bench_people m,
    LATERAL jsonb_populate_record(original, jsonb_build_object('id', m.identity,
        'partner_id', m.partner, 'wa_id', 'bench' || k, 'bsuid', 'BR.bench' || k)) made
 WHERE original.id = %(identity)s;
INSERT INTO discuss_channel
SELECT made.* FROM discuss_channel original, bench_made m,
    LATERAL jsonb_populate_record(original, jsonb_build_object('id', m.channel,
        'uuid', 'grown ' || n, 'contact_center_conversation_id', NULL)) made
 WHERE original.id = %(channel)s;
INSERT INTO contact_center_conversation
SELECT made.* FROM contact_center_conversation original,
    bench_made m JOIN bench_people p USING (k),
    LATERAL jsonb_populate_record(original, jsonb_build_object('id', m.conversation,
        'protocol', 'G' || n, 'discuss_channel_id', m.channel, 'partner_id', p.partner,
        'whatsapp_identity_id', p.identity, 'opened_at', original.opened_at - n * interval '1 min',
        'closed_at', original.closed_at - n * interval '1 min')) made
 WHERE original.id = %(conversation)s;
UPDATE discuss_channel c SET contact_center_conversation_id = m.conversation
  FROM bench_made m WHERE c.id = m.channel;
INSERT INTO mail_message
SELECT made.* FROM mail_message original, bench_made m JOIN bench_people p USING (k),
    LATERAL jsonb_populate_record(original, jsonb_build_object(
        'id', nextval('mail_message_id_seq'), 'res_id', m.channel,
        'message_id', 'grown ' || n || '.' || original.id,
        'date', original.date - n * interval '1 min',
        'author_id', CASE WHEN original.author_id = %(partner)s THEN p.partner
                          ELSE original.author_id END)) made
 WHERE original.model = 'discuss.channel' AND original.res_id = %(channel)s;
INSERT INTO whatsapp_message
SELECT made.* FROM whatsapp_message original, bench_made m JOIN bench_people p USING (k),
    LATERAL jsonb_populate_record(original, jsonb_build_object(
        'id', nextval('whatsapp_message_id_seq'), 'conversation_id', m.conversation,
        'identity_id', p.identity, 'mail_message_id', NULL,
        'wamid', original.wamid || n, 'opaque', original.opaque || n)) made
 WHERE original.conversation_id = %(conversation)s AND original.merged_into_id IS NULL;
INSERT INTO contact_center_event
SELECT made.* FROM contact_center_event original, bench_made m,
    LATERAL jsonb_populate_record(original, jsonb_build_object(
        'id', nextval('contact_center_event_id_seq'), 'conversation_id', m.conversation)) made
 WHERE original.conversation_id = %(conversation)s;
INSERT INTO chatbot_flow_session
SELECT made.* FROM chatbot_flow_session original, bench_made m,
    LATERAL jsonb_populate_record(original, jsonb_build_object(
        'id', nextval('chatbot_flow_session_id_seq'), 'conversation_id', m.conversation)) made
 WHERE original.conversation_id = %(conversation)s;
INSERT INTO contact_center_archive_message
    (message_id, conversation_id, at, author_id, author_kind, content, words)
SELECT message.id, m.conversation, message.date, message.author_id, 'citizen',
       'o computador ' || n || ' parou',
       to_tsvector('portuguese', 'o computador ' || n || ' parou' ||
           CASE WHEN n %% 1000 = 0 THEN ' estetoscopio' ELSE '' END)
  FROM bench_made m JOIN mail_message message
    ON message.model = 'discuss.channel' AND message.res_id = m.channel;
"""
TABLES = (
    *("res_partner", "whatsapp_identity", "discuss_channel", "contact_center_conversation"),
    *("mail_message", "whatsapp_message", "contact_center_event", "chatbot_flow_session"),
    "contact_center_archive_message",
)
AT_ONCE = 50_000
"""Conversations made in one transaction."""


class Filling:
    """Makes copies of one closed conversation, whenever more are wanted.

    :ivar made: how many there are
    """

    def __init__(self, bench: Bench):
        self.bench = bench
        self.made = 0
        number = citizens.wa_id(0, bench.new_group())
        for text in citizens.SCRIPT[:3]:
            bench.write(number, text)
            bench.drain()
        self._original = bench.json_shell(ORIGINAL, wa_id=number)

    def up_to(self, conversations: int) -> None:
        """Have so many copies."""
        self.bench.say(f"{conversations:,} conversations are made")
        while self.made < conversations:
            last = min(self.made + AT_ONCE, conversations)
            self.bench.execute(
                COPIES, **self._original, first=self.made + 1, last=last, each=EACH_CITIZEN
            )
            # The next ones begin with another citizen
            self.made = last + EACH_CITIZEN - last % EACH_CITIZEN
        for table in TABLES:
            self.bench.execute(f"ANALYZE {table}")
