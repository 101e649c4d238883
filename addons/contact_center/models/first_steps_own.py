# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from datetime import timedelta
from urllib.parse import urlsplit

from odoo import api, models

from ..core import first_steps

# Written by deploy/backup.sh
BACKUP_PARAMETER = "contact_center.last_backup_at"
# Odoo's default names
NAMELESS = ("My Company", "YourCompany", "Minha Empresa")
NAMES_SHOWN = 5
# Number of conversations searched for an answer
RECENT = 50
# Recognised in addresses; nothing listens on them
LOCAL_HOSTS = ("localhost", "127.0.0.1", "0.0.0.0", "::1")  # nosec B104


class FirstSteps(models.AbstractModel):
    """The steps of every center: city, people, queues and hours, the first answer."""

    _inherit = "contact_center.first.steps"

    @api.model
    def _steps(self):
        """Return {key: (sequence, method)}; each method returns one `_step` (hook).

        Methods run as superuser, in the reader's language; `self.env.user` is the reader.
        """
        return {
            "company": (10, self._step_company),
            "people": (20, self._step_people),
            "queue": (30, self._step_queue),
            "done": (100, self._step_done),
        }

    # ------------------------------------------------------------
    # The city
    # ------------------------------------------------------------

    @api.model
    def _step_company(self):
        """Return the city's step: name, logo, location, time zone and telephone area code."""
        _ = self.env._
        company = self.env.company
        partner = company.partner_id
        named = bool(company.name) and company.name not in NAMELESS
        area = self.env["res.partner"]._area_code()
        place = ", ".join(filter(None, [partner.city, partner.state_id.code]))
        checks = [
            self._check(named, company.name if named else _("The city hall has no name yet.")),
            self._check(
                bool(partner.city and partner.state_id),
                _("City: %s", place)
                if partner.city and partner.state_id
                else _("City and state are missing: the state's holidays depend on them."),
            ),
            self._check(
                bool(partner.tz),
                _("Time zone: %s", partner.tz) if partner.tz else _("The time zone is missing."),
            ),
            self._check(
                bool(area),
                _("Area code (DDD): %s", area)
                if area
                else _("The area code is missing: telephones typed without it would be refused."),
            ),
            self._check(
                first_steps.HINT if company.uses_default_logo else first_steps.OK,
                _("There is no logo of your own yet; it stands on the login page and on papers.")
                if company.uses_default_logo
                else _("The logo is there."),
            ),
        ]
        return self._step(
            _("City hall"),
            _("The city's data on the login page and on papers, and its time zone."),
            checks,
            [self._action(_("Fill in"), "contact_center.company_setup_action")],
        )

    # ------------------------------------------------------------
    # People
    # ------------------------------------------------------------

    @api.model
    def _people_of(self, group):
        """Return active people with a role in the center, except those in charge of the server."""
        users = self.env.ref(group).all_user_ids
        return users.filtered(
            lambda user: user.active and not user.share and not user.has_group("base.group_system")
        )

    @api.model
    def _step_people(self):
        """Return the step of the people who work here, with their roles."""
        _ = self.env._
        people = {
            name: self._people_of(f"contact_center.group_{name}")
            for name in ("technician", "administrator")
        }
        agents = people["technician"] - people["administrator"]
        everybody = people["technician"] | self._people_of("contact_center.group_manager")
        new = everybody.filtered(lambda user: not user.login_date)
        checks = [
            self._check(
                bool(agents),
                _("Serving citizens: %s", self._names(agents))
                if agents
                else _("Nobody serves citizens yet: add the technicians and supervisors."),
            ),
            self._check(
                bool(people["administrator"]),
                _("Administrators: %s", self._names(people["administrator"]))
                if people["administrator"]
                else _("There is no administrator besides the person in charge of the server."),
            ),
        ]
        if len(people["administrator"]) == 1:
            words = _("With a single administrator nobody stands in during holidays.")
            checks.append(self._check(first_steps.HINT, words))
        if new:
            words = _("Never logged in yet: %s", self._names(new))
            checks.append(self._check(first_steps.HINT, words))
        actions = [
            self._action(_("Add a person"), "contact_center.person_action_new"),
            self._action(_("People and roles"), "contact_center.person_action"),
        ]
        intro = _("Each person has a login of their own, and a role that decides their screens.")
        return self._step(_("People and roles"), intro, checks, actions)

    @api.model
    def _names(self, records):
        """Return a few names, and how many more there are."""
        shown = ", ".join(records[:NAMES_SHOWN].mapped("name"))
        more = len(records) - NAMES_SHOWN
        return (
            self.env._("%(names)s and %(count)s more", names=shown, count=more)
            if more > 0
            else shown
        )

    # ------------------------------------------------------------
    # Queues and hours
    # ------------------------------------------------------------

    @api.model
    def _step_queue(self):
        """Return the step of queues: where citizens wait, their agents, hours and closing days."""
        _ = self.env._
        queues = self.env["contact_center.queue"].search([])
        checks = [self._check_of_queue(queue) for queue in queues[:NAMES_SHOWN]]
        if not queues:
            words = _("There is no queue yet: that is where citizens wait for a person.")
            checks.append(self._check(False, words))
        today = queues._city_today()
        coming = len(queues._holidays(today, today + timedelta(days=365)))
        checks.append(
            self._check(
                bool(coming),
                _("Holidays of the next twelve months: %s", coming)
                if coming
                else _("No holidays are known: the center would be open on Christmas Day."),
            )
        )
        subjects = self.env["contact_center.disposition"].search_count([])
        checks.append(
            self._check(
                bool(subjects),
                _("Subjects to close conversations with: %s", subjects)
                if subjects
                else _("There is no subject yet: without one no conversation can be closed."),
            )
        )
        buttons = self._queue_buttons(bool(queues), bool(subjects))
        intro = _("Citizens wait in a queue; its hours say when people are there.")
        return self._step(_("Queue and hours"), intro, checks, buttons)

    @api.model
    def _queue_buttons(self, queues, subjects):
        """Return the step's buttons (hook).

        They depend on whether there are queues and subjects.
        """
        _ = self.env._
        action = "contact_center.queue_action"
        view = "contact_center.queue_view_form_first_steps"
        new = self._action(_("New queue"), action, dialog=True, view_id=view)
        every = self._action(_("Queues"), action)
        holidays = self._action(
            _("Import holidays"),
            "contact_center.holiday_import_action",
            context={"from_first_steps": True},
        )
        hours = self._action(_("Service hours"), "contact_center.resource_calendar_action")
        dispositions = self.env["contact_center.disposition"]
        usual = self._call(_("Use the usual subjects"), dispositions, "action_make_usual")
        own = self._action(_("Subjects"), "contact_center.disposition_action")
        return [
            *([every, new] if queues else [new]),
            *([holidays, own] if subjects else [holidays, usual, own]),
            hours,
        ]

    @api.model
    def _check_of_queue(self, queue):
        _ = self.env._
        people = queue._serving_members()
        if not people:
            return self._check(False, _("%s: nobody serves it yet.", queue.name))
        words = _(
            "%(queue)s: %(people)s; hours: %(hours)s",
            queue=queue.name,
            people=self._names(people),
            hours=queue.calendar_id.name or _("always open"),
        )
        return self._check(True, words)

    # ------------------------------------------------------------
    # The first answer
    # ------------------------------------------------------------

    @api.model
    def _step_done(self):
        """Return a conversation in which a citizen wrote and a person answered."""
        _ = self.env._
        conversations = self.env["contact_center.conversation"]
        wrote = conversations.search_count([("last_inbound_at", "!=", False)], limit=1)
        taken = conversations.search(
            [("accepted_at", "!=", False), ("agent_id", "!=", False)], limit=RECENT, order="id desc"
        )
        said = [
            ("model", "=", "discuss.channel"),
            ("res_id", "in", taken.discuss_channel_id.ids),
            ("author_id", "in", taken.agent_id.partner_id.ids),
            ("subtype_id", "=", self.env.ref("mail.mt_comment").id),
        ]
        answered = taken and self.env["mail.message"].search_count(said, limit=1)
        checks = [
            self._check(
                bool(wrote),
                _("A citizen wrote.") if wrote else _("Send “oi” from your own telephone."),
            ),
            self._check(
                bool(taken),
                _("A person took the conversation.")
                if taken
                else _("Ask the bot for a person, and let a technician take the conversation."),
            ),
            self._check(
                bool(answered),
                _("A person answered.") if answered else _("Let the technician answer."),
            ),
        ]
        actions = [self._action(_("All conversations"), "contact_center.conversation_action")]
        intro = _("Be the citizen once: write, be answered, rate the service.")
        return self._step(_("The first conversation"), intro, checks, actions)

    # ------------------------------------------------------------
    # Steps that need the server
    # ------------------------------------------------------------

    @api.model
    def _server_needs(self):
        """Return tasks for the person who runs the server (hook).

        A list of {level, title, words}.
        """
        _ = self.env._
        mail = bool(self.env["ir.mail_server"].search_count([], limit=1))
        address = urlsplit(self.get_base_url())
        public = address.scheme == "https" and address.hostname not in LOCAL_HOSTS
        self.env.cr.execute("SELECT 1 FROM ir_config_parameter WHERE key = %s", [BACKUP_PARAMETER])
        backup = bool(self.env.cr.fetchone())
        rows = [
            (
                mail,
                _("Outgoing mail"),
                _("A mail server is set up: invitations and codes travel by e-mail."),
                _(
                    "Ask for an outgoing mail server (SMTP). Until then invitations are links "
                    "that you pass on yourself."
                ),
            ),
            (
                public,
                _("Public address"),
                _("The address is %s.", address.geturl()),
                _(
                    "Ask for a public name with HTTPS (now: %s). Meta delivers to nothing else.",
                    address.geturl(),
                ),
            ),
            (
                backup,
                _("Backup"),
                _("Copies are made."),
                _("Ask for a daily copy of the database and the files, kept elsewhere."),
            ),
        ]
        return [
            {"title": title, **self._check(bool(there), found if there else ask)}
            for there, title, found, ask in rows
        ]
