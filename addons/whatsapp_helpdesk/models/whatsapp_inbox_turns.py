# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import logging
import time
from contextlib import contextmanager

import psycopg2

from odoo import models

from odoo.addons.queue_job.exception import RetryableJobError

from .turn import NotTogetherError, Turn, are_together

_logger = logging.getLogger(__name__)

# Lock of the one job that waits for turns to become due
_LINGER = "whatsapp.turns"
# Longest sleep of that job, in seconds: it sees what came, and that the server stops
_LONGEST_NAP = 1.0


class WhatsappEvent(models.Model):
    """Running the turns of flows that wait until the citizen is quiet.

    The jobs that drain the inbox do it: under the same lock of the same person, so a turn and a new
    message never cross, and without a job for each turn. See docs/decisions/bursts-are-one-turn.md.
    """

    _inherit = "whatsapp.event"

    def _run_turns(self, key):
        """Run the due turns of a person whose lock is held.

        :return: the identities to whom there may be something to send
        """
        identities = self.env["whatsapp.identity"]
        # Processing the batch before may have moved it on, or answered it
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id FROM chatbot_flow_session"
            " WHERE turn_at > 0 AND turn_at <= %s AND turn_lane = %s ORDER BY turn_at",
            [time.time(), key],
        )
        for (session_id,) in self.env.cr.fetchall():
            # sudo: chatbot.flow.session - the job acts for the city
            session = self.env["chatbot.flow.session"].sudo().browse(session_id)
            identities |= self._run_turn(session, key)
        return identities

    def _run_turn(self, session, key):
        """Run one turn; after any failure an agent takes over.

        :return: the identity to whom something may have to be sent
        """
        if are_together(self.env):
            return self._run_due_turn(session, key)
        try:
            with self.env.cr.savepoint():
                return self._run_due_turn(session, key)
        except (psycopg2.OperationalError, RetryableJobError):
            raise
        except Exception as error:
            _logger.exception("The turn of flow session %s failed", session.id)
            session._fail(error)
            return self._nobody()

    def _run_due_turn(self, session, key):
        """Run one turn, put its messages into the outbox, and return their receiver."""
        turn = Turn.begin(self.env, key)
        turn.around(session)._run_due_turn()
        return self.env["whatsapp.message"]._store_turn(turn) if turn.rows else self._nobody()

    def _nobody(self):
        return self.env["whatsapp.identity"]

    # ------------------------------------------------------------
    # Waiting for the next one
    # ------------------------------------------------------------

    def _linger(self):
        """Sleep until the next turn is due, for a moment at most; only one job at a time does.

        A job that keeps a message for a later turn commits and comes here. When another job
        lingers, that commit came before the other's lock is given back, after which it looks once
        more: so no turn is left without a job.

        :return: False when no turn waits, or another job waits for it: this job may end
        """
        self._rollback()
        if not self._try_lock(_LINGER):
            return False
        try:
            self._rollback()
            due = self._next_turn_at()
            self._rollback()
            if due:
                self._nap(min(max(due - time.time(), 0.0), _LONGEST_NAP))
        finally:
            self._unlock(_LINGER)
            self._rollback()
        return bool(due or self._next_turn_at())

    def _next_turn_at(self):
        """Return when the next turn is due (Unix time), 0 when none waits."""
        self.env.cr.execute(
            "SELECT min(turn_at) FROM chatbot_flow_session"
            " WHERE turn_at > 0 AND turn_lane IS NOT NULL"
        )
        return self.env.cr.fetchone()[0] or 0

    @staticmethod
    def _nap(seconds):
        """Sleep without a transaction."""
        time.sleep(seconds)

    def _has_late_turns(self, seconds):
        """Return whether a turn has been due for so long: the job that was to run it is gone."""
        due = self._next_turn_at()
        return bool(due) and due < time.time() - seconds


class ChatbotFlowSession(models.Model):
    """Turns of conversations over WhatsApp are run by the jobs that drain the inbox."""

    _inherit = "chatbot.flow.session"

    def _turn_lane(self):
        turn = Turn.of(self.env)
        return turn.lane if turn and turn.lane else super()._turn_lane()

    @contextmanager
    def _savepoint(self):
        """Also discard the gathered messages when their mail.messages are rolled back."""
        if are_together(self.env):
            with _all_or_nothing():
                yield
            return
        turn = Turn.of(self.env) or Turn()
        said = len(turn.rows)
        try:
            with super()._savepoint():
                yield
        except BaseException:
            del turn.rows[said:]
            raise


@contextmanager
def _all_or_nothing():
    """Let any failure within undo everybody in the savepoint."""
    try:
        yield
    except (psycopg2.OperationalError, RetryableJobError):
        raise
    except Exception as error:
        raise NotTogetherError(f"{type(error).__name__}: {error}") from error
