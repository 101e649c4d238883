"""The benchmarks' arithmetic: schedules, answers, balances, tables."""

import json
import math
from collections import Counter
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import citizens, gateway, load, row_gateway, row_shift, webhooks
from benchmarks.answers import Row, first_answers, latencies
from benchmarks.cost import Cost, words
from benchmarks.ledger import Balance, balance, occurrences
from benchmarks.processor import BACKEND
from benchmarks.result import Result, milliseconds, table
from benchmarks.row_sustained import keeps_up
from benchmarks.run import ORDER, ROWS, chosen


@given(st.integers(1, 60), st.integers(1, 600))
def test_every_citizen_writes_from_the_beginning_and_in_order(at_once, messages):
    stages = {}
    for index in range(messages):
        turn = citizens.turn(index, at_once)
        assert turn.stage == stages.get(turn.citizen, -1) + 1
        stages[turn.citizen] = turn.stage


def test_all_stages_are_mixed_after_the_first_round():
    late = [citizens.turn(index, 90) for index in range(90 * 12, 90 * 13)]
    assert Counter(turn.stage for turn in late) == dict.fromkeys(range(9), 10)


def test_numbers_of_citizens_are_telephones_and_differ_between_groups():
    numbers = {citizens.wa_id(one, group) for one in range(50) for group in range(3)}
    assert len(numbers) == 150
    assert all(number.startswith("55318") and len(number) == 12 for number in numbers)


def test_percentile():
    assert load.percentile([1.0, 2.0, 3.0, 4.0], 0.5) == 2.0
    assert load.percentile([5.0], 0.95) == 5.0
    assert load.percentile(list(map(float, range(1, 101))), 0.95) == 95.0
    assert math.isnan(load.percentile([], 0.95))


def test_summary_counts_failures_and_does_not_time_them():
    samples = [load.Sample(0, 0, 0.1), load.Sample(1, 0, 9.0, "Refused: 500")]
    facts = load.summary(samples)
    assert (facts["count"], facts["errors"], facts["max_ms"]) == (2, 1, 100.0)
    assert facts["first_error"] == "Refused: 500"


def test_work_is_started_at_the_rate_and_failures_are_kept():
    def work(index):
        if index == 3:
            raise ValueError("no")

    samples = load.run_at_rate(work, rate=200, seconds=0.1, threads=4)
    assert [sample.index for sample in samples] == list(range(20))
    assert [sample.index for sample in samples if sample.error] == [3]
    assert samples[10].due - samples[0].due == pytest.approx(0.05)


def test_an_answer_belongs_to_the_last_message_before_it():
    inbound = [Row("oi", 1, 10), Row("nome", 1, 20), Row("outro", 2, 15), Row("mudo", 2, 30)]
    outbound = [Row("a", 1, 11), Row("b", 1, 12), Row("c", 1, 21), Row("d", 2, 16)]
    assert first_answers(inbound, outbound) == {"oi": "a", "nome": "c", "outro": "d"}


def test_what_the_city_says_first_answers_nothing():
    assert first_answers([Row("oi", 1, 10)], [Row("a", 1, 5)]) == {}


def test_latency_counts_from_when_the_message_was_due_to_the_first_acceptance():
    due = {"oi": 100.0, "nome": 101.0, "mudo": 102.0}
    answers = {"oi": "a", "nome": "b"}
    accepted = {"a": [100.5, 103.0]}
    assert latencies(due, answers, accepted) == {"oi": 0.5}


def test_a_balance_of_nothing_wrong():
    clean = balance({"w1"}, {"w1": 1}, 0, ["o1"], {"o1": 1}, {"2026": 1})
    assert clean == Balance()
    assert (clean.lost, clean.doubled) == (0, 0)


def test_a_balance_names_every_kind_of_loss_and_copy():
    found = balance(
        sent=["kept", "gone", "twice"],
        stored={"kept": 1, "twice": 2},
        unanswered=1,
        outbox=["once", "never", "thrice"],
        accepted={"once": 1, "thrice": 3, "foreign": 1},
        tickets={"a": 1, "b": 0, "c": 2},
    )
    assert found == Balance(1, 1, 1, 1, 2, 1, 1, 1)
    assert (found.lost, found.doubled) == (4, 5)


def test_occurrences_of_marks_in_texts():
    assert occurrences(["x1", "x2"], ["a x1", "x1 b", "c"]) == {"x1": 2, "x2": 0}


def test_a_backlog_of_two_seconds_is_still_keeping_up():
    assert keeps_up(rate=20, sent=400, answered=360)
    assert not keeps_up(rate=20, sent=400, answered=359)


def test_what_other_programs_took_of_the_processors():
    pytest.importorskip("psutil")  # of the environment that ./dev makes
    from benchmarks.processor import others_share

    assert others_share({"other programs": 5.0, "elapsed": 10.0}, 2) == 0.25
    assert others_share({"other programs": -0.3, "elapsed": 10.0}, 2) == 0.0
    assert others_share({}, 2) == 0.0


