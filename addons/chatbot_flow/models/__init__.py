from . import chatbot_flow
from . import chatbot_flow_step
from . import chatbot_flow_option
from . import chatbot_flow_load
from . import chatbot_flow_version
from . import chatbot_flow_session
from . import contact_center_conversation
from . import privacy
