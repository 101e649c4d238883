from . import chatbot_flow_return
from . import chatbot_flow_return_step
from . import chatbot_flow_simulation