def test_durations_for_people():
    assert [milliseconds(value) for value in (12.4, 1234.0, float("nan"))] == [
        "12 ms",
        "1.2 s",
        "-",
    ]


def test_the_table_shows_goals_that_were_missed():
    lines = table(
        [
            Result("a", "one thing", "< 1 s", "2 s", False),
            Result("b", "another", "none", "none", True),
            Result("c", "third", "", "broke", None),
        ]
    ).splitlines()
    assert lines[0].split("|")[1:5] == [" what      ", " goal  ", " measured ", " ok           "]
    assert [line.split("|")[4].strip() for line in lines[2:]] == ["no", "yes", "not measured"]
    assert len({len(line) for line in lines}) == 1


def test_webhooks_are_signed_over_the_bytes_that_are_sent():
    body = webhooks.body_of(
        [webhooks.text_message("553180000001", "oi", "wamid.1")],
        phone_number_id="2",
        waba_id="3",
        display="553138000156",
    )
    assert b"Cidad\\u00e3o" in body
    value = json.loads(body)["entry"][0]["changes"][0]["value"]
    assert value["messages"][0]["text"] == {"body": "oi"}
    assert webhooks.signature("secret", b"{}") == (
        "sha256=77325902caca812dc259733aacd046b73817372c777b8d95b402647474516e13"
    )


def test_figures_of_a_shared_machine_are_not_judged():
    alone = Result("cost", "x", "< 17 ms", "12 ms", True)
    assert alone.verdict == "yes"
    shared = Result("cost", "x", "< 17 ms", "12 ms", True, others=0.34)
    assert shared.verdict == "not judged: others took 34%"
    assert "not judged" in table([shared])
    assert shared.as_dict()["verdict"] == shared.verdict
    broken = Result("cost", "x", "", "ValueError", None, others=0.34)
    assert broken.verdict == "not measured"


def test_the_cost_of_a_message_in_words():
    cost = {"total_ms": 15.23, "odoo_ms": 10.1, "postgresql_ms": 5.13, "commits": 2.14}
    assert words(cost) == "15.2 ms (Odoo 10.1, PostgreSQL 5.1), 2.1 commits"
    assert "40 statements" in words({**cost, "statements": 40.2})


def test_the_cost_is_of_one_message():
    cost = Cost.__new__(Cost)
    cost.processor = SimpleNamespace(used={"Odoo": 3.0, "PostgreSQL": 1.0})
    cost.counted = {"commits": 250.0, "statements": 4000.0}
    each = cost.per(100)
    assert (each["odoo_ms"], each["postgresql_ms"], each["total_ms"]) == (30.0, 10.0, 40.0)
    assert (each["commits"], each["statements"]) == (2.5, 40.0)


@pytest.mark.parametrize(
    ("title", "serves"),
    [
        ("postgres: odoo contact_center_1_1 [local] idle", True),
        ("postgres: odoo t_other 127.0.0.1(50512) SELECT", True),
        ("postgres: walwriter ", False),
        ("postgres: checkpointer ", False),
    ],
)
def test_backends_are_told_from_what_serves_all_databases(title, serves):
    assert bool(BACKEND.search(title)) is serves


def test_every_row_is_in_the_table_and_in_the_order_of_measuring():
    assert set(ROWS) == set(ORDER)
    assert len(ROWS) == len({row.NAME for row in ROWS})


def test_rows_on_request_are_left_out_loudly(capsys):
    usual = chosen("")
    assert set(ROWS) - set(usual) == {row_shift, row_gateway}
    assert "NOT COMPARED with mail_gateway" in capsys.readouterr().err
    assert set(ROWS) - set(chosen("", "folder")) == {row_shift}
    assert chosen("gateway", "folder") == [row_gateway]
    with pytest.raises(SystemExit, match="pip install --target"):
        chosen("gateway")
    with pytest.raises(SystemExit, match="no row 'nothing'"):
        chosen("nothing")


def test_mail_gateway_is_found_where_pip_or_git_put_it(tmp_path):
    with pytest.raises(ValueError, match="pip install --target"):
        gateway.addons_of(tmp_path)
    for name in gateway.MODULES:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__manifest__.py").touch()
    assert gateway.addons_of(tmp_path) == tmp_path
    by_pip = tmp_path / "odoo/addons"
    for name in gateway.MODULES:
        (by_pip / name).mkdir(parents=True)
        (by_pip / name / "__manifest__.py").touch()
    assert gateway.addons_of(tmp_path) == by_pip


def test_an_update_is_a_text_of_a_private_chat():
    message = json.loads(gateway.update(7, 3, "oi"))["message"]
    assert (message["text"], message["message_id"]) == ("oi", 3)
    assert message["from"]["id"] == message["chat"]["id"] == 7
    assert message["chat"]["type"] == "private"
