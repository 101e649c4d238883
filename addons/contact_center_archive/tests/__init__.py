from . import test_agent_labels
from . import test_access_table
from . import test_archive_message
from . import test_conversation_export
from . import test_data_export
from . import test_report_routes
