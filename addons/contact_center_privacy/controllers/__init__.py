from . import attachment
from . import confidentiality
from . import export
