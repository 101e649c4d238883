from . import outage_entry
