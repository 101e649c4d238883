# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The cubes of the core's ledgers: contacts, waits, agents, surveys, citizens.

Each statement counts one day. Waiting times come from the stays and nowhere else; a wait goes over
the queues that a contact overflowed or was passed on to, and counts where it ended, as in the
contract's indicators.
"""

from .definitions import DAY, Column, Cube, Source, code, key, measure

CONVERSATION = "contact_center.conversation"
STAY = "contact_center.stay"
STATE = "contact_center.agent.state"
#: Ends of a stay after which the wait may go on, and within which time the next one begins
GOES_ON = ("overflowed", "transferred")
JOINED_US = 10_000_000
ANSWERED = ("accepted", "lent", "transferred")
ABANDONED = ("abandoned", "closed")
#: Moves by which an agent's service of a contact begins and ends
BEGINS = ("accepted", "taken_over")
FINISHES = ("transferred", "released", "returned_to_bot", "survey_asked", "closed")
#: Upper bounds of the bands of waits, in seconds
BANDS = (10, 20, 30, 60, 120, 300, 600, 1800)

HALF_HOUR = Column("meia_hora", "time", "Início da meia hora, na hora da cidade")
QUEUE = key("id_fila", "fila", "Fila")
CHANNEL = code("canal", CONVERSATION, "channel_kind", "Canal do atendimento")
NATURE = code("natureza", CONVERSATION, "nature", "Natureza da tabulação (vazia: sem tabulação)")
SUBJECT = key("id_assunto", "assunto", "Assunto da tabulação (vazio: sem tabulação)")
REGION = key("id_regional", "regional", "Regional do cidadão, pelo bairro do cadastro")
AGENT = Column(
    "atendente", "text", "Matrícula do atendente nesse dia; nunca o nome", is_measure=False
)


def local(moment: str) -> str:
    """Return SQL: a moment (naive UTC) in the city's time."""
    return f"({moment} AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)"


def local_us(microseconds: str) -> str:
    """Return SQL: microseconds since 1970 as a moment in the city's time."""
    return f"(to_timestamp({microseconds} / 1000000.0) AT TIME ZONE %(zone)s)"


def half_hour(moment: str) -> str:
    """Return SQL: the beginning of the half hour of a moment (naive UTC)."""
    at = local(moment)
    return (
        f"(date_trunc('hour', {at}) + CASE WHEN extract(minute FROM {at}) >= 30 "
        "THEN interval '30 minutes' ELSE interval '0' END)::time"
    )


def agent(user: str, name: str = "lotacao") -> tuple[str, str]:
    """Return SQL: (the agent's number on the day, the join that it needs)."""
    join = (
        f"LEFT JOIN contact_center_assignment {name} ON {name}.user_id = {user} "
        f"AND {name}.date_from <= %(day)s "
        f"AND ({name}.date_until IS NULL OR {name}.date_until >= %(day)s)"
    )
    return f"COALESCE({name}.registration, 'Atendente ' || {user})", join


def seconds(microseconds: str) -> str:
    """Return SQL: a sum of microseconds in seconds."""
    return f"(COALESCE(sum({microseconds}), 0) / 1000000.0)::numeric(18,6)"


_listed = "({})".format


def _words(values) -> str:
    return _listed(", ".join(f"'{value}'" for value in values))


# ------------------------------------------------------------
# Contacts
# ------------------------------------------------------------

CONTACTS = Cube(
    "atendimentos",
    "Atendimentos",
    "Uma linha soma os atendimentos que começaram nesse dia.",
    (
        DAY,
        HALF_HOUR,
        QUEUE,
        CHANNEL,
        code("sentido", CONVERSATION, "direction", "Quem começou: o cidadão ou a central"),
        code("atendido_por", CONVERSATION, "attendance", "Só o assistente virtual, ou uma pessoa"),
        NATURE,
        SUBJECT,
        REGION,
        code("desfecho", CONVERSATION, "outcome", "Como terminou (vazio: ainda aberto)"),
        measure("atendimentos", "Quantos atendimentos"),
        measure("tabulados", "Desses, quantos têm tabulação"),
        measure("encerrados", "Desses, quantos já terminaram"),
    ),
    f"""
    SELECT {half_hour("c.opened_at")}, c.queue_id, c.channel_kind, c.direction, c.attendance,
        c.nature, c.disposition_id, p.contact_center_region_id, c.outcome,
        count(*), count(c.disposition_id), count(*) FILTER (WHERE c.state = 'closed')
    FROM contact_center_conversation c JOIN res_partner p ON p.id = c.partner_id
    WHERE c.opened_at >= %(start)s AND c.opened_at < %(end)s
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    """,  # nosec B608
)

