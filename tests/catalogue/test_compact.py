"""`catalogue.compact`: texts in little memory say what was put in."""

from hypothesis import given
from hypothesis import strategies as st

from catalogue.compact import Places, Texts

ANY = st.text(st.characters(), max_size=8)  # also halves of surrogate pairs, as broken files have them


@given(st.lists(ANY))
def test_texts_are_a_list(written: list[str]) -> None:
    texts = Texts()
    for text in written:
        texts.append(text)
    assert (list(texts), len(texts), texts[1:3]) == (written, len(written), written[1:3])


@given(st.lists(ANY, unique=True), st.lists(ANY))
def test_places_are_a_dict(written: list[str], asked: list[str]) -> None:
    texts = Texts()
    places = Places(texts)
    known: dict[str, int] = {}
    for place, text in enumerate(written):
        texts.append(text)
        assert places.find(text) is None
        places.put(place)
        known[text] = place
    assert [places.find(text) for text in [*written, *asked]] == [known.get(text) for text in [*written, *asked]]


@given(st.lists(ANY))
def test_a_text_is_new_once(written: list[str]) -> None:
    texts = Texts()
    places = Places(texts)
    for text in written:
        if places.put_new(text):
            texts.append(text)
    assert list(texts) == list(dict.fromkeys(written))
    assert [places.find(text) for text in texts] == list(range(len(texts)))


def test_many_texts_are_found_in_little_memory() -> None:
    texts = Texts()
    places = Places(texts)
    for number in range(20_000):
        texts.append(f"urn:museum:{number}")
        places.put(number)
    assert [places.find(f"urn:museum:{number}") for number in range(0, 20_000, 777)] == list(range(0, 20_000, 777))
    held = len(texts._bytes) + 8 * len(texts._ends) + 4 * len(places._slots)
    assert held < 45 * 20_000
