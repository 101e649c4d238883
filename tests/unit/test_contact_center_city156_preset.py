# Copyright 2026 Contact Center Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from chatbot_flow.engine import exchange
from contact_center_city156.preset import Way, belo_horizonte, items, with_queues

CITY = belo_horizonte.CITY
READY = Path(__file__).parents[2] / "addons/chatbot_flow/data/flows/city_156.yaml"


@pytest.fixture(name="document")
def _document():
    read = exchange.load(READY.read_text(encoding="utf-8"))
    assert not read.problems
    return read.data


def test_the_subjects_of_the_tender():
    subjects = [subject.name for queue in CITY.queues for subject in queue.subjects]
    assert len(subjects) == len(set(subjects)) == 36
    always = {s.name for queue in CITY.queues if not queue.hours for s in queue.subjects}
    assert always == {
        "Bota-Fora Clandestino - Flagrante",
        "Cultura",
        "Iluminação Pública",
        "Poluição Sonora",
        "Tapa Buraco",
        "Turismo",
    }
    late = [s.name for queue in CITY.queues if queue.hours == "late" for s in queue.subjects]
    assert late == ["Transporte e Trânsito"]


def test_keys_and_names_are_unique():
    everything = list(items(CITY))
    assert len({item.key for item in everything}) == len(everything)
    assert len({(item.kind, item.name) for item in everything}) == len(everything)


def test_what_others_refer_to_comes_first():
    seen = set()
    for item in items(CITY):
        assert {item.parent, item.queue} - {""} <= seen
        seen.add(item.key)


def test_hours_name_what_they_are():
    known = {hours.key for hours in CITY.hours}
    assert all(queue.hours in known | {""} for queue in CITY.queues)
    day, late = CITY.hours
    assert (round(day.opens * 60), round(day.closes * 60)) == (400, 1160)
    assert (late.opens, late.closes) == (6, 24)


def test_each_way_to_a_person_has_its_queue(document):
    flow = with_queues(document, CITY)
    found = Counter(step["queue"] for step in flow["steps"] if step["kind"] == "hand_over")
    assert set(found) == {queue.name for queue in CITY.queues}
    assert {step["skill"] for step in flow["steps"] if step.get("skill")} == {
        "Tributos de empresas",
        "Licenças de empresas",
    }


def test_whatsapps_limits(document):
    for step in with_queues(document, CITY)["steps"]:
        options = step.get("options") or ()
        assert len(options) <= 10
        longest = 20 if len(options) <= 3 and not step.get("list_button") else 24
        assert all(len(option["title"]) <= longest for option in options), step["key"]
        assert all(len(option.get("description", "")) <= 72 for option in options)
        assert len(step.get("text") or "") <= 1024
    assert len(CITY.person) <= 20


def test_the_ready_flow_stays_as_it_is(document):
    before = exchange.dump(document)
    with_queues(document, CITY)
    assert exchange.dump(document) == before


def test_a_menu_that_changed_is_noticed(document):
    first, *others = CITY.queues
    for queue, message in (
        (replace(first, steps=("boas_vindas",)), "no step that leads to a person"),
        (replace(first, steps=()), "no queue for pessoa_saude"),
        (replace(first, ways=(Way("mais_nada", "…"),)), "is no menu"),
        (replace(first, ways=(Way("multas", "…"), Way("multas", "…"))), "no room"),
    ):
        with pytest.raises(ValueError, match=message):
            with_queues(document, replace(CITY, queues=(queue, *others)))
    skill = replace(CITY.skills[0], choices=(("onibus", "chegar"),))
    with pytest.raises(ValueError, match="does not lead to a person"):
        with_queues(document, replace(CITY, skills=(skill,)))


def test_the_flows_tests_expect_the_queues(document):
    asked = [
        turn["over"]
        for test in with_queues(document, CITY)["tests"]
        for turn in test["talk"]
        if turn.get("over", {}).get("kind") == "handed_over"
    ]
    assert asked
    assert {over["queue"] for over in asked} == {"156 Informações"}
