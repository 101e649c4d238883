from . import contract_end
from . import contract_end_access
from . import contract_end_part
from . import contract_end_run
from . import data_export
