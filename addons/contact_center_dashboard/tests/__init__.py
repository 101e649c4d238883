from . import test_access_table
from . import test_figures
