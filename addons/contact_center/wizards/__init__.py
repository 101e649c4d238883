from . import conversation_close
from . import conversation_transfer