# ------------------------------------------------------------
# Waits
# ------------------------------------------------------------

_BAND = " ".join(f"WHEN waited <= {band} * 1000000::int8 THEN {band}" for band in BANDS)
WAITS = Cube(
    "esperas",
    "Esperas",
    "Uma linha soma as esperas em fila que terminaram nesse dia; a espera de quem passou de uma "
    "fila a outra é uma só.",
    (
        DAY,
        HALF_HOUR,
        QUEUE,
        key("id_fila_inicial", "fila", "Fila em que a espera começou"),
        CHANNEL,
        code("como_saiu", STAY, "left_how", "Como saiu da fila"),
        REGION,
        Column(
            "ate_segundos",
            "integer",
            "Faixa da espera: o limite superior em segundos (vazio: mais de 1800)",
        ),
        measure("esperas", "Quantas esperas"),
        measure("atendidas", "Dessas, quantas terminaram com uma pessoa atendendo"),
        measure("abandonadas", "Dessas, quantas o cidadão abandonou"),
        measure("dentro_da_meta", "Atendidas dentro da meta atual da fila"),
        measure("segundos_espera", "Soma do tempo de espera, em segundos", "number"),
        measure("segundos_atendidas", "Soma da espera das atendidas, em segundos", "number"),
    ),
    f"""
    WITH left_today AS MATERIALIZED (
        SELECT id, conversation_id FROM contact_center_stay
        WHERE left_at >= %(start)s AND left_at < %(end)s
    ), stays AS (
        SELECT id, conversation_id, queue_id, entered_us, left_us, left_at, left_how,
            (lag(left_how) OVER one IN {_words(GOES_ON)}
             AND entered_us - lag(left_us) OVER one < {JOINED_US}) IS TRUE AS came_on,
            (left_how IN {_words(GOES_ON)}
             AND lead(entered_us) OVER one - left_us < {JOINED_US}) IS TRUE AS goes_on
        FROM contact_center_stay
        WHERE conversation_id IN (SELECT conversation_id FROM left_today)
        WINDOW one AS (PARTITION BY conversation_id ORDER BY id)
    ), numbered AS (
        SELECT *, count(*) FILTER (WHERE NOT came_on)
            OVER (PARTITION BY conversation_id ORDER BY id) AS wait
        FROM stays
    ), waits AS (
        SELECT *, first_value(queue_id) OVER one AS first_queue,
            left_us - first_value(entered_us) OVER one AS waited
        FROM numbered WINDOW one AS (PARTITION BY conversation_id, wait ORDER BY id)
    )
    SELECT {half_hour("s.left_at")}, s.queue_id, s.first_queue, c.channel_kind, s.left_how,
        p.contact_center_region_id, CASE {_BAND} END, count(*),
        count(*) FILTER (WHERE s.left_how IN {_words(ANSWERED)}),
        count(*) FILTER (WHERE s.left_how IN {_words(ABANDONED)}),
        count(*) FILTER (WHERE s.left_how IN {_words(ANSWERED)} AND s.waited <= 1000000::int8 *
            CASE WHEN c.channel_kind = ANY(%(calls)s) THEN q.call_level_seconds
                ELSE q.service_level_seconds END),
        {seconds("s.waited")},
        (COALESCE(sum(s.waited) FILTER (WHERE s.left_how IN {_words(ANSWERED)}), 0)
            / 1000000.0)::numeric(18,6)
    FROM waits s
    JOIN left_today USING (id)
    JOIN contact_center_conversation c ON c.id = s.conversation_id
    JOIN res_partner p ON p.id = c.partner_id
    LEFT JOIN contact_center_queue q ON q.id = s.queue_id
    WHERE NOT s.goes_on
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    """,  # nosec B608
)

# ------------------------------------------------------------
# Services of agents
# ------------------------------------------------------------

