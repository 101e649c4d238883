"""A menu as numbered text: nothing is lost, its numbers and words understood."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whatsapp_helpdesk.cloud_api import errors, menu_text, payloads


@dataclass(frozen=True)
class Option:
    id: str
    title: str
    description: str = ""
    label: str = ""


YES_NO = (Option("q:s", "Sim"), Option("q:n", "Não"))
SECTORS = (
    Option("m:1", "Iluminação pública"),
    Option("m:2", "Buraco na rua", "Asfalto e calçada"),
    Option("m:3", "Poda ou retirada de árvore em via pública"),
    Option("m:+1", "Mais opções", label="M"),
)


def text_of(contents):
    return "\n".join(content["text"]["body"] for content in contents)


def labels(options):
    return [option.label or str(number) for number, option in enumerate(options, 1)]


def test_buttons_become_numbered_lines():
    (content,) = payloads.render("Confirma?", YES_NO)
    assert menu_text.is_menu(content)
    (written,) = menu_text.write_down(content)
    assert written == payloads.text("Confirma?\n\n1 - Sim\n2 - Não")


def test_list_keeps_header_footer_details_whole_titles_and_the_menus_own_labels():
    (content,) = payloads.render(
        "Qual é o assunto?", SECTORS, header="Serviços", footer="Prefeitura"
    )
    assert content["interactive"]["type"] == "list"
    assert text_of(menu_text.write_down(content, labels(SECTORS))) == (
        "Serviços\n\nQual é o assunto?\n\n1 - Iluminação pública\n"
        "2 - Buraco na rua (Asfalto e calçada)\n"
        "3 - Poda ou retirada de árvore em via pública\nM - Mais opções\n\nPrefeitura"
    )


def test_link_and_bare_requests_are_written_down_too():
    link = {
        "type": "interactive",
        "interactive": {
            "type": "cta_url",
            "body": {"text": "Veja o mapa"},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": "Abrir", "url": "https://cidade.example/mapa"},
            },
        },
    }
    assert text_of(menu_text.write_down(link)) == (
        "Veja o mapa\n\nAbrir: https://cidade.example/mapa"
    )
    place = {
        "type": "interactive",
        "interactive": {
            "type": "location_request_message",
            "body": {"text": "Onde fica?"},
            "action": {"name": "send_location"},
        },
    }
    assert text_of(menu_text.write_down(place)) == "Onde fica?"
    assert menu_text.write_down({"type": "interactive"})[0]["text"]["body"]


@given(
    st.text(max_size=3000),
    st.lists(
        st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=60),
        max_size=10,
        unique_by=str.casefold,
    ),
)
def test_written_down_says_what_the_menu_says_within_the_limits(body, titles):
    options = [Option(f"o{number}", title) for number, title in enumerate(titles)]
    content = payloads.render(body, options)[-1:]
    if not content or not menu_text.is_menu(content[0]):
        return
    written = menu_text.write_down(content[0], labels(options))
    assert all(len(part["text"]["body"]) <= payloads.TEXT_MAX for part in written)
    for option in options:
        assert payloads.clean(option.title) in text_of(written)
    choices = menu_text.as_choices(content[0], labels(options))
    assert [choice[1] for choice in choices] == [option.id for option in options]
    for number, option in enumerate(options, 1):
        if not any(title.strip().isdigit() for title in titles):
            assert menu_text.chosen(choices, str(number))[0] == option.id


@pytest.mark.parametrize(
    ("answer", "option"),
    [
        ("1", "m:1"),
        (" 2 ", "m:2"),
        ("2)", "m:2"),
        ("2.", "m:2"),
        ("02", "m:2"),
        ("*3*", "m:3"),
        ("3️⃣", "m:3"),
        ("２", "m:2"),
        ("Opção 1", "m:1"),
        ("número 2", "m:2"),
        ("m", "m:+1"),
        ("M", "m:+1"),
        ("Buraco na rua", "m:2"),
        ("iluminacao publica", "m:1"),
        ("ILUMINAÇÃO PÚBLICA!", "m:1"),
        ("Poda ou retirada de árvore em via pública", "m:3"),
        ("4", ""),
        ("12", ""),
        ("1 e 2", ""),
        ("", ""),
        ("?", ""),
        ("1" * 500, ""),
        ("o poste da minha rua caiu", ""),
    ],
)
def test_number_and_words_mean_their_option(answer, option):
    (content,) = payloads.render("Qual?", SECTORS)
    choices = menu_text.as_choices(content, labels(SECTORS))
    assert menu_text.chosen(choices, answer)[0] == option


def test_two_options_of_one_name_are_not_guessed():
    assert menu_text.chosen([["1", "a", "Centro"], ["2", "b", "centro"]], "centro") == ("", "")
    assert menu_text.chosen([["1", "a", "Centro"], ["2", "b", "centro"]], "2") == ("b", "centro")


@given(st.text(), st.lists(st.lists(st.text(), max_size=4), max_size=4))
def test_any_answer_to_any_choices_is_harmless(answer, choices):
    found, _title = menu_text.chosen(choices, answer)
    assert found == "" or found in [choice[1] for choice in choices if len(choice) == 3]


@pytest.mark.parametrize(
    "code", [100, "100", 33, 131008, 131009, 131051, 132000, 132012, 132068, 132069, 135000, 139999]
)
def test_refused_for_its_content(code):
    assert errors.is_about_content(code)


@pytest.mark.parametrize(
    "code",
    [
        *(0, 190, 10, 368, 131031, 131042, 133010, 131048),  # the number or its account
        *(4, 130429, 131056, 1, 131000, 131016),  # comes again by itself
        *(131021, 131026, 131030, 131047, 131050, 130472, 137000),  # the person
        *("timeout", "window", "no_recipient", "too_many_tries", "media_type", None, ""),
    ],
)
def test_refused_for_something_else(code):
    assert not errors.is_about_content(code)
