from . import agent_state_change
