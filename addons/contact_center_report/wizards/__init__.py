from . import report_view
