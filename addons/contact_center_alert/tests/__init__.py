# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_access_table
from . import test_subject
from . import test_alarm
from . import test_notice
from . import test_broadcast
from . import test_broadcast_kill
from . import test_civil
from . import test_settings_page
