from . import handover
from . import report
from . import webclient
from . import previous