_number, _join = agent("m.agent_id")
_BEGAN = "CASE WHEN c.channel_kind = ANY(%(calls)s) THEN m.at_us ELSE m.replied_us END"
SERVICES = Cube(
    "servicos",
    "Serviços dos atendentes",
    "Uma linha soma os períodos em que um atendente atendeu um cidadão, terminados nesse dia.",
    (
        DAY,
        HALF_HOUR,
        QUEUE,
        CHANNEL,
        AGENT,
        measure("servicos", "Quantos serviços"),
        measure("segundos_servico", "Soma do tempo desde que assumiu, em segundos", "number"),
        measure(
            "conversas",
            "Desses, os que contam no TMA: por escrito, só aqueles em que o atendente respondeu",
        ),
        measure(
            "segundos_conversa",
            "Soma do tempo que conta no TMA (por escrito, desde a primeira palavra do atendente)",
            "number",
        ),
        measure("respondidos", "Desses, quantos tiveram resposta do atendente"),
        measure(
            "segundos_ate_resposta", "Soma do tempo até a primeira resposta, em segundos", "number"
        ),
    ),
    f"""
    WITH ended AS MATERIALIZED (
        SELECT DISTINCT conversation_id FROM contact_center_event
        WHERE at >= %(start)s AND at < %(end)s AND kind IN {_words(BEGINS + FINISHES)}
    ), moves AS (
        SELECT conversation_id, queue_id, agent_id, kind, id, at_us,
            lead(at) OVER one AS next_at, lead(at_us) OVER one AS next_us,
            lead(id) OVER one AS next_id
        FROM contact_center_event
        WHERE conversation_id IN (SELECT conversation_id FROM ended)
            AND kind IN {_words(BEGINS + FINISHES)}
        WINDOW one AS (PARTITION BY conversation_id ORDER BY id)
    ), services AS (
        SELECT m.*, (
            SELECT min(e.at_us) FROM contact_center_event e
            WHERE e.conversation_id = m.conversation_id AND e.kind = 'first_reply'
                AND e.id > m.id AND e.id < m.next_id) AS replied_us
        FROM moves m
        WHERE m.kind IN {_words(BEGINS)} AND m.next_at >= %(start)s AND m.next_at < %(end)s
    )
    SELECT {half_hour("m.next_at")}, m.queue_id, c.channel_kind, {_number}, count(*),
        {seconds("m.next_us - m.at_us")}, count({_BEGAN}),
        {seconds(f"GREATEST(m.next_us - {_BEGAN}, 0)")}, count(m.replied_us),
        {seconds("m.replied_us - m.at_us")}
    FROM services m
    JOIN contact_center_conversation c ON c.id = m.conversation_id
    {_join}
    GROUP BY 1, 2, 3, 4
    """,  # nosec B608
)

# ------------------------------------------------------------
# Agents' time
# ------------------------------------------------------------

_number, _join = agent("s.user_id")
STATES = Cube(
    "estados",
    "Estados dos atendentes",
    "Uma linha soma o tempo que um atendente passou nesse dia em uma situação.",
    (
        DAY,
        AGENT,
        code("situacao", STATE, "kind", "Situação do atendente (o tempo deslogado não conta)"),
        code("tipo_pausa", STATE, "break_kind", "Tipo da pausa (vazio: não é pausa)"),
        measure("intervalos", "Quantas vezes"),
        measure("segundos", "Tempo, em segundos", "number"),
    ),
    f"""
    SELECT {_number}, s.kind, s.break_kind, count(*),
        {
        seconds(
            "LEAST(COALESCE(s.end_us, %(now_us)s), %(end_us)s) - GREATEST(s.start_us, %(start_us)s)"
        )
    }
    FROM contact_center_agent_state s
    {_join}
    WHERE s.kind <> 'logged_out' AND s.start_us < %(end_us)s
        AND COALESCE(s.end_us, %(now_us)s) > %(start_us)s
    GROUP BY 1, 2, 3
    """,  # nosec B608
)

# ------------------------------------------------------------
# Surveys
# ------------------------------------------------------------

