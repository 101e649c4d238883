from . import archive_message
from . import conversation
from . import mail_message
from . import ir_actions_report
from . import data_export
from . import data_export_tables
from . import data_export_run
