# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import automatic_message
from . import subject
from . import district
from . import entry
from . import alert_contact
from . import notice
from . import hearing
from . import alarm
from . import alarm_watch
from . import alarm_history
from . import broadcast
from . import recipient
from . import broadcast_audience
from . import broadcast_sending
from . import civil_plan
from . import civil_run
from . import civil_end
from . import queue
from . import civil_report
from . import conversation
from . import conversation_notice
from . import chatbot_flow_session
from . import banner
