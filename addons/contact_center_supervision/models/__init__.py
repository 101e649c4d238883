from . import notice
from . import team
from . import res_users
