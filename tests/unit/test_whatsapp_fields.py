"""The field of a delivery decides what its lists mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import case
from whatsapp_helpdesk.cloud_api import calls, errors, events, fields, messages

NUMBER, CITY = "200000000000001", "553138000156"
METADATA = {"phone_number_id": NUMBER, "display_phone_number": CITY}
TEXT = {"id": "wamid.1", "timestamp": "1790000000", "type": "text", "text": {"body": "oi"}}
CITIZEN = {"from": "553188887777"}


def split(value, field="messages", **entry):
    change = {"field": field, "value": {"metadata": METADATA, **value}}
    return events.split({"entry": [{"id": "3", "changes": [change], **entry}]})


def bodies(name):
    payload = case(name)["payload"]
    return payload if isinstance(payload, list) else [payload]


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("messages", "message"),
        ("history", "history"),
        ("standby", "standby"),
        ("smb_message_echoes", "echo"),
        ("calls", "call"),
        ("flows", "other"),
        ("account_update", "account"),
        ("security", "account"),
        ("message_template_status_update", "template"),
        ("template_category_update", "template"),
        ("message_template_of_the_future", "template"),
        ("invented_later", "other"),
    ],
)
def test_messages_are_live_under_their_own_field_only(field, kind):
    items = split({"messages": [{**TEXT, **CITIZEN}]}, field)
    assert [item.kind for item in items] == [kind]
    if kind == "other":
        assert items[0].payload["value"]["messages"] == [{**TEXT, **CITIZEN}], "nothing is lost"


def test_every_field_of_metas_list_has_a_meaning():
    listed = (
        "account_alerts account_review_update account_update automatic_events "
        "business_capability_update calls flows history message_template_components_update "
        "message_template_quality_update message_template_status_update messages "
        "messaging_handovers partner_solutions payment_configuration_update "
        "phone_number_name_update phone_number_quality_update security smb_app_state_sync "
        "smb_message_echoes standby template_category_update user_id_update user_preferences"
    )
    assert set(listed.split()) <= set(fields.FIELDS)


def test_history_is_taken_apart_by_thread_and_side():
    part = {
        "metadata": {"phase": 0, "chunk_order": 1, "progress": 55},
        "threads": [
            {
                "id": "553188887777",
                "messages": [
                    {**TEXT, **CITIZEN, "id": "a"},
                    {**TEXT, "from": CITY, "id": "b"},
                    {**TEXT, "id": "c", "history_context": {"status": "READ", "from_me": True}},
                ],
            },
            {"id": "5511999990000", "context": {"user_id": "BR.9"}, "messages": [{**TEXT}]},
        ],
    }
    items = split({"history": [part]}, "history")
    assert [bool(item.payload.get("ours")) for item in items] == [False, True, True, False]
    read = [
        messages.parse_message(item.payload, echo=bool(item.payload.get("ours"))) for item in items
    ]
    assert [message.wa_id for message in read] == ["553188887777"] * 3 + ["5511999990000"]
    assert read[3].bsuid == "BR.9"
    assert len({item.contact_key for item in items}) == 2


def test_side_is_known_without_the_citys_number():
    thread = {"id": "553188887777", "messages": [{**TEXT, **CITIZEN}, {**TEXT, "from": CITY}]}
    value = {"metadata": {"phone_number_id": NUMBER}, "history": [{"threads": [thread]}]}
    assert [bool(item.payload.get("ours")) for item in split(value, "history")] == [False, True]
    sent = {**TEXT, "from": "551140028922", "to": "553188887777"}
    for field in ("history", "standby"):
        (item,) = split({"messages": [sent]}, field)
        assert item.payload["ours"] is True
        (item,) = split({"messages": [{**TEXT, **CITIZEN, "to": CITY}]}, field)
        assert "ours" not in item.payload


def test_history_without_messages_is_kept():
    declined = {"errors": [{"code": 2593109, "title": "off"}]}
    progress = {"metadata": {"phase": 2, "progress": 100}}
    for part in (declined, progress, {"threads": []}, {"threads": [{"id": "1", "messages": []}]}):
        items = split({"history": [part]}, "history")
        assert [item.kind for item in items] == ["history"]
    bare = {"messaging_product": "whatsapp", "metadata": METADATA, "history": [declined]}
    assert [item.kind for item in events.split(bare)] == ["history"]


def test_file_of_the_history_comes_under_the_id_of_its_announcement():
    announced = {**TEXT, **CITIZEN, "type": "media_placeholder"}
    follows = {**announced, "type": "image", "image": {"id": "9"}}
    keys = {split({"messages": [one]}, "history")[0].key for one in (announced, follows)}
    assert len(keys) == 2


def test_field_in_another_place_of_metas_samples():
    value = {"event": "PARTNER_APP_INSTALLED"}
    for entry in (
        {"changes": [{"value": value}], "field": "account_update"},
        {"changes": [{"value": {**value, "field": "account_update"}}]},
    ):
        assert [item.kind for item in events.split({"entry": [entry]})] == ["account"]
    missing = {"entry": [{"changes": [{"value": {"messages": [{**TEXT, **CITIZEN}]}}]}]}
    assert [item.kind for item in events.split(missing)] == ["message"]


def test_errors_beside_calls_are_part_of_them():
    call = {"id": "wacid.1", "event": "terminate", "direction": "USER_INITIATED", **CITIZEN}
    items = split({"calls": [call], "errors": [{"code": 138021}]}, "calls")
    assert [item.kind for item in items] == ["call", "call"]
    assert items[0].payload["errors"] == [{"code": 138021}]
    assert calls.parse(items[0].payload).result == calls.MISSED


def test_everything_in_one_value_is_kept():
    value = {
        "messages": [{**TEXT, **CITIZEN}],
        "statuses": [{"id": "w", "status": "sent"}],
        "calls": [{"id": "c", **CITIZEN}],
        "errors": [{"code": 131051}],
    }
    items = split(value)
    assert sorted(item.kind for item in items) == ["call", "error", "message", "status"]
    assert next(i for i in items if i.kind == "error").payload["beside"] is True


def test_the_only_contact_is_the_sender_unless_it_is_somebody_else():
    alone = {"user_id": "BR.70", "profile": {"name": "Bia"}}
    (item,) = split({"contacts": [alone], "messages": [TEXT]})
    assert messages.parse_message(item.payload).bsuid == "BR.70"
    assert item.contact_key == f"{NUMBER}:BR.70"
    (item,) = split({"contacts": [alone], "messages": [{**TEXT, "from_user_id": "BR.71"}]})
    assert messages.parse_message(item.payload).bsuid == "BR.71"
    (item,) = split({"contacts": [alone, {"user_id": "BR.72"}], "messages": [TEXT]})
    assert (messages.parse_message(item.payload).bsuid, item.contact_key) == ("", "")


def test_contact_is_found_under_the_other_form_of_the_number():
    contact = {"wa_id": "5531988887777", "profile": {"name": "Bia"}}
    two = [contact, {"wa_id": "5511900000000", "profile": {"name": "Outra"}}]
    (item,) = split({"contacts": two, "messages": [{**TEXT, **CITIZEN}]})
    assert messages.parse_message(item.payload).name == "Bia"


@pytest.mark.parametrize(
    ("code", "field", "verdict"),
    [
        (131031, "messages", "pause"),
        ("368", "messages", "pause"),
        (131042, "", "pause"),
        (190, "messages", "check"),
        (0, "messages", "check"),
        (131031, "calls", "nothing"),
        (131031, "history", "nothing"),
        (138021, "messages", "nothing"),
        (130429, "messages", "nothing"),
        (None, "messages", "nothing"),
        (True, "messages", "nothing"),
    ],
)
def test_what_an_error_of_a_webhook_means(code, field, verdict):
    assert errors.of_webhook(code, field) == verdict


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("w01-history-media.json", ["history"]),
        ("w02-account-update-disabled.json", ["account"]),
        ("w03-sender-only-in-contacts.json", ["message"]),
        ("w06-system-user-id-without-old.json", ["message"]),
        ("w21-call-terminate-with-errors.json", ["call", "call"]),
        ("w23-standby.json", ["standby"]),
        ("w25-media-too-large-overwritten.json", ["message"]),
        ("w26-contact-card-details.json", ["message"]),
        ("w28-echo-unknown-person.json", ["echo"]),
    ],
)
def test_cases_are_taken_for_what_they_are(name, kinds):
    for body in bodies(name):
        assert [item.kind for item in events.split(body)] == kinds


def test_case_of_the_citys_own_old_file():
    theirs, ours = (events.split(body)[0] for body in bodies("w01-history-media.json"))
    assert not theirs.payload.get("ours") and ours.payload["ours"]
    assert messages.parse_message(ours.payload, echo=True).wa_id == "5531987650001"


def test_case_of_a_sender_without_a_number():
    (item,) = events.split(bodies("w03-sender-only-in-contacts.json")[0])
    message = messages.parse_message(item.payload)
    assert (message.bsuid, message.name, message.username) == ("BR.1000000000000002", "Bia", "bia")


def test_case_of_contact_cards():
    (item,) = events.split(bodies("w26-contact-card-details.json")[0])
    first, second = messages.parse_message(item.payload).cards
    shown = "\n".join(first.details())
    for words in ("Rua B 20, Monlevade", "https://x.example", "TI", "PMJM"):
        assert words in shown
    assert first.birthday == "18/08/2012"
    assert (second.name, second.phones) == ("Ana", ("+5531988887777",))


ANY = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                "threads messages id from to type call calls event direction status user_id "
                "previous current system body contact contacts errors context sender vcard "
                "history_context metadata summary alert_info ban_info restriction_info".split()
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=25,
)
LISTS = "messages statuses calls errors history message_echoes state_sync user_id_update standby"


@given(
    st.sampled_from(sorted(fields.FIELDS) + ["", "later"]),
    st.dictionaries(st.sampled_from([*LISTS.split(), "contacts", "user_id"]), ANY, max_size=4),
)
def test_garbage_under_any_field_never_raises(field, value):
    for item in split(value, field):
        assert item.key and len(item.key) <= 250 and len(item.contact_key) <= 250
        assert item.kind != "message" or field in ("messages", "")
        messages.parse_message(item.payload)
        messages.parse_message(item.payload, echo=True)
        calls.parse(item.payload)
