"""News about the account: the text for people, and whether the number stops."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import case
from whatsapp_helpdesk.cloud_api import account_news, events, fields
from whatsapp_helpdesk.cloud_api.account_news import ERROR, INFO, OK, WARNING, read

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)


def ban(state):
    return {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": state}}


def restriction(kind):
    return {"event": "ACCOUNT_RESTRICTION", "restriction_info": [{"restriction_type": kind}]}


@pytest.mark.parametrize(
    ("field", "value", "level", "pause"),
    [
        ("account_update", ban("DISABLE"), ERROR, "disabled"),
        ("account_update", ban("SCHEDULE_FOR_DISABLE"), ERROR, ""),
        ("account_update", ban("REINSTATE"), OK, ""),
        ("account_update", {"event": "DISABLED"}, ERROR, "disabled"),
        ("account_update", {"event": "ACCOUNT_DELETED"}, ERROR, "deleted"),
        ("account_update", {"event": "PARTNER_REMOVED"}, ERROR, ""),
        ("account_update", {"event": "ACCOUNT_RECONNECTED"}, OK, ""),
        ("account_update", {"event": "ACCOUNT_VIOLATION"}, WARNING, ""),
        ("account_update", restriction("RESTRICTED_BIZ_INITIATED_MESSAGING"), WARNING, ""),
        (
            "account_update",
            restriction("RESTRICTED_CUSTOMER_INITIATED_MESSAGING"),
            ERROR,
            "restricted",
        ),
        ("account_update", restriction("INVENTED"), WARNING, ""),
        ("account_update", {"event": "ACCOUNT_RESTRICTION"}, WARNING, ""),
        ("account_update", {"event": "MM_LITE_TERMS_SIGNED"}, INFO, ""),
        ("account_update", {}, INFO, ""),
        ("account_review_update", {"decision": "REJECTED"}, ERROR, "review"),
        ("account_review_update", {"decision": "APPROVED"}, OK, ""),
        ("account_review_update", {"decision": "DEFERRED"}, WARNING, ""),
        ("account_alerts", {"alert_info": {"alert_severity": "WARNING"}}, WARNING, ""),
        ("account_alerts", {"alert_severity": "CRITICAL"}, ERROR, ""),
        ("account_alerts", {"alert_info": {"alert_severity": "INFORMATIONAL"}}, INFO, ""),
        ("account_alerts", {"alert_severity": "CRITICAL", "alert_status": "NONE"}, OK, ""),
        ("phone_number_quality_update", {"event": "FLAGGED"}, WARNING, ""),
        ("phone_number_quality_update", {"event": "UNFLAGGED"}, OK, ""),
        ("phone_number_quality_update", {"event": "DOWNGRADE"}, WARNING, ""),
        ("phone_number_quality_update", {"event": "UPGRADE"}, OK, ""),
        ("phone_number_quality_update", {"event": "ONBOARDING"}, INFO, ""),
        ("phone_number_name_update", {"decision": "REJECTED"}, WARNING, ""),
        ("phone_number_name_update", {"decision": "APPROVED"}, OK, ""),
        ("security", {"event": "PIN_CHANGED"}, WARNING, ""),
        ("message_template_status_update", {"event": "PAUSED"}, WARNING, ""),
        ("message_template_status_update", {"event": "APPROVED"}, OK, ""),
        ("template_category_update", {"new_category": "MARKETING"}, WARNING, ""),
        ("message_template_quality_update", {"new_quality_score": "RED"}, WARNING, ""),
    ],
)
def test_what_it_means(field, value, level, pause):
    news = read(field, value, AT)[0]
    assert (news.level, news.pause) == (level, pause)
    assert news.words % news.values


@pytest.mark.parametrize(
    ("value", "limit"),
    [
        ({"current_limit": "TIER_50"}, "TIER_50"),
        ({"max_daily_conversations_per_business": 2000}, "TIER_2K"),
        ({"max_daily_conversation_per_phone": -1}, "TIER_UNLIMITED"),
        ({"max_daily_conversations_per_business": "TIER_10K", "current_limit": "x"}, "TIER_10K"),
        ({"max_daily_conversations_per_business": 123}, "TIER_123"),
    ],
)
def test_limit(value, limit):
    changes = {}
    for news in read("business_capability_update", value, AT):
        changes |= news.changes
    assert changes == {"messaging_limit": limit}


def test_tiers_are_compared():
    tiers = ["TIER_50", "TIER_250", "TIER_1K", "TIER_2K", "TIER_10K", "TIER_UNLIMITED"]
    assert sorted(tiers, key=account_news.size) == tiers
    assert account_news.size("TIER_NOT_SET") == account_news.size("") == 0


def test_impending_change_of_category_names_the_new_one():
    value = {
        "message_template_name": "aviso",
        "new_category": "UTILITY",
        "correct_category": "MARKETING",
        "category_update_timestamp": 1796000000,
    }
    (news,) = read("template_category_update", value, AT)
    assert (news.values["old"], news.values["new"]) == ("UTILITY", "MARKETING")


def test_whom_it_is_about():
    assert account_news.number({"display_phone_number": "+55 31"}) == "+55 31"
    assert account_news.number({"entity_type": "PHONE_NUMBER", "entity_id": "9"}) == "9"
    assert account_news.number({"entity_type": "BUSINESS", "entity_id": "9"}) == ""
    assert account_news.waba_id({"waba_info": {"waba_id": "7"}}) == "7"


def test_case_of_an_account_in_trouble():
    found = []
    for body in case("w02-account-update-disabled.json")["payload"]:
        for item in events.split(body):
            found += read(item.payload["field"], item.payload["value"], item.at)
    assert [(n.topic.partition(":")[0], n.level) for n in found if n.level != INFO] == [
        ("ban", ERROR),
        ("restriction", WARNING),
        ("quality", WARNING),
    ]


VALUES = st.dictionaries(
    st.sampled_from(
        "event ban_info restriction_info violation_info waba_info decision alert_info entity_type "
        "current_limit max_daily_conversations_per_business new_category correct_category "
        "message_template_name".split()
    ),
    st.one_of(
        st.none(),
        st.integers(),
        st.text(max_size=20),
        st.sampled_from(["DISABLE", "FLAGGED", "TIER_²K", "%(x)s"]),
        st.lists(st.dictionaries(st.just("restriction_type"), st.text(max_size=9)), max_size=2),
        st.dictionaries(st.sampled_from(["waba_ban_state", "alert_type"]), st.text(max_size=9)),
    ),
)


@given(st.sampled_from(sorted(fields.FIELDS) + ["later"]), VALUES)
def test_any_value_reads(field, value):
    for news in read(field, value, AT):
        assert news.topic and news.words % news.values
        assert account_news.size(news.changes.get("messaging_limit", "")) >= 0
