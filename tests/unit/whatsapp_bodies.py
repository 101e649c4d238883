"""Webhook bodies as other libraries, proxies and older APIs have them; made up.

Each group has the expected result: the fields of messages, the senders, the kinds of items.
"""

NUMBER, CITY = "200000000000001", "553138000156"
METADATA = {"phone_number_id": NUMBER, "display_phone_number": CITY}
ANA, ANA_ID = "553188887777", "BR.111"
AT = "1790000000"
FILE = {"id": "77", "mime_type": "image/jpeg", "sha256": "x"}
UNSUPPORTED = [{"code": 131051, "title": "Message type unknown", "message": "unknown"}]


def text(words="oi", **more):
    """Return a text message of Ana's."""
    base = {"from": ANA, "id": "wamid.1", "timestamp": AT, "type": "text", "text": {"body": words}}
    return {**base, **more}


def call(value, field="messages", **entry):
    """Return a webhook body with one change."""
    change = {"field": field, "value": {"metadata": METADATA, **value}}
    body = {"object": "whatsapp_business_account", "entry": [{"id": "3", "changes": [change]}]}
    body["entry"][0].update(entry)
    return body


def _answers(written, **more):
    return {"type": "nfm_reply", "nfm_reply": {"response_json": written, **more}}


def _interactive(**part):
    return {"type": "interactive", "interactive": part}


