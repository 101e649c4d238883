from . import glpi_ticket_open
