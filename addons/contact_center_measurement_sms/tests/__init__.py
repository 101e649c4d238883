from . import test_text_messages