# (fields of the message, what is read of it)
MESSAGES = [
    ({"type": "text", "text": {"body": "oi", "preview_url": False}}, {"text": "oi"}),
    ({"type": "text", "text": "oi"}, {"text": "oi"}),
    ({"type": "text", "text": {}}, {"text": "", "type": "text"}),
    ({"type": "text", "text": None}, {"text": ""}),
    ({"text": {"body": "sem tipo"}}, {"type": "text", "text": "sem tipo"}),
    ({"type": None, "image": FILE}, {"type": "image"}),
    ({"type": "text", "text": {"body": "x" * 70_000}}, {"type": "text"}),
    ({"type": "image", "image": {**FILE, "caption": "c"}}, {"text": "c"}),
    ({"type": "image", "image": {**FILE, "view_once": True}}, {"type": "image"}),
    ({"type": "image", "image": {}}, {"type": "image", "text": ""}),
    ({"type": "image", "image": [FILE]}, {"type": "image"}),
    ({"type": "video", "video": {"id": "7", "mime_type": "video/mp4"}}, {"type": "video"}),
    ({"type": "sticker", "sticker": {"id": "7", "animated": True}}, {"type": "sticker"}),
    ({"type": "audio", "audio": {"id": "7", "voice": True}}, {"type": "audio"}),
    ({"type": "voice", "audio": {"id": "7"}}, {"type": "voice"}),
    ({"type": "document", "document": {"id": 77, "filename": "a.pdf"}}, {"type": "document"}),
    ({"type": "location", "location": {"latitude": -19.9, "longitude": "-43.9"}}, {"text": ""}),
    ({"type": "location", "location": {"name": "Praça", "latitude": None}}, {"text": "Praça"}),
    ({"type": "location", "location": {"latitude": 200, "longitude": 0}}, {"place": None}),
    ({"type": "contacts", "contacts": {"name": {"formatted_name": "Bia"}}}, {"text": ""}),
    ({"type": "contacts", "contacts": []}, {"cards": ()}),
    ({"type": "contacts", "contacts": [None, 3, {}]}, {"type": "contacts"}),
    ({"type": "button", "button": {"payload": "P", "text": "Sim"}}, {"option_id": "P"}),
    ({"type": "button", "button": {"text": "Sim"}}, {"text": "Sim", "option_id": ""}),
    ({"type": "order", "order": {"text": "nota", "product_items": []}}, {"text": "nota"}),
    (
        {"type": "order", "order": {"product_items": [{"quantity": 2, "item_price": 1.5}]}},
        {"text": "2 x  (1.5)"},
    ),
    ({"type": "order", "order": {"product_items": "nada"}}, {"text": ""}),
    (
        _interactive(type="button_reply", button_reply={"id": "1", "title": "Sim"}),
        {"option_id": "1", "text": "Sim"},
    ),
    (
        _interactive(type="list_reply", list_reply={"id": "r", "title": "T", "description": "D"}),
        {"option_id": "r", "text": "T"},
    ),
    (_interactive(button_reply={"id": "1", "title": "Sim"}), {"option_id": "1", "text": "Sim"}),
    (
        _interactive(type="button", button_reply={"id": "1", "title": "Sim"}),
        {"option_id": "1", "text": "Sim"},
    ),
    (_interactive(type="button_reply", button_reply={}), {"option_id": "", "text": ""}),
    (_interactive(**_answers('{"nome": "Bia", "aceito": true}')), {"text": "nome: Bia\naceito: ✓"}),
    (_interactive(**_answers('{"nome": ')), {"text": '{"nome": '}),
    (_interactive(**_answers("Rua das Flores, 5")), {"text": "Rua das Flores, 5"}),
    (_interactive(**_answers('"{\\"a\\": \\"b\\"}"')), {"text": "a: b"}),
    (_interactive(**_answers("")), {"text": ""}),
    (_interactive(**_answers(None, body="Enviado")), {"text": "Enviado"}),
    (_interactive(**_answers("[1, [2, [3]]]")), {"text": "1\n2\n3"}),
    (_interactive(**_answers('{"flow_token": "t", "0_x": "y"}')), {"text": "0_x: y"}),
    (
        _interactive(**_answers('{"values": {"city": "BH"}}', name="address_message")),
        {"text": "city: BH"},
    ),
    (
        _interactive(type="call_permission_reply", call_permission_reply={"response": "accept"}),
        {"call_permission": "accept"},
    ),
    (_interactive(type="product_list_reply", product_list_reply={"title": "T"}), {"text": "T"}),
    (_interactive(type="payment_method", payment_method={"name": "Pix"}), {"text": "Pix"}),
    ({"type": "interactive", "interactive": None}, {"text": ""}),
    ({"type": "reaction", "reaction": {"message_id": "w", "emoji": "👍"}}, {"emoji": "👍"}),
    ({"type": "reaction", "reaction": {"message_id": "w", "emoji": None}}, {"emoji": ""}),
    ({"type": "request_welcome"}, {"type": "request_welcome"}),
    ({"type": "ephemeral"}, {"type": "ephemeral"}),
    (
        {"type": "ephemeral", "ephemeral": {"type": "text", "text": {"body": "some"}}},
        {"text": "some"},
    ),
    ({"type": "unsupported"}, {"unsupported": "unknown", "error_code": ""}),
    ({"type": "unsupported", "errors": UNSUPPORTED}, {"error_code": "131051"}),
    ({"type": "unsupported", "errors": UNSUPPORTED[0]}, {"error_code": "131051"}),
    ({"type": "unsupported", "errors": [None, UNSUPPORTED[0]]}, {"error_code": "131051"}),
    (
        {"type": "unsupported", "unsupported": {"type": "poll_creation"}, "errors": UNSUPPORTED},
        {"unsupported": "poll_creation"},
    ),
    ({"type": "unsupported", "unsupported": {"type": "pin"}}, {"unsupported": "pin"}),
    ({"type": "unsupported", "unsupported": {"type": "view_once"}}, {"unsupported": "view_once"}),
    ({"type": "unknown", "errors": [{"code": 501, "title": "t"}]}, {"error_code": "501"}),
    ({"type": "poll", "poll": {"question": "Q?", "options": [{"name": "A"}]}}, {"text": "Q?\nA"}),
    ({"type": "event", "event": {"name": "Mutirão", "description": "d"}}, {"text": "Mutirão\nd"}),
    ({"type": "list", "list": {"title": "T", "text": "x"}}, {"text": "T\nx"}),
    ({"type": "hsm", "hsm": {"name": "modelo"}}, {"text": "modelo"}),
    ({"type": "ptv", "ptv": {"id": "7", "mime_type": "video/mp4"}}, {"type": "ptv"}),
    ({"type": 5, "5": {"text": "cinco"}}, {"type": "5"}),
    ({"type": ["text"], "text": {"body": "oi"}}, {"type": "text", "text": "oi"}),
    (
        {
            "type": "edit",
            "edit": {
                "original_message_id": "w",
                "message": {"type": "text", "text": {"body": "certo"}},
            },
        },
        {"target": "w", "text": "certo"},
    ),
    (
        {
            "type": "edit",
            "edit": {
                "original_message_id": "w",
                "message": {"type": "image", "image": {**FILE, "caption": "nova"}},
            },
        },
        {"target": "w", "text": "nova"},
    ),
    ({"type": "edit", "edit": {"message": {"type": "edit", "edit": {}}}}, {"text": ""}),
    ({"type": "revoke", "revoke": {"original_message_id": "w"}}, {"target": "w"}),
    ({"type": "revoke"}, {"target": ""}),
    ({**text(), "group_id": "g1"}, {"group_id": "g1"}),
    ({**text(), "from": "120363000000000001@g.us"}, {"group_id": "120363000000000001@g.us"}),
    ({**text(), "chat_id": "120363000000000001@g.us"}, {"group_id": "120363000000000001@g.us"}),
    ({**text(), "context": {"id": "w", "from": CITY}}, {"quoted": "w"}),
    ({**text(), "context": {"forwarded": True}}, {"forwarded": True}),
    ({**text(), "context": []}, {"quoted": ""}),
    (
        {**text(), "context": {"referred_product": {"product_retailer_id": "9"}}},
        {"product": "9"},
    ),
    ({**text(), "referral": {"headline": "H", "welcome_message": {"text": "w"}}}, {"text": "oi"}),
    ({**text(), "referral": {"source_url": "javascript:1"}}, {"referral": None}),
    ({**text(), "errors": [{"code": 131052}]}, {"error_code": "131052", "text": "oi"}),
    ({**text(), "from_logical_id": "1", "identity": {"hash": "h"}}, {"text": "oi"}),
    ({**text(), "biz_opaque_callback_data": "abc"}, {"text": "oi"}),
    (
        {"type": "system", "system": {"type": "user_changed_number", "wa_id": "5531977776666"}},
        {"wa_id": "5531977776666", "old_wa_id": ANA},
    ),
    (
        {"type": "system", "system": {"type": "customer_identity_changed", "body": "b"}},
        {"option_id": "customer_identity_changed"},
    ),
    ({"type": "system"}, {"type": "system", "option_id": ""}),
    ({"type": "system", "system": {"type": "country_changed", "body": "b"}}, {"text": "b"}),
]

