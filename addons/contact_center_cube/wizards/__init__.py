from . import cube_export
from . import cube_reader_new
