from . import report_conversation
