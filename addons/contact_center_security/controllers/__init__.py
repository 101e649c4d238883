from . import rpc
from . import second_factor
