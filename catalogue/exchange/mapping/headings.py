"""The words that people write above the columns of their tables, and what each means.

Darwin Core terms count first. Besides them there is our own list of headings of collection lists, registers and spreadsheets in English, Chinese,
French, German and Spanish. A heading is compared without accents, capitals, signs and blanks, so that "Cat. No.", "cat_no" and "CAT NO" are one.

References
----------
Darwin Core quick reference guide, https://dwc.tdwg.org/terms
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from functools import cache

from catalogue.records import Specimen

REMARKS, LEFT_OUT = "remarks", ""
"""A column whose cells go into the remarks with its heading before them, and one of which nothing is taken."""

RANKS = ("age", "epoch", "period", "era", "eon")
"""Ranks of intervals that have a pair of terms of their own, narrowest first."""
ABOVE_GENUS = ("kingdom", "phylum", "class", "order", "superfamily", "family", "subfamily")
"""Groups of a classification, widest first."""
OF_THE_NAME = ("scientific_name", "genus", "specific_epithet", "infraspecific_epithet")
"""Columns of which a name is put together where it does not stand in one."""

_MADE_BY_US = frozenset({"max_ma", "min_ma", "timescale", "created", "modified", "version", "import_id"})
FIELDS = tuple(field.name for field in fields(Specimen) if field.name not in _MADE_BY_US)
"""Fields of a record that a column may fill."""
_VIRTUAL = (
    *(
        "max_ma",
        "min_ma",
        "age",
        "coordinates",
        "verbatim_latitude",
        "verbatim_longitude",
        "elevation",
        "day",
        "month",
        "year",
    ),
    *("gbif_id", "occurrence_status", "collection_code", "specific_epithet", "infraspecific_epithet", *ABOVE_GENUS),
    *(f"{end}_{rank}" for rank in RANKS for end in ("earliest", "latest")),
)
_OURS = frozenset({"age", "coordinates", "elevation", "maxma", "minma"})
"""Words of ours that are spelt as Darwin Core spells its own."""
TARGETS = (*FIELDS, *_VIRTUAL, REMARKS)
"""All that a column may mean: fields, and what fields are made of, such as a day, a month and a year."""
NAMES = ("verbatim_identification", "scientific_name", "genus")
"""One of these a table must have."""

_DARWIN_CORE = {
    "occurrenceid": "occurrence_id",
    "country": "country_code",
    "verbatimscientificname": "verbatim_identification",
    "acceptednameusage": LEFT_OUT,
    "municipality": REMARKS,
    "verbatimelevation": "elevation",
    "elevation": "elevation",
    "verbatimeventdate": "event_date",
    "gbifid": "gbif_id",
    "typestatus": "type_status",
    "verbatimlabel": "verbatim_label",
    "materialentityremarks": REMARKS,
    "eventremarks": REMARKS,
    "locationremarks": REMARKS,
    "georeferenceremarks": REMARKS,
    "taxonremarks": REMARKS,
    "organismremarks": REMARKS,
    "previousidentifications": REMARKS,
    "fieldnotes": REMARKS,
    "habitat": REMARKS,
    "samplingprotocol": REMARKS,
    "othercatalognumbers": REMARKS,
    "materialentityid": REMARKS,
    "verbatimage": "verbatim_age",
    "maxma": "max_ma",
    "minma": "min_ma",
    "group": "lithostratigraphic_group",
    **dict.fromkeys(("bibliographiccitation", "modified", "created", "version", "timescale"), LEFT_OUT),
    **{rank: rank for rank in ABOVE_GENUS},
    **{
        f"{which}{rank}or{end}{rock}": f"{which}_{rank}"
        for rank, rock in (
            ("eon", "eonothem"),
            ("era", "erathem"),
            ("period", "system"),
            ("epoch", "series"),
            ("age", "stage"),
        )
        for which, end in (("earliest", "lowest"), ("latest", "highest"))
    },
}
"""Darwin Core terms that do not bear the name of a field of ours, in small letters."""

_WORDS: Mapping[str, str] = {
    "occurrence_id": "id; record id; specimen id; guid; uuid; uri; object id; objectid; identifier; 编号id; 标识; identifiant; datensatz id; identificador",
    "basis_of_record": "kind of record; record type; basis",
    "institution_code": "institution; museum; museum code; inst; inst code; repository; collection owner; held by; 馆藏单位; 收藏单位; 保存单位; 博物馆; musee; institut; sammlung; museo; institucion; repositorio",
    "catalog_number": "cat no; cat nr; cat num; cat; catalog; catalog no; catalogue no; catalogue number; catalog nr; catalogue; catno; specimen no; specimen number; specimen; spec no; museum no; museum number; accession no; accession number; inventory no; inventory number; inv no; inv nr; reg no; registration number; register no; number; no; nr; nummer; 标本号; 标本编号; 编号; 登记号; 馆藏号; 藏品号; 总登记号; numero; numero de catalogue; no inventaire; numero inventaire; n inventaire; cote; katalognummer; katalog nr; inventarnummer; inventar nr; inv nummer; sammlungsnummer; numero de catalogo; no catalogo; numero de inventario; sigla",
    "record_number": "collector number; collectors number; coll no; 采集号; numero de collecteur; sammelnummer; numero de colector",
    "verbatim_identification": "name; taxon; taxon name; taxonname; species; species name; scientific name; sci name; sciname; latin name; identification; determination; det; identified as; binomial; full name; fullname; 学名; 拉丁名; 拉丁学名; 名称; 种; 种名; 种类; 鉴定; 物种; 分类名称; 化石名; 化石名称; nom scientifique; nom; nom latin; espece; taxon nom; wissenschaftlicher name; wiss name; art; artname; taxonname; bestimmung; nombre cientifico; nombre; especie; taxon nombre",
    "genus": "genus name; gen; 属; 属名; genre; gattung; genero",
    "specific_epithet": "species epithet; epithet; specific name; sp; 种加词; 种本名; 种小名; epithete; epithete specifique; epitheton; artepitheton; epiteto; epiteto especifico",
    "infraspecific_epithet": "subspecies; ssp; 亚种; sous espece; unterart; subespecie",
    "family": "family name; fam; 科; 科名; famille; familie; familia",
    "order": "order name; ordo; 目; 目名; ordre; ordnung; orden",
    "class": "class name; classis; 纲; 纲名; classe; klasse; clase",
    "phylum": "division; 门; embranchement; stamm; filo",
    "kingdom": "界; regne; reich; reino",
    "scientific_name_authorship": "author; authority; named by; author year; 命名人; 命名者; auteur; autor; autor jahr; autoridad",
    "identification_qualifier": "qualifier; cf aff; doubt; open nomenclature",
    "taxon_rank": "rank; 分类等级; rang; rango",
    "type_status": "type; types; holotype; status; type specimen; 模式; 模式标本; 模式类型; 标本类型; statut type; typus; typstatus; tipo; estatus tipo",
    "identified_by": "determiner; determined by; det by; determinator; id by; 鉴定人; 鉴定者; determinateur; determine par; identifie par; bestimmt von; bestimmer; bestimmt durch; determinado por; identificado por; determinador",
    "date_identified": "date determined; det date; identification date; 鉴定日期; 鉴定时间; date de determination; bestimmungsdatum; bestimmt am; fecha de identificacion; fecha de determinacion",
    "identification_remarks": "identification notes; det notes; 鉴定备注",
    "preparations": "element; elements; part; parts; material; anatomy; bone; bones; what; description; body part; skeletal element; preservation parts; specimen part; 部位; 保存部位; 材料; 骨骼; 标本描述; 标本名称; 描述; 化石部位; partie; parties; element anatomique; materiel; ossements; anatomie; beschreibung; objekt; knochen; skelettelement; erhaltung; elemento; elementos; parte; anatomia; descripcion; hueso; huesos",
    "individual_count": "count; individuals; number of individuals; n individuals; mni; 个体数; nombre d individus; individuen; anzahl individuen; anzahl; numero de individuos",
    "sex": "性别; sexe; geschlecht; sexo",
    "life_stage": "age class; ontogeny; ontogenetic stage; growth stage; 年龄阶段; 生长阶段; 个体发育; stade; stade de vie; stade ontogenetique; lebensstadium; altersstadium; estadio; etapa de vida",
    "disposition": "whereabouts; present whereabouts; 去向; 现状; verbleib; disposicion",
    "verbatim_label": "label; label text; old label; 标签; 旧标签; etiquette; etikett; etikettentext; etiqueta",
    "age": "geological age; geologic age; geol age; age interval; stratigraphic age; chronostratigraphy; horizon age; stratigraphy age; time; interval; geological time; geologic time; geological period; chronology; 时代; 地质时代; 地质年代; 年代; 年龄; 地质时期; age geologique; datation; alter; geologisches alter; zeitalter; stratigraphisches alter; edad; edad geologica; cronoestratigrafia; tiempo geologico",
    "earliest_interval": "early interval; earliest; from age; oldest stage; base age; 最早时代; intervalo temprano",
    "latest_interval": "late interval; latest; to age; youngest stage; top age; 最晚时代",
    "earliest_age": "stage; ics stage; stage age; 阶; 期; etage; stufe; piso",
    "earliest_epoch": "epoch; series; 世; 统; epoque; serie; epoche; epoca",
    "earliest_period": "period; system; 纪; 系; periode; systeme; periodo; sistema",
    "earliest_era": "era; erathem; 代; 界代; ere; ara",
    "max_ma": "age max; max age; oldest ma; fad; base ma; ma max; lower bound ma; max age ma; 最大年龄; 最老年龄",
    "min_ma": "age min; min age; youngest ma; lad; top ma; ma min; upper bound ma; min age ma; 最小年龄; 最年轻年龄",
    "verbatim_age": "age as written; verbatim age; age text",
    "lithostratigraphic_group": "group; strat group; rock group; stratgroup; geological group; 群; groupe; gruppe; grupo",
    "formation": "fm; fmn; strat unit; stratigraphic unit; geologic formation; geological formation; rock unit; lithostratigraphy; stratigraphy; lithostratigraphic unit; horizon; 组; 地层; 层位; 地层组; 产出层位; 岩组; formacion; fm geologica; unidad estratigrafica; formation geologique; niveau; unite stratigraphique; stratigraphie; schicht; schichten; formacion geologica; horizonte; estrato",
    "member": "mbr; mb; 段; membre; glied; miembro",
    "bed": "layer; level; stratum; bed number; 层; 层号; 化石层; couche; lage; bank; capa; nivel",
    "lithostratigraphic_terms": "lithology; rock; rock type; matrix; 岩性; lithologie; gestein; litologia",
    "lowest_biostratigraphic_zone": "zone; biozone; biostratigraphic zone; 生物带; 化石带; zona; biozona",
    "country_code": "country; nation; country name; country code; cc; 国家; 国别; pays; land; staat; pais",
    "state_province": "state; province; state province; prov; region; admin1; department; 省; 省份; 省市; 省市自治区; 州; etat; departement; bundesland; provinz; estado; provincia; comunidad autonoma",
    "county": "district; prefecture; county city; city; admin2; town; municipality; 县; 市县; 县市; 市; 区县; comte; commune; ville; landkreis; kreis; ort; gemeinde; stadt; condado; municipio; ciudad; departamento; partido",
    "locality": "site; location; loc; place; find spot; findspot; find site; site name; locality name; collecting locality; quarry; collection name; provenance; place of discovery; discovery site; 产地; 地点; 化石点; 发现地; 发现地点; 出土地点; 采集地; 采集地点; 化石产地; 位置; localite; lieu; lieu de decouverte; gisement; lieu dit; site de decouverte; provenance geographique; fundort; fundstelle; fundstatte; lokalitat; herkunft; localidad; lugar; yacimiento; sitio; procedencia; lugar de hallazgo",
    "verbatim_locality": "locality as written; original locality; 原始产地",
    "elevation": "altitude; alt; height; elev; elevation m; altitude m; 海拔; 高程; hohe; hoehe; altura; altitud; elevacion",
    "minimum_elevation_in_meters": "min elevation; minimum elevation; 最低海拔",
    "maximum_elevation_in_meters": "max elevation; maximum elevation; 最高海拔",
    "coordinates": "coords; coordinate; lat long; latlong; lat lon; latlon; lat lng; latitude longitude; gps; gps coordinates; position; georef; 坐标; 经纬度; 地理坐标; gps坐标; coordonnees; coordonnees gps; koordinaten; gps koordinaten; coordenadas; coordenadas gps",
    "decimal_latitude": "latitude; lat; latdd; lat dd; y; latitude dd; latitude n; 纬度; 北纬; lat n; breite; breitengrad; geographische breite; latitud; lat decimal",
    "decimal_longitude": "longitude; lon; long; lng; x; longitude dd; longitude e; londd; lon dd; 经度; 东经; lon e; lange; laenge; langengrad; geographische lange; longitud; lon decimal",
    "geodetic_datum": "datum; srs; crs; 大地基准; 坐标系; datum geodesique; bezugssystem",
    "coordinate_uncertainty_in_meters": "uncertainty; uncertainty m; accuracy m; coordinate uncertainty; precision m; 不确定度; 误差; incertitude; unsicherheit; incertidumbre",
    "georeferenced_by": "georef by; 定位人",
    "georeference_protocol": "georef method; latlng basis; 定位方法",
    "georeference_sources": "georef source; coordinate source; 坐标来源",
    "event_date": "date; date collected; collection date; collecting date; coll date; collected; collected on; date found; date of discovery; discovery date; found; 采集日期; 采集时间; 发现日期; 发现时间; 日期; date de collecte; date de recolte; date de decouverte; sammeldatum; funddatum; fundjahr; datum fund; gesammelt am; fecha; fecha de colecta; fecha de recoleccion; fecha de hallazgo",
    "day": "collecting day; 日; jour; tag; dia",
    "month": "collecting month; 月; mois; monat; mes",
    "year": "collecting year; year collected; year found; 年; 年份; 采集年份; annee; jahr; ano",
    "field_number": "field no; field nr; field id; 野外号; 野外编号; 田野号; numero de terrain; feldnummer; feld nr; numero de campo",
    "recorded_by": "collector; collectors; collected by; found by; finder; discoverer; discovered by; coll; legit; leg; 采集人; 采集者; 发现人; 发现者; 采集单位; collecteur; recolteur; recolte par; decouvreur; trouve par; sammler; finder; gesammelt von; leg; colector; recolector; colectado por; hallado por; descubridor",
    "occurrence_remarks": "remarks; notes; note; comments; comment; remark; memo; 备注; 备考; 注; 说明; 附注; remarques; remarque; commentaire; observations; bemerkung; bemerkungen; anmerkung; anmerkungen; notiz; kommentar; observaciones; comentarios; notas",
    "associated_references": "reference; references; publication; publications; published in; literature; citation; source; bibliography; ref; 文献; 参考文献; 发表文献; 来源; 出处; bibliographie; litterature; publie dans; literatur; quelle; literaturangabe; bibliografia; referencia; referencias; publicado en; fuente",
    "dataset_name": "dataset; collection; collection part; 数据集; 藏品集; jeu de donnees; datensatz; coleccion; conjunto de datos",
    "rights_holder": "owner; copyright; 权利人; 所有者; eigentumer; proprietaire; propietario",
    "license": "licence; rights; 许可; lizenz; licencia",
}
"""Headings by what they mean, parted by semicolons; folded by `folded` before they are compared."""

_LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def _namespace_left(heading: str) -> str:
    return re.sub(r"^(?:https?://\S*[/#]|(?:dwc|dc|dcterms|gbif|ac|eco):)(?=\w)", "", heading.strip())


def folded(heading: str) -> str:
    """A heading without accents, capitals, signs and namespace: "Cat. No." and "cat_no" give "cat no"."""
    bare = _namespace_left(heading)
    plain = "".join(c for c in unicodedata.normalize("NFKD", _CAMEL.sub(" ", bare)) if not unicodedata.combining(c))
    return " ".join(_LETTERS_AND_DIGITS.findall(plain.casefold()))


@cache
def darwin_core_terms() -> dict[str, str]:
    """What each Darwin Core term fills, by the term in small letters without blanks."""
    return (
        {name.replace("_", ""): name for name in FIELDS}
        | {name.replace("_", ""): name for name in _VIRTUAL}
        | _DARWIN_CORE
    )


@cache
def _usual_headings() -> dict[str, str]:
    known: dict[str, str] = {}
    for target, words in _WORDS.items():
        for word in words.split(";"):
            known.setdefault(folded(word).replace(" ", ""), target)
    return known


def by_term(heading: str) -> str | None:
    """What a heading that is a Darwin Core term means; None when it is none."""
    return darwin_core_terms().get(folded(heading).replace(" ", ""))


def is_term(heading: str) -> bool:
    """Whether a heading is a Darwin Core term as that is spelt, whatever stands before it: ``dwc:catalogNumber``, ``genus``; not "Genus"."""
    bare = _namespace_left(heading)
    known = bare.isalpha() and bare[:1].islower() and bare.casefold() not in _OURS
    return known and by_term(heading) is not None


def by_word(heading: str) -> str | None:
    """What a usual heading means; None when it is not known. A unit or a hint in brackets is left aside: "Altitude (m)"."""
    known = _usual_headings()
    for written in (heading, re.sub(r"[(（\[].*?[)）\]]", " ", heading)):
        found = known.get(folded(written).replace(" ", ""))
        if found is not None:
            return found
    inside = re.search(r"[(（\[](.*?)[)）\]]", heading)
    parts = [*re.split(r"[/|]", re.sub(r"[(（\[].*?[)）\]]", " ", heading)), inside[1] if inside else ""]
    return next((found for part in parts if (found := known.get(folded(part).replace(" ", "")))), None)
