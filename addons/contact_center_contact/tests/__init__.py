from . import test_access_table
from . import test_contacts
from . import test_districts
from . import test_neighbours
