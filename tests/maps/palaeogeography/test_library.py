"""`maps.palaeogeography.library`: plate models that a museum puts into a folder, whole and broken."""

import gzip
import itertools
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from catalogue.facts import FACTS
from catalogue.settings import settings
from maps.errors import MapError
from maps.palaeogeography import library
from maps.palaeogeography.compiling import compile_model
from maps.palaeogeography.gplates import read_rotations
from maps.palaeogeography.models import BUILT_IN
from maps.palaeogeography.rotations import Pole, Rotations
from maps.palaeogeography.tables import read_tables

ROTATIONS = "1 0.0 90.0 0.0 0.0 0 !Rest\n1 100.0 90.0 0.0 50.0 0 !Turned\n"
ABOUT = "title: Turning Earth\ncitation: A. Nobody 2020\nlicense: CC0\n"
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
GPML = """<?xml version="1.0"?>
<gpml:FeatureCollection xmlns:gpml="http://www.gplates.org/gplates" xmlns:gml="http://www.opengis.net/gml"><gml:featureMember>
<gpml:UnclassifiedFeature><gpml:reconstructionPlateId><gpml:ConstantValue><gpml:value>1</gpml:value></gpml:ConstantValue></gpml:reconstructionPlateId>
<gml:validTime><gml:TimePeriod><gml:begin><gml:TimeInstant><gml:timePosition>40</gml:timePosition></gml:TimeInstant></gml:begin>
<gml:end><gml:TimeInstant><gml:timePosition>http://gplates.org/times/distantFuture</gml:timePosition></gml:TimeInstant></gml:end></gml:TimePeriod></gml:validTime>
<gpml:boundary><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>-20 0 -20 30 20 30 20 0 -20 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gpml:boundary>
</gpml:UnclassifiedFeature></gml:featureMember></gpml:FeatureCollection>"""


def gpml_of(poles: Iterable[Pole]) -> str:
    """Rotations as GPlates writes them, each sequence as a feature of its own; the least that its readers need."""
    features = []
    for (plate, fixed), some in itertools.groupby(poles, key=lambda pole: (pole.plate, pole.fixed)):
        samples = "".join(
            f"<gpml:timeSample><gpml:TimeSample><gpml:value>{_turn(pole)}</gpml:value><gpml:validTime><gml:TimeInstant>"
            f"<gml:timePosition>{pole.age_ma!r}</gml:timePosition></gml:TimeInstant></gpml:validTime>"
            f"<gml:description>pos 1 2</gml:description></gpml:TimeSample></gpml:timeSample>"
            for pole in some
        )
        frames = "".join(
            f"<gpml:{name}ReferenceFrame><gpml:ConstantValue><gpml:value>{number}</gpml:value></gpml:ConstantValue></gpml:{name}ReferenceFrame>"
            for name, number in (("fixed", fixed), ("moving", plate))
        )
        features.append(
            f"<gml:featureMember><gpml:TotalReconstructionSequence>{frames}<gpml:totalReconstructionPole><gpml:IrregularSampling>"
            f"{samples}</gpml:IrregularSampling></gpml:totalReconstructionPole></gpml:TotalReconstructionSequence></gml:featureMember>"
        )
    return f"{GPML.partition('<gml:featureMember>')[0]}{''.join(features)}</gpml:FeatureCollection>"


def _turn(pole: Pole) -> str:
    if pole.angle == 0:
        return "<gpml:ZeroFiniteRotation/>"
    point = f"<gml:Point><gml:pos>{pole.latitude!r} {pole.longitude!r}</gml:pos></gml:Point>"
    return f"<gpml:AxisAngleFiniteRotation><gpml:eulerPole>{point}</gpml:eulerPole><gpml:angle>{pole.angle!r}</gpml:angle></gpml:AxisAngleFiniteRotation>"


Made = Callable[..., Path]


