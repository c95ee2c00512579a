"""Photographs and scans are served to those who may read, with their true type, and can do no harm whatever they hold."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalogue import database, specimens
from catalogue.media import keeping as media
from catalogue.media import store as media_store
from catalogue.media.kinds import Medium
from catalogue.records import Specimen
from catalogue.rights import THIS_COMPUTER, Person
from screens import media_routes, serving
from screens.parts import who
from tests.catalogue.photographs_and_scans import binary_stl, glb, png_with_place, telephone_jpeg

NOBODY = Person("", "", "nobody")  # type: ignore[arg-type]


@pytest.fixture
def client() -> TestClient:
    """A browser before our own routes."""
    return TestClient(Starlette(routes=serving.routes(), middleware=serving.middleware()))


@pytest.fixture
def shown(add_record: Callable[..., Specimen]) -> dict[str, Medium]:
    """A record with one of each kind, by the format in which it is kept."""
    record = add_record(verbatim_identification="Lufengosaurus huenei", earliest_interval="Hettangian")
    files = (telephone_jpeg(), png_with_place(), glb(), binary_stl())
    found = [media.receive(THIS_COMPUTER, file, license="CC0-1.0", credit="Anna") for file in files]
    with database.writing() as connection:
        media.add(connection, THIS_COMPUTER, record.occurrence_id, found, version=1)
    return {medium.format: medium for medium in found}


def address(medium: Medium, size: int | None = None) -> str:
    href = media_routes.scan_href(medium) if medium.kind == "scan" else media_routes.photograph_href(medium, size)
    return href.removeprefix(".")


@pytest.mark.parametrize(
    ("form", "content_type"),
    [("jpeg", "image/jpeg"), ("png", "image/png"), ("glb", "model/gltf-binary"), ("stl", "model/stl")],
)
def test_a_file_is_served_whole_with_its_true_type(
    client: TestClient, shown: dict[str, Medium], form: str, content_type: str
) -> None:
    answer = client.get(address(shown[form]))
    place = media_store.path_of(shown[form].sha256)
    assert place is not None
    assert (answer.status_code, answer.content) == (200, place.read_bytes())
    assert answer.headers["content-type"] == content_type


@pytest.mark.parametrize("size", [320, 1280])
def test_small_pictures_are_webp(client: TestClient, shown: dict[str, Medium], size: int) -> None:
    answer = client.get(address(shown["jpeg"], size))
    assert answer.headers["content-type"] == "image/webp"
    assert Image.open(BytesIO(answer.content)).size == (60, 40)


@pytest.mark.parametrize("form", ["jpeg", "glb"])
def test_a_file_can_do_no_harm_and_may_be_kept(client: TestClient, shown: dict[str, Medium], form: str) -> None:
    headers = client.get(address(shown[form])).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "immutable" in headers["cache-control"]
    assert "private" in headers["cache-control"]


def test_a_part_of_a_scan_can_be_asked_for(client: TestClient, shown: dict[str, Medium]) -> None:
    answer = client.get(address(shown["stl"]), headers={"Range": "bytes=80-83"})
    assert (answer.status_code, answer.content) == (206, b"\x04\0\0\0")


def test_a_scan_is_saved_under_a_name_of_ours(client: TestClient, shown: dict[str, Medium]) -> None:
    said = client.get(address(shown["stl"])).headers["content-disposition"]
    assert said == f'attachment; filename="{shown["stl"].sha256[:12]}.stl"'


def test_who_may_not_read_gets_not_found(
    client: TestClient, shown: dict[str, Medium], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(who, "of_cookies", lambda _: NOBODY)
    for medium in shown.values():
        assert client.get(address(medium)).status_code == 404


def test_what_stands_with_no_record_is_not_found(client: TestClient, shown: dict[str, Medium]) -> None:
    alone = media.receive(THIS_COMPUTER, telephone_jpeg(size=(50, 50)), license="CC0-1.0", credit="Anna")
    assert client.get(address(alone)).status_code == 404
    with database.writing() as connection:
        [record] = [one for one in specimens.find(connection).specimens if one.catalog_number == "T 1"]
        media.remove(connection, THIS_COMPUTER, record.occurrence_id, shown["jpeg"].sha256, version=2)
    assert client.get(address(shown["jpeg"])).status_code == 404
    assert client.get(address(shown["png"])).status_code == 200


def test_a_scan_is_no_photograph(client: TestClient, shown: dict[str, Medium]) -> None:
    assert client.get(f"/photographs/{shown['glb'].sha256}/full").status_code == 404
    assert client.get(f"/scans/{shown['jpeg'].sha256}").status_code == 404


@pytest.mark.parametrize("size", ["", "0", "321", "1280.webp", "full/..", "..", "%2e%2e", "-1", "full%00"])
def test_an_unknown_size_is_not_found(client: TestClient, shown: dict[str, Medium], size: str) -> None:
    assert client.get(f"/photographs/{shown['jpeg'].sha256}/{size}").status_code == 404


@pytest.mark.parametrize("key", ["..", "%2e%2e%2f%2e%2e", "..%2f..%2fbonebed.sqlite3", "0" * 64, "x" * 5000, "%00", "' OR 1=1"])  # fmt: skip
def test_no_path_leads_out_of_the_store(client: TestClient, shown: dict[str, Medium], key: str) -> None:
    for path in (f"/scans/{key}", f"/photographs/{key}/full", f"/photographs/{key}/320"):
        assert client.get(path).status_code == 404


def test_a_file_that_was_lost_is_not_found(client: TestClient, shown: dict[str, Medium]) -> None:
    place = media_store.path_of(shown["png"].sha256)
    assert place is not None
    place.unlink()
    assert client.get(address(shown["png"])).status_code == 404
