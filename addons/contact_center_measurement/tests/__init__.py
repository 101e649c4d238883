from . import test_access_table
from . import test_days
from . import test_measurement
from . import test_orders
