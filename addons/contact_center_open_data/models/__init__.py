from . import open_data
from . import open_data_row
