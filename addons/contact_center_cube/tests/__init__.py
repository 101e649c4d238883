from . import test_access_table
from . import test_cube
from . import test_cube_copy
from . import test_cube_files
from . import test_cube_reader
