from . import sms_send