def polygons(**properties: object) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame({name: [value] for name, value in properties.items()}, geometry=[shapely.box(0, -20, 30, 20)], crs="EPSG:4326")  # fmt: skip


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    """Puts a model into the folder; a file that is given as None is left out."""
    monkeypatch.setenv("BONEBED_PLATE_MODELS_DIR", str(tmp_path))
    settings.cache_clear()

    def make(name: str = "turning", **files: str | None) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        polygons(PLATEID1=1, FROMAGE=40.0, TOAGE=-999.0, NAME="East").to_file(folder / "plates.geojson", driver="GeoJSON")  # fmt: skip
        for file, text in {"about.txt": ABOUT, "plates.rot": ROTATIONS, **files}.items():
            if text is not None:
                (folder / file).write_text(text, encoding="utf-8")
        return folder

    yield make
    settings.cache_clear()


def lay(key: str, longitude: float, latitude: float, age: float) -> list[float | None]:
    found = library.model(key).positions(np.array([[longitude, latitude]]), [age])[0]
    return [found.longitude, found.latitude]


def test_a_model_from_a_folder(made: Made) -> None:
    made()
    shelf = library.shelf()
    assert (list(shelf.models), shelf.troubles) == ([*BUILT_IN, "turning"], ())
    one = library.model("turning")
    assert (one.title, one.citation, one.licence, one.oldest_ma) == ("Turning Earth", "A. Nobody 2020", "CC0", 100.0)
    assert lay("turning", 10.0, 5.0, 20.0) == pytest.approx([20.0, 5.0])
    assert lay("turning", 10.0, 5.0, 50.0) == [None, None]


def test_it_is_compiled_once_and_again_when_a_file_changes(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made()
    lay("turning", 10.0, 5.0, 20.0)
    kept = folder.parent / "cache"
    assert len(list(kept.glob("turning-*_plates.tsv"))) == 1
    library._compiled.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(library, "_read", lambda _folder: pytest.fail("it was read again"))
        assert lay("turning", 10.0, 5.0, 20.0) == pytest.approx([20.0, 5.0])
    (folder / "plates.rot").write_text(ROTATIONS.replace("50.0", "100.0"), encoding="utf-8")
    assert lay("turning", 10.0, 5.0, 20.0) == pytest.approx([30.0, 5.0])
    assert len(list(kept.glob("turning-*_plates.tsv"))) == 1


@pytest.mark.parametrize("ending", ["gpml", "gpmlz"])
def test_rotations_in_gpml_turn_as_those_of_a_rot_file(made: Made, ending: str) -> None:
    poles = read_tables(f"palaeogeography/{BUILT_IN[1]}")[0]
    asked = [(pole.plate, age) for pole in poles[:: len(poles) // 50] for age in (pole.age_ma, pole.age_ma * 0.9)]
    folder = made(**{"plates.rot": None})
    text = gpml_of(poles)
    if ending == "gpml":
        (folder / "turns.gpml").write_text(text, encoding="utf-8")
    else:
        (folder / "turns.gpmlz").write_bytes(gzip.compress(text.encode()))
    read = Rotations(read_rotations(folder / f"turns.{ending}"))
    assert [read.of(*one) for one in asked] == [pytest.approx(Rotations(poles).of(*one)) for one in asked]


def test_a_model_all_in_gpml(made: Made) -> None:
    folder = made(**{"plates.rot": None, "turns.gpml": gpml_of(read_poles(ROTATIONS)), "plates.gpml": GPML})
    (folder / "plates.geojson").unlink()
    assert lay("turning", 10.0, 5.0, 20.0) == pytest.approx([20.0, 5.0])
    disabled = gpml_of(read_poles(ROTATIONS)).replace("</gpml:value><gpml:validTime>", "</gpml:value><gpml:isDisabled>true</gpml:isDisabled><gpml:validTime>")  # fmt: skip
    (folder / "turns.gpml").write_text(disabled, encoding="utf-8")
    with pytest.raises(MapError, match="no rotation file"):
        library.model("turning")


def read_poles(text: str) -> list[Pole]:
    return [Pole(int(p), int(f), *map(float, rest)) for p, *rest, f in (line.split()[:6] for line in text.splitlines())]


@pytest.mark.parametrize("ending", ["shp", "gpkg", "gpml", "gpmlz"])
def test_polygons_in_every_form(made: Made, ending: str) -> None:
    folder = made()
    (folder / "plates.geojson").unlink()
    if ending == "gpml":
        (folder / "plates.gpml").write_text(GPML, encoding="utf-8")
    elif ending == "gpmlz":
        (folder / "plates.gpmlz").write_bytes(gzip.compress(GPML.encode()))
    else:
        polygons(PLATEID1=1, FROMAGE=40.0, TOAGE=-999.0).to_file(folder / f"plates.{ending}")
    assert lay("turning", 10.0, 5.0, 20.0) == pytest.approx([20.0, 5.0])
    assert lay("turning", 10.0, 5.0, 50.0) == [None, None]
    assert lay("turning", 40.0, 5.0, 20.0) == [None, None]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"plates.rot": ROTATIONS + "1 what is this\n"}, "plates.rot, line 3 is not a rotation."),
        ({"plates.rot": "1 0.0 95.0 0.0 0.0 0\n"}, "plates.rot, line 1 is not a rotation."),
        ({"plates.rot": None}, "no rotation file"),
        ({"about.txt": None}, "about.txt is missing"),
        ({"about.txt": "title: T\ncitation: C\n"}, "about.txt lacks the line “licence: …”."),
        ({"about.txt": "title\n"}, "about.txt, line 1"),
        ({"about.txt": ABOUT + "oldest_ma: old\n"}, "“old” is no age"),
        ({"plates.geojson": "{ nonsense"}, "plates.geojson is no file of polygons"),
        ({"plates.geojson": json.dumps(polygons(NAME="x").__geo_interface__)}, "no polygon with the key of a plate"),
        ({"plates.geojson": json.dumps(polygons(PLATEID1=1).translate(0, 80).to_frame("geometry").assign(PLATEID1=1).__geo_interface__)}, "plate 1 leaves the Earth"),
        ({"more.gpml": GPML}, "2 are there"),
        ({"turns.gpml": gpml_of([Pole(1, 0, 0.0, 95.0, 0.0, 1.0)])}, "turns.gpml holds a rotation that cannot be read."),
        ({"plates.geojson": None, "broken.gpml": "<a>\n<b>"}, "broken.gpml, line 2 is not GPML."),
    ],
)  # fmt: skip
def test_a_broken_model_is_told_of_and_the_others_work(made: Made, files: dict[str, str | None], told: str) -> None:
    folder = made("broken", **{"about.txt": ABOUT, **files})
    if files.get("plates.geojson", "") is None:
        (folder / "plates.geojson").unlink()
    made("whole")
    shelf = library.shelf()
    assert list(shelf.models) == [*BUILT_IN, "whole"]
    assert len(shelf.troubles) == 1
    assert str(shelf.troubles[0]).startswith("Plate model “broken”: ")
    assert told in str(shelf.troubles[0])
    with pytest.raises(MapError):
        library.model("broken")


