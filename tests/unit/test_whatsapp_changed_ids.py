"""Changed numbers and ids, in every shape in which Meta published them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import case
from whatsapp_helpdesk.cloud_api import changed_ids, events
from whatsapp_helpdesk.cloud_api.changed_ids import Change

OLD, NEW = "BR.1", "BR.2"
PHONE, PHONE2 = "553188887777", "5511977776666"


def system(sender=None, **part):
    return {"type": "system", "system": part, **(sender or {})}


@pytest.mark.parametrize(
    ("element", "change"),
    [
        (system(user_id=NEW, previous_user_id=OLD), Change(OLD, "", NEW, "")),
        (system({"from_user_id": OLD}, user_id=NEW), Change(OLD, "", NEW, "")),
        (system({"from_user_id": OLD}, new_user_id=NEW), Change(OLD, "", NEW, "")),
        (
            system(body=f"User Ana changed from {OLD} to {NEW}", user_id=NEW),
            Change(OLD, "", NEW, ""),
        ),
        (system(body=f"{OLD} mudou para {NEW}"), Change(OLD, "", NEW, "")),
        (
            system({"from": PHONE}, wa_id=PHONE2, type="user_changed_number"),
            Change("", PHONE, "", PHONE2),
        ),
        (
            system(wa_id=PHONE2, customer=PHONE, type="user_changed_number"),
            Change("", PHONE, "", PHONE2),
        ),
        (
            system({"from": PHONE2}, wa_id=PHONE2, body=f"User A changed from {PHONE} to {PHONE2}"),
            Change("", PHONE, "", PHONE2),
        ),
        (
            system(
                {"from": PHONE},
                type="user_changed_number",
                wa_id=PHONE2,
                user_id=NEW,
                previous_user_id=OLD,
            ),
            Change(OLD, PHONE, NEW, PHONE2),
        ),
        (
            {"wa_id": PHONE, "user_id": {"previous": OLD, "current": NEW}},
            Change(OLD, PHONE, NEW, PHONE),
        ),
        ({"user_id": {"previous": OLD, "current": NEW}}, Change(OLD, "", NEW, "")),
        ({"previous": OLD, "current": NEW}, Change(OLD, "", NEW, "")),
        ({"old_user_id": OLD, "new_user_id": NEW}, Change(OLD, "", NEW, "")),
        (
            {"wa_id": {"previous": PHONE, "current": PHONE2}, "user_id": OLD},
            Change("", PHONE, OLD, PHONE2),
        ),
        (system(body="User identity changed", type="x"), Change()),
        (system(body="User 31999990000 changed"), Change()),
    ],
)
def test_published_shapes(element, change):
    assert changed_ids.read(element) == change


def test_case_of_a_pair_of_ids():
    payload = case("w05-user-id-update-object.json")["payload"]
    first, update, last = (events.split(body)[0] for body in payload)
    change = changed_ids.read(update.payload["identity"])
    assert (change.old_bsuid, change.bsuid) == ("BR.20000001", "BR.20000009")
    assert first.contact_key == update.contact_key, "one after the other"
    assert last.payload["message"]["from_user_id"] == change.bsuid


def test_case_of_an_old_id_that_only_the_text_says():
    (item,) = events.split(case("w06-system-user-id-without-old.json")["payload"])
    change = changed_ids.read(item.payload["message"])
    assert (change.old_bsuid, change.bsuid) == ("BR.30000001", "BR.30000009")
    assert item.contact_key.endswith(":BR.30000001")


@given(
    st.dictionaries(
        st.sampled_from("user_id wa_id body previous_user_id system from customer type".split()),
        st.one_of(
            st.none(),
            st.integers(),
            st.text(max_size=60),
            st.dictionaries(st.sampled_from(["previous", "current", "body"]), st.text(max_size=20)),
        ),
    )
)
def test_any_shape_reads(element):
    change = changed_ids.read(element)
    assert all(isinstance(value, str) for value in (change.old_bsuid, change.bsuid))
