from . import test_access_table
from . import test_notice
from . import test_team
