from . import test_electronic_contacts
