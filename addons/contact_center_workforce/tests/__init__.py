from . import test_access_table
from . import test_agents_needed
from . import test_shift
from . import test_simulation
from . import test_traffic
from . import test_volume_forecast
from . import test_report_kind
