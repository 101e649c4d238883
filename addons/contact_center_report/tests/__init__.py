from . import test_access_table
from . import test_rows
from . import test_scope
from . import test_issue
from . import test_schedule
from . import test_view