# (timestamp, seconds since 1970 or None)
TIMES = [
    ("1790000000", 1790000000),
    (1790000000, 1790000000),
    (1790000000.9, 1790000000),
    ("1790000000123", 1790000000),
    (1790000000123, 1790000000),
    ("1790000000123456", 1790000000),
    ("2026-11-29T12:00:00Z", None),
    ("", None),
    (None, None),
    (0, None),
    (True, None),
    ([AT], None),
    ("Infinity", None),
]

# (contacts, who the message itself names, (bsuid, wa_id))
PEOPLE = [
    ([], {"from": ANA}, ("", ANA)),
    (None, {"from": ANA}, ("", ANA)),
    ([{"wa_id": ANA, "user_id": ANA_ID}], {"from": ANA}, (ANA_ID, ANA)),
    ([{"wa_id": "5531988887777", "user_id": ANA_ID}], {"from": ANA}, (ANA_ID, ANA)),
    ([{"wa_id": "+" + ANA}], {"from": "+" + ANA}, ("", ANA)),
    ([{"wa_id": ANA}], {}, ("", ANA)),
    ([{"user_id": ANA_ID, "profile": {"username": "@ana"}}], {}, (ANA_ID, "")),
    ([{"user_id": ANA_ID}], {"from": None}, (ANA_ID, "")),
    ([{"user_id": ANA_ID}], {"from": ANA_ID}, (ANA_ID, "")),
    ([{"user_id": ANA_ID}], {"from_user_id": ANA_ID, "from": ANA}, (ANA_ID, ANA)),
    ([{"wa_id": ANA}], {"from_user_id": ANA_ID}, (ANA_ID, ANA)),
    ([], {"from": int(ANA)}, ("", ANA)),
    ([], {"from": f"{ANA}@s.whatsapp.net"}, ("", ANA)),
    ([], {"from": f"{ANA}:12@s.whatsapp.net"}, ("", ANA)),
    ([], {"from": f"{ANA}@c.us"}, ("", ANA)),
    ([{"wa_id": ANA}], {"from": "98765432109876@lid"}, ("", ANA)),
    ([], {"from": "98765432109876@lid", "from_user_id": ANA_ID}, (ANA_ID, "")),
    ([], {"from": "98765432109876@lid"}, ("", "")),
    ([None, {}, {"wa_id": ANA, "user_id": ANA_ID}], {"from": ANA}, (ANA_ID, ANA)),
    ({"wa_id": ANA}, {}, ("", ANA)),
    ([], {"from_parent_user_id": "BR.ENT.9"}, ("BR.ENT.9", "")),
]

