"""Opens one page as a visitor's session has it, through Streamlit's `AppTest`, on a fresh copy of the built-in collection.

`AppTest` runs no JavaScript. What a picture or a map was given is read from the message that goes to the browser, and a click in
one is sent back the way the browser sends it.
"""

import gc
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import streamlit as st
from google.protobuf.message import Message as Proto
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.testing.v1.element_tree import Block, Element
from streamlit.testing.v1.local_script_runner import LocalScriptRunner
from streamlit.util import calc_hash

from catalogue import database, specimens
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER
from catalogue.settings import settings
from screens import words
from screens.parts import picture

FRONT = Path(__file__).resolve().parents[2] / "screens" / "front.py"

_SEEN = {"body", "label", "placeholder", "help", "text", "content", "options", "caption", "title", "alt"}
_SPOKEN = {"aria-label", "title", "alt", "placeholder"}


class Screen:
    """One page in one visitor's session."""

    def __init__(self, app: AppTest) -> None:
        self.app = app

    def run(self, *sent: WidgetState) -> "Screen":
        """Run the page again with what was changed in its widgets and with what a component sent."""
        states: WidgetStates = self.app._tree.get_widget_states()
        states.widgets.extend(sent)
        self.app._run(states)
        self.app._page_hash = ""
        assert [error.message for error in self.app.exception] == []
        return self

    @property
    def address(self) -> str:
        """The path of the page that is shown now."""
        shown = self.app._finished_page_script_hash
        return str(self.app._registered_pages[shown]["url_pathname"])

    @property
    def query(self) -> dict[str, Any]:
        """The parameters of the address, without the language."""
        return {name: value for name, value in self.app.query_params.items() if name != "lang"}

    def go(self, address: str, query: dict[str, str] | None = None) -> "Screen":
        """Open another page in the same session."""
        self.app._page_hash = calc_hash(address)
        self.app.query_params = {"lang": self.app.query_params.get("lang", "English"), **(query or {})}
        return self.run()

    def fill(self, **values: object) -> "Screen":
        """Give widgets, by key, a new value, and run the page again."""
        for key, value in values.items():
            self.app.session_state[key] = value
        return self.run()

    def press(self, key: str) -> "Screen":
        """Press a button."""
        self.app.button(key=key).click()
        return self.run()

    def choose(self, key: str, name: str) -> "Screen":
        """Click the part of a picture that bears a `data-name`: a link opens its page, another part tells Python its name."""
        found = re.search(
            rf'<\w+[^>]*data-name="{re.escape(name)}"[^>]*>(?:<title>[^<]*</title>)?(<a\b[^>]*>)?', self.markup(key)
        )
        assert found, f"{name} is not in the picture"
        link = re.search(r'\bhref="([^"]*)"', found[0])
        if link:
            return self.go(*_target(link[1]))
        event = json.dumps([{"event": "chosen", "value": name}])
        return self.run(WidgetState(id=_make_trigger_id(self._component(key).id, "events"), json_trigger_value=event))

    def links(self, key: str) -> list[tuple[str, dict[str, str]]]:
        """Where the links of a picture lead: address and parameters."""
        return [_target(link) for link in re.findall(r'\bhref="([^"]*)"', self.markup(key))]

    def click_find(self, occurrence_id: str) -> "Screen":
        """Click a dot of the map; the popup's text is what the browser sends."""
        sent = {"last_object_clicked_popup": f"occurrence={occurrence_id}; a find"}
        return self.run(WidgetState(id=self._maps()[0].id, json_value=json.dumps(sent)))

    def click_place(self, latitude: float, longitude: float) -> "Screen":
        """Click somewhere on the map."""
        sent = {"last_clicked": {"lat": latitude, "lng": longitude}}
        return self.run(WidgetState(id=self._maps()[0].id, json_value=json.dumps(sent)))

    def upload(self, name: str, content: bytes) -> "Screen":
        """Give a file to the one uploader of the page."""
        self.app.file_uploader[0].upload(name, content, "text/csv")
        return self.run()

    def elements(self) -> Iterator[Element | Block]:
        """Everything on the page, in its order."""
        return _below(self.app._tree)

    def pictures(self) -> dict[str, str]:
        """The markup of each picture, by its key."""
        return {key: str(data["markup"]) for key, data in self.given_to_pictures().items()}

    def given_to_pictures(self) -> dict[str, dict[str, Any]]:
        """What each picture was given, by its key."""
        shown = [element.proto for element in self.elements() if element.type == "bidi_component"]
        return {proto.id.rsplit("-", 1)[-1]: json.loads(proto.json) for proto in shown}

    def markup(self, key: str) -> str:
        """The markup of one picture."""
        return self.pictures()[key]

    def names(self, key: str) -> list[str]:
        """What can be chosen in a picture: its `data-name` values, each once."""
        return list(dict.fromkeys(re.findall(r'data-name="([^"]*)"', self.markup(key))))

    def maps(self) -> list[dict[str, Any]]:
        """What each map was given."""
        return [json.loads(proto.json_args) for proto in self._maps()]

    def finds_on_map(self) -> list[list[Any]]:
        """The rows of the finds on the one map: key, latitude, longitude, title, subtitle and more."""
        rows: list[list[Any]] = _call("bonebedMap.finds", str(self.maps()[0]["feature_group"]))["rows"]
        return rows

    def cells_on_map(self) -> list[list[Any]]:
        """The rows of the cells on the one map: south, west, north, east, shade, and the numbers told at the pointer."""
        rows: list[list[Any]] = _call("bonebedMap.cells", str(self.maps()[0]["feature_group"]))["rows"]
        return rows

    def html(self) -> str:
        """Everything that reaches the browser as markup or script."""
        bodies = [str(element.proto.body) for element in self.elements() if element.type == "html"]
        given = [json.dumps(arguments, ensure_ascii=False) for arguments in self.maps()]
        return "\n".join([*bodies, *self.pictures().values(), *given])

    def texts(self) -> list[str]:
        """All that a person can read on the page or have read out."""
        found: list[str] = [str(page["page_name"]) for page in self.app._registered_pages.values()]
        for element in self.elements():
            if element.type == "bidi_component":
                found += texts_of_html(str(json.loads(element.proto.json)["markup"]))
            elif element.type == "component_instance":
                found += _texts_of_map(json.loads(element.proto.json_args))
            elif element.type == "arrow_data_frame":
                found += [str(cell) for row in (element.value.columns, *element.value.values) for cell in row]
            elif getattr(element, "proto", None) is not None:
                for text in _texts_of_proto(element.proto):
                    found += texts_of_html(text) if element.type == "html" else [text]
        return [text for text in found if text.strip()]

    def text(self) -> str:
        """All readable texts, a line each."""
        return "\n".join(self.texts())

    def _component(self, key: str) -> Any:
        ends = f"-{key}"
        return next(e.proto for e in self.elements() if e.type == "bidi_component" and e.proto.id.endswith(ends))

    def _maps(self) -> list[Any]:
        return [element.proto for element in self.elements() if element.type == "component_instance"]


