# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import alert_prepared
from . import alert_publish
from . import alert_mended
from . import civil_start
from . import civil_end
