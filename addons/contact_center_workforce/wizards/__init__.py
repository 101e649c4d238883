from . import agents_needed
