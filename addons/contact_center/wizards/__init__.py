from . import automatic_message_test
from . import conversation_close
from . import conversation_transfer
from . import contact_delete
from . import contact_merge
from . import conversation_take_over
from . import location_send
from . import holiday_import