def texts_of_html(markup: str) -> list[str]:
    """What a person reads or hears of a piece of HTML or SVG."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.texts


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in {"style", "script"}
        self.texts += [value for name, value in attrs if name in _SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self._unseen and data.strip():
            self.texts.append(data.strip())


def _target(link: str) -> tuple[str, dict[str, str]]:
    """Address and parameters of a link, the language left out."""
    parts = urlsplit(unescape(link))
    assert parts.path.startswith("./")
    return parts.path.removeprefix("./"), {name: text for name, text in parse_qsl(parts.query) if name != "lang"}


def _below(block: Block) -> Iterator[Element | Block]:
    for child in block.children.values():
        yield child
        if isinstance(child, Block):
            yield from _below(child)


def _texts_of_proto(proto: Proto) -> Iterator[str]:
    for field, value in proto.ListFields():
        for one in [value] if isinstance(value, str | Proto) or not isinstance(value, Iterable) else value:
            if isinstance(one, Proto):
                yield from _texts_of_proto(one)
            elif isinstance(one, str) and field.name in _SEEN:
                yield one


def _texts_of_map(arguments: dict[str, Any]) -> list[str]:
    base = _call("bonebedMap.base", str(arguments["script"]))
    found = list(base["words"].values())
    if "bonebedMap.finds" in str(arguments["feature_group"]):
        layer = _call("bonebedMap.finds", str(arguments["feature_group"]))
        found += [*layer["words"].values(), *(text for row in layer["rows"] for text in row[3:5])]
    return [re.sub(r"\{\w+\}", "", text) for text in found]  # the script fills in what stands in braces


def _call(function: str, script: str) -> Any:
    """The data with which a function of the map's script is called."""
    start = re.search(re.escape(function) + r"\(\w+, ", script)
    assert start, f"{function} is not called"
    return json.JSONDecoder().raw_decode(script, start.end())[0]


