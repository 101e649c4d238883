from . import agents_needed
from . import shift_board
from . import traffic_study
