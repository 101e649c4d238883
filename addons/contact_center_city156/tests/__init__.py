from . import test_access_table
from . import test_city156
from . import test_menu
from . import test_pressed_at_once