@pytest.fixture(scope="module", autouse=True)
def _frozen() -> None:
    """Streamlit collects all garbage after each run; as on the server, what is loaded by now need not be looked through."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def _filled_file(_migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database as a new user finds it, made once."""
    from catalogue.collection import fill_if_new

    file = shutil.copy(_migrated_file, tmp_path_factory.mktemp("template") / "filled.sqlite3")
    engine = database.open_database(f"sqlite:///{file}")
    with database.writing(engine) as connection:
        fill_if_new(connection)
    engine.dispose()
    return file


@pytest.fixture
def collection(_settings_of_this_test: None, _filled_file: Path) -> Iterator[None]:
    """The built-in collection as the database of this test."""
    folder = settings().data_dir
    folder.mkdir(parents=True)
    shutil.copy(_filled_file, folder / "bonebed.sqlite3")
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    database.engine().dispose()
    database._engine_of.cache_clear()


@pytest.fixture(scope="session")
def _register() -> BidiComponentManager:
    """One register of components for all sessions; AppTest's own reads all installed packages each time."""
    picture._component.cache_clear()
    return BidiComponentManager()


def _wait_for_page(runner: LocalScriptRunner, timeout: float = 3) -> None:
    """Sleep until the page is drawn; AppTest looks a thousand times a second whether it is, which takes a tenth of all the work."""
    assert runner._script_thread is not None
    runner._script_thread.join(timeout)
    assert not runner._script_thread.is_alive(), f"The page was not drawn within {timeout} s."


@pytest.fixture
def open_page(
    collection: None, _register: BidiComponentManager, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Screen]:
    """Opens a page in a session of its own: ``open_page("specimens", interval="Toarcian", lang="zh")``.

    `lang` is the language of the link, or None for a link without; then the `locale` of the browser decides.
    """
    of_browser = words._language_of_browser

    def open_page(address: str = "", *, lang: str | None = "en", locale: str | None = None, **query: str) -> Screen:
        monkeypatch.setattr(local_script_runner, "require_widgets_deltas", _wait_for_page)
        # AppTest asks for the labels of choices outside of a session, where our words follow the browser.
        monkeypatch.setattr(words, "_language_of_browser", (lambda: lang) if lang in words.LANGUAGES else of_browser)
        app = AppTest.from_file(FRONT, default_timeout=30)
        app._page_hash = calc_hash(address)
        app._bidi_component_manager = _register
        app.context["locale"] = locale
        app.query_params |= query | ({"lang": words.LANGUAGES.get(lang, lang)} if lang else {})
        screen = Screen(app).run()
        assert screen.address == address
        return screen

    return open_page


@pytest.fixture
def records(collection: None) -> list[Specimen]:
    """All records of this test's database, for counting them by hand."""
    with database.reading() as connection:
        return specimens.find(connection, size=None).specimens


@pytest.fixture
def add_record(collection: None) -> Callable[..., Specimen]:
    """Puts one more record into the catalogue, beside the screens."""

    def add_record(**draft: object) -> Specimen:
        with database.writing() as connection:
            return specimens.add(connection, THIS_COMPUTER, {"catalog_number": "T 1", "locality": "unknown", **draft})

    return add_record
