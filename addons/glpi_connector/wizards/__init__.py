from . import glpi_give_up
from . import glpi_ticket_open
from . import glpi_ticket_say
