from . import chatbot_flow_simulation
