from . import simulation
from . import simulation_move
from . import simulation_result
from . import simulation_day
from . import simulation_run
from . import stay
from . import volume_forecast
from . import volume_forecast_line
