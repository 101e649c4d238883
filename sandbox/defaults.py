"""Identifiers and credentials that both sides of a demonstration agree on.

They open nothing but the sandbox: obviously fake, meant to be published.
"""

PHONE_NUMBER_ID = "200000000000001"
WABA_ID = "300000000000001"
ACCESS_TOKEN = "sandbox-access-token"
APP_SECRET = "sandbox-app-secret"
VERIFY_TOKEN = "sandbox-verify-token"
DISPLAY_PHONE = "553138000156"
CITY_NAME = "Prefeitura – Central 156"

GLPI_APP_TOKEN = "sandbox-glpi-app-token"
GLPI_USER_TOKEN = "sandbox-glpi-user-token"
# the same user over the high-level API of GLPI 11
GLPI_CLIENT_ID = "sandbox-glpi-client"
GLPI_CLIENT_SECRET = "sandbox-glpi-client-secret"
GLPI_USERNAME = "ponte-whatsapp"
GLPI_PASSWORD = "sandbox-glpi-password"

META_PORT = 8071
GLPI_PORT = 8073
WEBHOOK_URL = "http://127.0.0.1:8069/whatsapp/webhook"
