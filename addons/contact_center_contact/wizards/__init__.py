from . import contact_delete
from . import contact_merge
from . import district_import
from . import partner_merge
