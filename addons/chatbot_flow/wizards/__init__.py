from . import chatbot_flow_export
from . import chatbot_flow_import
from . import chatbot_flow_simulation
from . import conversation_transfer
from . import chatbot_flow_release
from . import chatbot_flow_synonym
from . import person
