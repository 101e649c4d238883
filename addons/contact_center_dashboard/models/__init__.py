from . import stay
from . import figure
from . import contact
from . import wait
