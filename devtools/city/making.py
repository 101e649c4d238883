"""Makes the 156 of the demo, with weeks of past days; run in `odoo shell`.

What exists is used as it is: the second run adds only the days that have passed since.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from . import crew as crews
from . import past, words
from .drawing import CITIZENS, NATURES, draw_day
from .known import Known
from .shape import STREAMS, past_days
from .writing import Ledgers

MARK = "__city156__"
WEIGHT = 50
"""Of a capacity of 100: an agent serves two citizens at a time."""

NOTE = "contact_center.demo_city"
TILES = (
    *("waiting", "oldest", "estimate", "level_half_hour", "level_day", "answered"),
    *("in_service", "free", "logged_in", "abandoned", "clock"),
)
AT_ONCE = 7
"""Days that are written together."""

Tell = Callable[[str], None]


class NotOurs(Exception):
    """The database is not a demonstration: nothing is made there."""


def make(env, days: int, contacts: float, seed: str, tell: Tell) -> dict:
    """Make what is missing; return what `playing` must know.

    :param days: of the past, at the first time
    :param contacts: of a usual day for which people are needed
    :param tell: hears what is being done
    :raise NotOurs: the database has no demonstration data
    """
    if not env["contact_center.demo"]._is_demo():
        raise NotOurs("O banco não é de demonstração: nada foi feito.")
    maker = Maker(env(context={**env.context, "lang": "pt_BR", "tz": "America/Sao_Paulo"}), tell)
    facts = maker.people_and_queues()
    maker.write_past(days, contacts, seed)
    return facts


def answer_by(env, flow: int) -> None:
    """Let the demo's number answer by a flow, or by the one of the demo's data.

    With a flow the queues act as open for some hours: a day can be played at any time.

    :param flow: its id; 0 for the usual one
    :raise NotOurs: the database has no demonstration data
    """
    if not env["contact_center.demo"]._is_demo():
        raise NotOurs("O banco não é de demonstração: nada foi feito.")
    usual = env.ref("glpi_connector.flow_demo_it_support")
    account = env.ref("whatsapp_helpdesk.account_demo")
    account.flow_id = env["chatbot.flow"].browse(flow) if flow else usual
    if flow:
        env["contact_center.demo"].act_open(True)


class Maker:
    """Makes one thing after the other.

    :param env: of the system, in Portuguese
    """

    def __init__(self, env, tell: Tell):
        self.env = env
        self.tell = tell
        self.members = crews.crew()

    # -- the centre ------------------------------------------------------------------------------

    def people_and_queues(self) -> dict:
        """Make the preset, the agents and the wallboard; return what is known of them."""
        self.tell("O 156: filas, assuntos, menu")
        env = self.env
        administrator = env.ref("contact_center.user_demo_adriana")
        env["contact_center.city156"].with_user(administrator)._make()
        flow = self._made("flow")
        if not flow.published_version_id:
            flow.action_publish()
        self.tell("Atendentes e gestora da Prefeitura")
        users = self._agents()
        for stream in STREAMS:
            queue = self._made(f"queue_{stream.queue}")
            wanted = env["res.users"].union(
                *(users[one.number] for one in self.members if stream.queue in one.queues)
            )
            if wanted - queue.member_ids:
                queue.member_ids |= wanted
        self._weight()
        self._city_manager()
        env.cr.commit()
        return {
            "flow": flow.id,
            "agents": {str(number): user.id for number, user in users.items()},
            "queues": {one.queue: self._made(f"queue_{one.queue}").id for one in STREAMS},
            "dispositions": {
                queue: ids
                for (queue, nature), ids in self._subjects().items()
                if nature == "request"
            },
            "reasons": {
                one.break_kind: one.id
                for one in reversed(
                    env["contact_center.pause.reason"].search([("kind", "=", "break")])
                )
            },
            "wallboard": self._wallboard(),
        }

    def _made(self, key: str):
        return self.env.ref(f"{MARK}.{key}")

    def _agents(self) -> dict:
        """Return the agents by number, made if they are missing."""
        env = self.env
        found = {
            user.login: user
            for user in env["res.users"].search([("login", "in", [m.login for m in self.members])])
        }
        missing = [one for one in self.members if one.login not in found]
        group = env.ref("contact_center.group_technician")
        made = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                [
                    {
                        "name": one.name,
                        "login": one.login,
                        "password": crews.PASSWORD,
                        "email": f"{one.login}@example.com",
                        "lang": "pt_BR",
                        "tz": "America/Sao_Paulo",
                        "group_ids": [(6, 0, group.ids)],
                    }
                    for one in missing
                ]
            )
        )
        found |= {user.login: user for user in made}
        self._assign({one: found[one.login] for one in missing})
        return {one.number: found[one.login] for one in self.members}

    def _assign(self, users: dict) -> None:
        """Give new agents a supervisor and a registration number."""
        self.env["contact_center.assignment"].create(
            [
                {
                    "user_id": user.id,
                    "operation_id": self._made("operation").id,
                    "supervisor_id": self.env.ref("contact_center.user_demo_sofia").id,
                    "registration": member.registration,
                    "date_from": date(2026, 1, 1),
                }
                for member, user in users.items()
            ]
        )

    def _weight(self) -> None:
        weights = self.env["contact_center.channel.weight"]
        if not weights.search([("channel_kind", "=", "whatsapp")]):
            weights.create({"channel_kind": "whatsapp", "weight": WEIGHT})

    def _city_manager(self) -> None:
        users = self.env["res.users"].with_context(no_reset_password=True)
        if users.search([("login", "=", "cintia")]):
            return
        groups = ("group_city_outside", "group_city_citizens")
        found = [self.env.ref(f"contact_center_supervision.{name}").id for name in groups]
        users.create(
            {
                "name": "Cíntia Prado",
                "login": "cintia",
                "password": "cintia-demo-2026",
                "email": "cintia@example.com",
                "lang": "pt_BR",
                "tz": "America/Sao_Paulo",
                "group_ids": [(6, 0, found)],
            }
        )

    def _wallboard(self) -> str:
        """Return a new link of the demo's wallboard; the former one ends."""
        boards = self.env["contact_center.wallboard"]
        board = boards.search([("name", "=", "156: sala de situação")], limit=1)
        if not board:
            tiles = [(0, 0, {"kind": kind}) for kind in TILES]
            queues = [self._made(f"queue_{one.queue}").id for one in STREAMS]
            board = boards.create(
                {
                    "name": "156: sala de situação",
                    "mode": "city",
                    "queue_ids": [(6, 0, queues)],
                    "page_ids": [(0, 0, {"name": "Agora", "tile_ids": tiles})],
                }
            )
        return board._make_link(30)

    def _subjects(self) -> dict:
        """Return {(key of a queue, nature): ids of the dispositions}, in the preset's order."""
        city = self.env["contact_center.city156"]._city()
        found = defaultdict(list)
        for queue in city.queues:
            for subject in queue.subjects:
                for nature, _part in NATURES:
                    record = self.env.ref(
                        f"{MARK}.subject_{subject.key}_{nature}", raise_if_not_found=False
                    )
                    found[queue.key, nature] += record.ids if record else []
        return found

    # -- the past --------------------------------------------------------------------------------

    def write_past(self, days: int, contacts: float, seed: str) -> None:
        """Write the days that are not there yet, today up to now included."""
        env = self.env
        parameters = env["ir.config_parameter"]
        queues = env["contact_center.queue"]
        today = queues._city_today()
        noted = json.loads(parameters.get_param(NOTE) or "{}")
        last = date.fromisoformat(noted["until"]) if noted else today - timedelta(days=days)
        missing = past_days(today, (today - last).days) if last < today else []
        if not missing or not contacts:
            return
        known = self._known()
        holidays = queues._default_queue()._holidays(missing[0], missing[-1])
        centre = self._centre()
        now = env.cr.now()
        written = 0
        for first in range(0, len(missing), AT_ONCE):
            part = missing[first : first + AT_ONCE]
            ledgers = Ledgers(env, known, now)
            for day in part:
                written += self._day(ledgers, centre, day, contacts, seed, day in holidays)
            ledgers.write()
            parameters.set_param(NOTE, json.dumps({"until": part[-1].isoformat(), "seed": seed}))
            env.cr.commit()
            env.invalidate_all()
            done = first + len(part)
            count = f"{written:,}".replace(",", ".")
            self.tell(f"Passado: {done} de {len(missing)} dias, {count} contatos")
        env.cr.execute("ANALYZE")
        # The figures of the contract: Odoo closes day after day in the background
        env["contact_center.indicator.run"]._cron_freeze()
        env.cr.commit()

    def _day(self, ledgers, centre, day: date, contacts: float, seed: str, is_holiday: bool) -> int:
        comings = draw_day(day, contacts, seed, is_holiday)
        working = [one for one in self.members if crews.is_at_work(one, day, seed, is_holiday)]
        people = [one for one in comings if not one.electronic]
        told, states = past.play(centre, people, working, f"{seed} {day}")
        for member in working:
            ledgers.add_states(member, day, states.get(member.number, []))
        return ledgers.add_day(day, told, [one for one in comings if one.electronic])

    def _centre(self) -> past.Centre:
        from odoo.addons.contact_center_distribution import routing

        ids = {one.queue: self._made(f"queue_{one.queue}").id for one in STREAMS}
        queues = self.env["contact_center.queue"].browse(list(ids.values()))
        settings = self.env["contact_center.simulation"]._routing_settings(queues)
        return past.Centre(routing, settings, ids, WEIGHT)

    def _known(self) -> Known:
        from odoo.addons.contact_center.core.protocol import format_protocol

        env = self.env
        users = self._agents()
        self.tell(f"{CITIZENS} cidadãos")
        queues = env["contact_center.queue"]
        reasons = env["contact_center.pause.reason"].search([("kind", "=", "break")])
        return Known(
            zone=queues._default_queue()._timezone(),
            queues={one.queue: self._made(f"queue_{one.queue}").id for one in STREAMS},
            subjects=self._subjects(),
            root=self._made("subject").id,
            users={number: user.id for number, user in users.items()},
            agent_names={number: user.name for number, user in users.items()},
            agent_partners={number: user.partner_id.id for number, user in users.items()},
            citizens=self._citizens(),
            names={number: words.citizen_name(number) for number in range(CITIZENS)},
            bot=env["contact_center.conversation"]._bot_partner().id,
            system=env.ref("base.user_root").id,
            company=env.company.id,
            account=self._account().id,
            comment=env.ref("mail.mt_comment").id,
            weight=WEIGHT,
            pause_names={one.break_kind: one.name for one in reversed(reasons)},
            protocol=format_protocol,
        )

    def _account(self):
        return self.env.ref("whatsapp_helpdesk.account_demo")

    def _citizens(self) -> dict[int, tuple[int, int]]:
        """Return (contact, identity) of each citizen, made if they are missing."""
        identities = self.env["whatsapp.identity"]
        portfolio = self._account().portfolio
        numbers = {words.wa_id(number): number for number in range(CITIZENS)}
        domain = [("portfolio", "=", portfolio), ("wa_id", "in", list(numbers))]
        found = {
            numbers[one.wa_id]: (one.partner_id.id, one.id) for one in identities.search(domain)
        }
        missing = [number for number in range(CITIZENS) if number not in found]
        people = self.env["res.partner"].create(
            [
                {"name": words.citizen_name(number), "phone": f"+{words.telephone(number)}"}
                for number in missing
            ]
        )
        made = identities.create(
            [
                {
                    "portfolio": portfolio,
                    "wa_id": words.wa_id(number),
                    "phone": f"+{words.telephone(number)}",
                    "partner_id": person.id,
                    "named": True,
                }
                for number, person in zip(missing, people, strict=True)
            ]
        )
        self.env["whatsapp.identity.address"].create(
            [{"portfolio": portfolio, "value": one.wa_id, "identity_id": one.id} for one in made]
        )
        for number, person, one in zip(missing, people, made, strict=True):
            found[number] = (person.id, one.id)
        return found
