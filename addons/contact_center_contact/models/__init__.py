from . import res_partner
from . import res_partner_import
from . import region
from . import district
from . import res_partner_district
from . import contact_duplicate
from . import report_kind
