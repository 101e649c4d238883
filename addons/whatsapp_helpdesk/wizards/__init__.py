from . import automatic_message_test
from . import chatbot_flow_simulation
from . import template_send
