from . import gateway
from . import models
from . import wizards
from . import controllers
