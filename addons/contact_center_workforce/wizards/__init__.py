from . import agents_needed
from . import traffic_study
