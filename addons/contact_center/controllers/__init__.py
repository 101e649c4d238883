from . import webclient
from . import previous
from . import attachment
from . import run_job
from . import session
from . import spreadsheets
