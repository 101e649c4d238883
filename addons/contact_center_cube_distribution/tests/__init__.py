from . import test_offers
