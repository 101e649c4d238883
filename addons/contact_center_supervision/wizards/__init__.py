from . import agent_state_change
from . import person
from . import wallboard_link
