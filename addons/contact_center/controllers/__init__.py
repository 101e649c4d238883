from . import handover
from . import webclient
from . import previous
from . import privacy
from . import attachment
from . import health
from . import run_job
from . import report