_VALUE = {"metadata": METADATA, "messages": [text()]}
_CHANGE = {"field": "messages", "value": _VALUE}
# (body, kinds of its items)
SHAPES = [
    ({"entry": [{"id": "3", "changes": [_CHANGE]}]}, ["message"]),
    ({"entry": [{"id": 3, "changes": [_CHANGE, _CHANGE]}]}, ["message", "message"]),
    ({"entry": [{"changes": [_CHANGE]}, {"changes": [_CHANGE]}]}, ["message", "message"]),
    ({"entry": {"id": "3", "changes": [_CHANGE]}}, ["message"]),
    ({"entry": {"id": "3", "changes": _CHANGE}}, ["message"]),
    ([{"entry": [{"id": "3", "changes": [_CHANGE]}]}] * 2, ["message", "message"]),
    (_VALUE, ["message"]),
    ({"messages": [text()]}, ["message"]),
    ({"statuses": [{"id": "w", "status": "sent"}]}, ["status"]),
    ({"entry": [{"changes": [{"value": _VALUE}]}]}, ["message"]),
    ({"entry": [{"changes": [{"field": "", "value": _VALUE}]}]}, ["message"]),
    ({"entry": [{"changes": [_CHANGE], "messaging": []}]}, ["message"]),
    ({"entry": [{"changes": [_CHANGE], "messaging": [{"m": 1}]}]}, ["message", "other"]),
    ({"entry": [{"changes": [{**_CHANGE, "errors": [{"code": 1}]}]}]}, ["message", "other"]),
    ({"entry": [{"changes": [_CHANGE]}], "errors": [{"code": 1}]}, ["message", "other"]),
    ({"entry": [{"changes": [{"field": "messages", "errors": [{"code": 1}]}]}]}, ["other"]),
    ({"entry": [{"id": "3", "changes": []}]}, ["other"]),
    ({"entry": [{"id": "3", "errors": [{"code": 1}]}]}, ["other"]),
    ({"entry": []}, ["other"]),
    ({"entry": [None, 7, "x"]}, ["other", "other", "other"]),
    ({"entry": "x"}, ["other"]),
    ({}, ["other"]),
    ([], ["other"]),
    (None, ["other"]),
    ("texto", ["other"]),
    ({"entry": [{"changes": [None, 5, []]}]}, ["other", "other", "other"]),
    (call({"messages": [None, 5, text()]}), ["other", "other", "message"]),
    (call({"messages": text()}), ["message"]),
    (call({"messages": [text()], "payments": [{"p": 1}]}), ["message", "other"]),
    (call({"messages": [text()], "errors": [{"code": 131051}]}), ["message", "error"]),
    (call({"messages": [], "statuses": []}), ["other"]),
    (call({"errors": {"code": 131031}}), ["error"]),
    (call({"contacts": [{"wa_id": ANA}]}), ["other"]),
    (call({"metadata": None, "messages": [text()]}), ["message"]),
    (call({"metadata": {}, "messages": [text()]}), ["message"]),
    (call({"metadata": [], "phone_number_id": NUMBER, "messages": [text()]}), ["message"]),
]