def test_a_name_that_cannot_stand_in_a_link(made: Made) -> None:
    made("Grüße aus Pangaea")
    made("paleomap")
    assert [str(trouble).split("”")[0] for trouble in library.shelf().troubles] == [
        "Plate model “Grüße aus Pangaea",
        "Plate model “paleomap",
    ]
    with pytest.raises(MapError, match=r"There is no plate model “pangaea”\. Known are: paleomap, wright2013"):
        library.model("pangaea")


@pytest.mark.skipif(not SHARED.exists(), reason="the files of the models are not here")
def test_the_files_of_a_published_model_give_what_its_tables_give(made: Made) -> None:
    folder = made("wright", **{"plates.rot": None})
    shutil.copy(SHARED / "palaeogeography/wright2013/wright_2013.rot", folder)
    shutil.copy(SHARED / "palaeogeography/wright2013/continental_polygons.geojson", folder / "plates.geojson")
    assert lay("wright", 102.08, 25.17, 195.0) == pytest.approx(lay("wright2013", 102.08, 25.17, 195.0))


@pytest.mark.parametrize("key", BUILT_IN)
def test_the_tables_are_what_the_compiler_makes_of_the_authors_files(key: str, tmp_path: Path) -> None:
    folder = SHARED / "palaeogeography" / key
    if not folder.exists():
        pytest.skip("the authors' files are not here")
    polygons = next(file for file in folder.glob("*.geojson") if "coast" not in file.name)
    compile_model(next(folder.glob("*.rot")), polygons, key, tmp_path)
    for table in (f"{key}_poles.tsv", f"{key}_plates.tsv"):
        assert (tmp_path / table).read_text() == (FACTS / "palaeogeography" / table).read_text(), table
