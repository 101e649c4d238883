# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The six dashboards of managers.

Waits, service level and abandonment come from stays in queues, subjects and handling times from
conversations, agents' times from the ledger of states, and the contract from what was closed.
"""

from .parts import Chart, Filter, Key, Measure, Page, Source, Table

QUEUE = Filter("queue", "Queue", "contact_center.queue")
AGENT = Filter("agent", "Agent", "res.users")
REGION = Filter("region", "Region", "contact_center.region")
SUBJECT = Filter("subject", "Main subject", "contact_center.disposition")


def _period(default):
    return Filter("period", "Period", default=default)


_WHERE = {"queue": ("queue_id", "many2one"), "agent": ("agent_id", "many2one")}
# Moments, not days: only they have an index
WAITS = Source("contact_center.figure.wait", {"period": ("entered_at", "datetime"), **_WHERE})
CONTACTS = Source(
    "contact_center.figure.contact",
    {
        "period": ("opened_at", "datetime"),
        **_WHERE,
        "region": ("region_id", "many2one"),
        "subject": ("subject_id", "many2one"),
    },
)
RETURNS = Source(CONTACTS.model, CONTACTS.filters, [["return_count", ">", 0]])
HUMAN = Source(CONTACTS.model, CONTACTS.filters, [["attendance", "=", "human"]])
BY_REGION = Source(CONTACTS.model, CONTACTS.filters, [["region_id", "!=", False]])
BY_DISTRICT = Source(CONTACTS.model, CONTACTS.filters, [["district_id", "!=", False]])
BY_SUBJECT = Source(CONTACTS.model, CONTACTS.filters, [["subject_id", "!=", False]])
CITIZENS = Source(
    "contact_center.conversation",
    {"period": ("opened_at", "datetime"), "queue": ("queue_id", "many2one")},
)
TIMES = Source(
    "contact_center.agent.day", {"period": ("day", "date"), "agent": ("user_id", "many2one")}
)
_DAY = {"period": ("day", "date"), "queue": ("queue_id", "many2one")}
FROZEN = Source("contact_center.indicator.day", _DAY, [["is_frozen", "=", True]])
OCCURRENCES = Source(
    "contact_center.indicator.occurrence",
    {"period": ("start", "date"), "queue": ("queue_id", "many2one")},
    [["state", "in", ["requested", "approved"]]],
)
MEASURED = Source(
    "contact_center.measurement.day", {"period": ("day", "date")}, [["is_newest", "=", True]]
)
POSITIONS = Source(
    MEASURED.model, MEASURED.filters, [*MEASURED.domain, ["item", "in", ["HL6", "HL24"]]]
)


def _indicator(code):
    """Return the closed days of one indicator."""
    return Source(FROZEN.model, FROZEN.filters, [*FROZEN.domain, ["definition_id.code", "=", code]])


COUNT = Measure("__count")
LEVEL = Measure("service_level", "avg", "0.0")
LOST = Measure("abandon_rate", "avg", "0.0")
WAIT = Measure("waited", "avg", "0")
LONGEST = Measure("waited", "max", "0")
ANSWERED, ABANDONED = Measure("answered_count"), Measure("abandoned_count")
WAITING = Measure("waiting_count")
HANDLING = Measure("handling", "avg", "0")
SATISFIED = Measure("satisfied", "avg", "0.0")
BACK, BACK_RATE = Measure("return_count"), Measure("return_rate", "avg", "0.0")
LOGGED = Measure("logged", "sum", "#,##0")


def _share(name):
    return Measure(f"{name}_share", "avg", "0.0")


PAGES = (
    Page(
        "queues",
        "The day of the queues",
        "Nobody has waited in this period. Choose a longer one, or see whether queues are open.",
        (_period("today"), QUEUE),
        (
            Key("Entered", WAITS, COUNT),
            Key("Waiting now", WAITS, WAITING),
            Key("Service level (%)", WAITS, LEVEL),
            Key("Abandonment (%)", WAITS, LOST),
            Key("Mean wait (s)", WAITS, WAIT),
        ),
        (
            (
                Chart("Entered by half hour", WAITS, "bar", ("half_hour",), COUNT),
                Chart("Service level by half hour", WAITS, "line", ("half_hour",), LEVEL),
            ),
            (
                Table("By queue", WAITS, "queue_id", (COUNT, LEVEL, LOST, WAIT), COUNT),
                Table("By half hour", WAITS, "half_hour", (COUNT, LEVEL, LOST, WAIT)),
            ),
            (
                Chart("How waits ended", WAITS, "pie", ("left_how",), COUNT),
                Chart("Mean wait by queue (s)", WAITS, "bar", ("queue_id",), WAIT),
            ),
            (
                Table("Handling time by queue", HUMAN, "queue_id", (COUNT, HANDLING), COUNT),
                Table("Longest wait by queue", WAITS, "queue_id", (COUNT, LONGEST), LONGEST),
            ),
        ),
    ),
    Page(
        "team",
        "The team",
        "No agent was logged in or served anybody in this period. Choose a longer one.",
        (_period("last_7_days"), AGENT),
        (
            Key("Served by people", HUMAN, COUNT),
            Key("Handling time (s)", HUMAN, HANDLING),
            Key("Satisfied (%)", HUMAN, SATISFIED),
            Key("Logged in (min)", TIMES, LOGGED),
            Key("In service (%)", TIMES, _share("in_service")),
        ),
        (
            (
                Table("By agent", HUMAN, "agent_id", (COUNT, HANDLING, SATISFIED), COUNT),
                Table(
                    "Agents' times",
                    TIMES,
                    "user_id",
                    (LOGGED, _share("in_service"), _share("available"), _share("break_snack")),
                    LOGGED,
                ),
            ),
            (
                Chart("Served by day", HUMAN, "bar", ("day:day",), COUNT),
                Chart("Handling time by half hour (s)", HUMAN, "line", ("half_hour",), HANDLING),
            ),
            (
                Table("By team", HUMAN, "supervisor_id", (COUNT, HANDLING, SATISFIED), COUNT),
                Table("Wait by agent", WAITS, "agent_id", (COUNT, WAIT, LEVEL), COUNT),
            ),
        ),
    ),
    Page(
        "channels",
        "Channels",
        "No contact in this period. Choose a longer one, or see whether channels are connected.",
        (_period("last_30_days"), QUEUE),
        (
            Key("Contacts", CONTACTS, COUNT),
            Key("Electronic", CONTACTS, Measure("electronic_count")),
            Key("By people", CONTACTS, Measure("human_count")),
            Key("Abandoned", CONTACTS, Measure("abandoned_count")),
            Key("Satisfied (%)", CONTACTS, SATISFIED),
        ),
        (
            (
                Chart("Contacts by channel", CONTACTS, "pie", ("channel_kind",), COUNT),
                Chart(
                    "Contacts by day", CONTACTS, "bar", ("day:day", "channel_kind"), COUNT, True
                ),
            ),
            (
                Table(
                    "By channel",
                    CONTACTS,
                    "channel_kind",
                    (COUNT, Measure("electronic_count"), HANDLING, SATISFIED),
                    COUNT,
                ),
                Table("Waits by channel", WAITS, "channel_kind", (COUNT, LEVEL, LOST, WAIT), COUNT),
            ),
            (
                Chart(
                    "Contacts by half hour",
                    CONTACTS,
                    "bar",
                    ("half_hour", "channel_kind"),
                    COUNT,
                    True,
                ),
                Chart("How contacts ended", CONTACTS, "bar", ("outcome", "channel_kind"), COUNT),
            ),
        ),
    ),
    Page(
        "subjects",
        "Subjects and regions",
        "No contact in this period. Regions need the list of districts, subjects the dispositions.",
        (_period("last_30_days"), QUEUE, REGION, SUBJECT),
        (
            Key("Contacts", CONTACTS, COUNT),
            Key("With a subject", BY_SUBJECT, COUNT),
            Key("With a region", BY_REGION, COUNT),
            Key("Returns (%)", CONTACTS, BACK_RATE),
        ),
        (
            (
                Chart("Contacts by nature", CONTACTS, "pie", ("nature",), COUNT),
                Chart("Contacts by region", BY_REGION, "bar", ("region_id", "nature"), COUNT, True),
            ),
            (
                Table("By subject", BY_SUBJECT, "disposition_id", (COUNT, HANDLING, BACK), COUNT),
                Table("By main subject", BY_SUBJECT, "subject_id", (COUNT, HANDLING, BACK), COUNT),
            ),
            (
                Table("By region", BY_REGION, "region_id", (COUNT, HANDLING, BACK), COUNT),
                Table("By district", BY_DISTRICT, "district_id", (COUNT, HANDLING, BACK), COUNT),
            ),
            (
                Chart("Subjects by day", BY_SUBJECT, "line", ("day:day", "subject_id"), COUNT),
                Table("By nature", CONTACTS, "nature", (COUNT, HANDLING, BACK), COUNT),
            ),
        ),
    ),
    Page(
        "returns",
        "Citizens who come back",
        "No contact in this period. A return is a contact within thirty days of an earlier one.",
        (_period("last_30_days"), QUEUE, SUBJECT),
        (
            Key("Contacts", CONTACTS, COUNT),
            Key("Returns", CONTACTS, BACK),
            Key("Returns (%)", CONTACTS, BACK_RATE),
            Key("Satisfied on return (%)", RETURNS, SATISFIED),
        ),
        (
            (
                Chart("First contact or return", CONTACTS, "pie", ("visit",), COUNT),
                Chart("Returns by day (%)", CONTACTS, "line", ("day:day",), BACK_RATE),
            ),
            (
                Table("Returns by subject", RETURNS, "disposition_id", (COUNT, HANDLING), COUNT),
                Table("Returns by queue", CONTACTS, "queue_id", (COUNT, BACK, BACK_RATE), BACK),
            ),
            (
                Table("Citizens with most contacts", CITIZENS, "partner_id", (COUNT,), COUNT),
                Table("Returns by region", RETURNS, "region_id", (COUNT, HANDLING), COUNT),
            ),
        ),
    ),
    Page(
        "contract",
        "The contract",
        "No day of this period was closed or measured yet. Days are closed in the night after.",
        (_period("last_30_days"), QUEUE),
        (
            Key("Service level (%)", _indicator("INS"), Measure("value", "avg", "0.00")),
            Key("Mean wait (s)", _indicator("TME"), Measure("value", "avg", "0.00")),
            Key("Abandonment (%)", _indicator("IAL"), Measure("value", "avg", "0.00")),
            Key("Satisfied (%)", _indicator("IPS"), Measure("value", "avg", "0.00")),
            Key("Occurrences", OCCURRENCES, COUNT),
        ),
        (
            (
                Chart(
                    "Service level by day (%)",
                    _indicator("INS"),
                    "line",
                    ("day:day",),
                    Measure("value", "avg"),
                ),
                Chart(
                    "Abandonment by day (%)",
                    _indicator("IAL"),
                    "line",
                    ("day:day",),
                    Measure("value", "avg"),
                ),
            ),
            (
                Table(
                    "Indicators, closed days",
                    FROZEN,
                    "definition_id",
                    (Measure("value", "avg", "0.00"), Measure("denominator")),
                ),
                Table("Occurrences by kind", OCCURRENCES, "kind", (COUNT,), COUNT),
            ),
            (
                Chart(
                    "Positions logged by day", POSITIONS, "bar", ("day:day", "item"),
                    Measure("quantity"), True,
                ),
                Table(
                    "Measured by item",
                    MEASURED,
                    "item",
                    (Measure("quantity", "sum", "#,##0.00"), Measure("hours", "sum", "#,##0.0")),
                ),
            ),
        ),
    ),
)  # fmt: skip