# (field, value, kinds of its items)
FIELDS = [
    ("messages", {"messages": [text()], "statuses": [{"id": "w"}]}, ["message", "status"]),
    ("messages", {"user_preferences": [{"wa_id": ANA, "value": "stop"}]}, ["preference"]),
    ("messages", {"message_echoes": [text(**{"from": CITY, "to": ANA})]}, ["echo"]),
    ("messages", {"messages": [text(**{"from": CITY, "to": ANA})]}, ["echo"]),
    ("smb_message_echoes", {"message_echoes": [text(**{"from": CITY, "to": ANA})]}, ["echo"]),
    ("message_echoes", {"message_echoes": [text(to_user_id=ANA_ID)]}, ["echo"]),
    ("history", {"messages": [text()]}, ["history"]),
    ("history", {"history": [{"threads": [{"id": ANA, "messages": [text()]}]}]}, ["history"]),
    ("history", {"history": [{"errors": [{"code": 2593109}]}]}, ["history"]),
    ("history", {"history": [{"metadata": {"phase": 0}, "threads": []}]}, ["history"]),
    ("standby", {"messages": [text()]}, ["standby"]),
    ("standby", {"standby": [text()], "statuses": [{"id": "w"}]}, ["standby", "status"]),
    ("calls", {"calls": [{"id": "c", "from": ANA, "event": "connect"}]}, ["call"]),
    ("calls", {"statuses": [{"id": "c", "type": "call", "status": "RINGING"}]}, ["call"]),
    ("user_id_update", {"user_id_update": [{"user_id": {"previous": "BR.1"}}]}, ["identity"]),
    ("user_id_update", {"user_id": {"previous": "BR.1", "current": "US.2"}}, ["identity"]),
    ("user_preferences", {"user_preferences": {"wa_id": ANA, "value": "x"}}, ["preference"]),
    ("smb_app_state_sync", {"state_sync": [{"type": "contact", "action": "add"}]}, ["contact"]),
    ("smb_app_state_sync", {"state_sync": "x"}, ["contact"]),
    ("messaging_handovers", {"type": "control_passed", "sender": {"user_id": "x"}}, ["routing"]),
    ("account_update", {"event": "DISABLED_UPDATE"}, ["account"]),
    ("account_update", {"event": "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE"}, ["account"]),
    ("account_settings_update", {"type": "phone_number_settings"}, ["account"]),
    ("business_username_update", {"username": "cidade", "status": "approved"}, ["account"]),
    ("security", {"event": "PIN_CHANGED", "requester": "1"}, ["account"]),
    ("message_template_status_update", {"event": "PAUSED"}, ["template"]),
    ("message_template_novelty_update", {"event": "X"}, ["template"]),
    ("tracking_events", {"tracking_events": [{"event_name": "click"}]}, ["other"]),
    ("automatic_events", {"automatic_events": [{"event_name": "LeadSubmitted"}]}, ["other"]),
    ("automatic_events", {"messages": [text()]}, ["other"]),
    ("group_participants_update", {"groups": [{"group_id": "g"}]}, ["other"]),
    ("group_lifecycle_update", {"groups": [{"group_id": "g"}]}, ["other"]),
    ("payment_configuration_update", {"configuration_name": "pix"}, ["other"]),
    ("flows", {"event": "FLOW_STATUS_CHANGE", "flow_id": "1"}, ["other"]),
    ("something_new", {"messages": [text()]}, ["other"]),
    ("messages", {"deprecated": True, "contacts": []}, ["other"]),
]

# (fields of the status, what is read of it)
STATUSES = [
    ({"status": "sent"}, {"status": "sent", "payment": False}),
    ({"status": "delivered", "pricing": {"category": "service", "billable": False}}, {}),
    ({"status": "read", "conversation": {"id": "c", "origin": {"type": "service"}}}, {}),
    ({"status": "sent", "conversation": None, "pricing": []}, {"category": ""}),
    ({"status": "sent", "pricing": {"billable": True}}, {"billable": True}),
    ({"status": "sent", "biz_opaque_callback_data": "minha"}, {"opaque": "minha"}),
    ({"status": "played"}, {"status": "played"}),
    ({"status": "failed", "errors": [{"code": "131026"}]}, {"error_code": "131026"}),
    ({"status": "failed", "errors": {"code": 131026}}, {"error_code": "131026"}),
    ({"status": "failed", "errors": []}, {"error_code": ""}),
    (
        {"status": "failed", "errors": [{"code": 1, "error_data": {"details": "d"}}]},
        {"error_text": "d"},
    ),
    (
        {"status": "captured", "type": "payment", "payment": {"reference_id": "r"}},
        {"payment": True},
    ),
    ({"status": "failed", "type": "payment"}, {"payment": True}),
    ({"status": "pending", "payment": {"reference_id": "r"}}, {"payment": True}),
    ({"status": "sent", "type": "message", "message": {"recipient_id": ANA}}, {"payment": False}),
    ({"status": "sent", "recipient_type": "group"}, {"group": True}),
    ({"status": "deleted"}, {"status": "deleted"}),
    ({"status": "warning"}, {"status": "warning"}),
    ({"status": None}, {"status": ""}),
    ({"status": "sent", "recipient_user_id": ANA_ID}, {"bsuid": ANA_ID}),
]
