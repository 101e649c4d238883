from . import health
from . import login_failure
