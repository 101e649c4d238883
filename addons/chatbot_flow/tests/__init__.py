from . import test_flow
from . import test_publish
from . import test_security
from . import test_session
from . import test_session_faults
from . import test_simulation
from . import test_privacy
from . import test_access_table
