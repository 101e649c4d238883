from . import test_access_table
from . import test_health
from . import test_roles