_number, _join = agent("x.agent_id")
SURVEYS = Cube(
    "pesquisas",
    "Pesquisas de satisfação",
    "Uma linha soma os atendimentos por pessoas, pelo que foi feito da pesquisa: respondida nesse "
    "dia, ou encerrado nesse dia sem resposta.",
    (
        DAY,
        QUEUE,
        CHANNEL,
        AGENT,
        REGION,
        code("resultado", CONVERSATION, "survey_result", "O que foi feito da pesquisa"),
        code("motivo", CONVERSATION, "survey_not_asked", "Por que não foi feita"),
        code("nota", CONVERSATION, "satisfaction", "A nota do cidadão"),
        measure("pesquisas", "Quantos atendimentos"),
        measure("satisfeitos", "Desses, quantos com nota muito bom ou bom"),
    ),
    f"""
    SELECT x.queue_id, c.channel_kind, {_number}, p.contact_center_region_id, x.result, x.why,
        x.rating, count(*), count(*) FILTER (WHERE x.rating IN ('very_good', 'good'))
    FROM (
        SELECT conversation_id, queue_id, agent_id, 'answered' AS result, NULL AS why,
            data->>'rating' AS rating
        FROM contact_center_event
        WHERE kind = 'rated' AND at >= %(start)s AND at < %(end)s
        UNION ALL
        SELECT e.conversation_id, e.queue_id, d.survey_agent_id, d.survey_result,
            d.survey_not_asked, NULL
        FROM contact_center_event e
        JOIN contact_center_conversation d ON d.id = e.conversation_id
        WHERE e.kind = 'closed' AND e.at >= %(start)s AND e.at < %(end)s
            AND d.survey_result IN ('unanswered', 'not_asked')
    ) x
    JOIN contact_center_conversation c ON c.id = x.conversation_id
    JOIN res_partner p ON p.id = c.partner_id
    {_join}
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    """,  # nosec B608
)

# ------------------------------------------------------------
# Citizens
# ------------------------------------------------------------

CITIZENS = Cube(
    "retornos",
    "Atendimentos por cidadão",
    "Uma linha soma os atendimentos de um cidadão que começaram nesse dia; o cidadão é um número.",
    (
        DAY,
        Column(
            "id_cidadao", "integer", "Número do cidadão no cadastro; o nome está em outra vista"
        ),
        CHANNEL,
        NATURE,
        SUBJECT,
        measure("atendimentos", "Quantos atendimentos"),
    ),
    """
    SELECT partner_id, channel_kind, nature, disposition_id, count(*)
    FROM contact_center_conversation
    WHERE opened_at >= %(start)s AND opened_at < %(end)s
    GROUP BY 1, 2, 3, 4
    """,
)

# ------------------------------------------------------------
# What changed
# ------------------------------------------------------------

# Contacts that got an event, or were changed without one: all days on which they count.
_CONTACT_DAYS = f"""
    WITH changed AS MATERIALIZED (
        SELECT id FROM contact_center_conversation WHERE write_date >= %(since)s
        UNION
        SELECT conversation_id FROM contact_center_event WHERE id > %(last_event)s
    )
    SELECT {local("at")}::date FROM contact_center_event
    WHERE conversation_id IN (SELECT id FROM changed)
    UNION
    SELECT {local("opened_at")}::date FROM contact_center_conversation
    WHERE id IN (SELECT id FROM changed)
    UNION
    SELECT {local("left_at")}::date FROM contact_center_stay
    WHERE conversation_id IN (SELECT id FROM changed) AND left_at IS NOT NULL
"""  # nosec B608
# Intervals that ended, began or last; and days of an assignment that was entered or corrected.
_STATE_DAYS = f"""
    SELECT DISTINCT generate_series({local_us("start_us")}::date,
        {local_us("COALESCE(end_us, %(now_us)s)")}::date, '1 day')::date
    FROM contact_center_agent_state
    WHERE kind <> 'logged_out' AND (write_date >= %(since)s OR end_us IS NULL)
"""  # nosec B608
_ASSIGNMENT_DAYS = f"""
    SELECT DISTINCT generate_series(a.date_from,
        LEAST(COALESCE(a.date_until, {local("%(now)s::timestamp")}::date),
              {local("%(now)s::timestamp")}::date), '1 day')::date
    FROM contact_center_assignment a
    WHERE a.write_date >= %(since)s AND %(since)s > '-infinity'::timestamp
"""  # nosec B608
# Two contacts became one: what was counted under the other's number.
_MERGED_DAYS = """
    SELECT DISTINCT r.dia FROM olap.cubo_retornos r
    WHERE NOT EXISTS (SELECT 1 FROM res_partner p WHERE p.id = r.id_cidadao)
"""

CORE = Source(
    (CONTACTS, WAITS, SERVICES, STATES, SURVEYS, CITIZENS),
    (_CONTACT_DAYS, _STATE_DAYS, _ASSIGNMENT_DAYS, _MERGED_DAYS),
)
