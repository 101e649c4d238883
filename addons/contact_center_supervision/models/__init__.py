from . import event
from . import conversation
from . import notice
from . import team
from . import res_users
