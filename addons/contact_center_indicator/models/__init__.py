# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import answer
from . import contract
from . import contract_invoice
from . import contract_service
from . import conversation
from . import day
from . import decided
from . import definition
from . import difference
from . import goal
from . import month
from . import occurrence
from . import res_users
from . import run
from . import seal
from . import seal_verify
from . import source
from . import statement
from . import version
