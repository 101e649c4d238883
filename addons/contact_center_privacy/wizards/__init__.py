from . import erase
from . import person
