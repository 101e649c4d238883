# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_access_table
from . import test_closing
from . import test_decisions
from . import test_half_hours
from . import test_handed_over
from . import test_months
from . import test_outside
from . import test_registers
from . import test_requests
from . import test_source
from . import test_statement
from . import test_volumes
