from . import test_login_parallel
from . import test_login_security
from . import test_login_sessions
from . import test_login_ways
from . import test_strangers
from . import test_web_headers
