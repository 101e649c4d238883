from . import res_partner
from . import res_partner_import
from . import contact_duplicate
