from . import webclient
from . import previous
