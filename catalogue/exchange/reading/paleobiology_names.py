"""The short names in which the Paleobiology Database answers in JSON, in the long ones of its tables.

References
----------
Paleobiology Database, Data service 1.2, vocabularies; https://paleobiodb.org/data1.2/
"""

from collections.abc import Mapping, Sequence
from typing import Any

_EVERYWHERE = {
    "typ": "record_type", "flg": "flags", "prm": "permissions", "idn": "identified_name", "idr": "identified_rank",
    "iid": "identified_no", "tdf": "difference", "tna": "accepted_name", "rnk": "accepted_rank", "tid": "accepted_no",
    "att": "accepted_attr", "oei": "early_interval", "oli": "late_interval", "eag": "max_ma", "lag": "min_ma",
    "aut": "ref_author", "pby": "ref_pubyr", "rid": "reference_no", "ref": "primary_reference",
    "phl": "phylum", "cll": "class", "odl": "order", "fml": "family", "gnl": "genus",
    "abv": "abund_value", "abu": "abund_unit", "cnm": "collection_name", "cns": "collection_subset", "aka": "collection_aka",
    "cc2": "cc", "stp": "state", "cny": "county", "gsc": "geogscale", "ggc": "geogcomments",
    "sfm": "formation", "sgr": "stratgroup", "smb": "member"
}  # fmt: skip
_SPECIMEN = {
    "qid": "occurrence_no", "eid": "reid_no", "cid": "collection_no", "smi": "specimen_id", "smt": "is_type", "els": "specelt_no",
    "sms": "specimen_side", "smp": "specimen_part", "smx": "specimen_sex", "smn": "n_measured", "mms": "measurement_source",
    "mmg": "magnification", "smc": "comments",
}  # fmt: skip
_TAXON = {
    "oid": "orig_no", "nam": "taxon_name", "rnk": "taxon_rank", "att": "taxon_attr", "acn": "accepted_name", "noc": "n_occs",
    "vid": "taxon_no", "acc": "accepted_no", "acr": "accepted_rank", "par": "parent_no", "prl": "parent_name", "ext": "is_extant",
    "fea": "firstapp_max_ma", "fla": "firstapp_min_ma", "lea": "lastapp_max_ma", "lla": "lastapp_min_ma",
}  # fmt: skip
_STRATUM = {"sgr": "group", "lth": "lithology", "cc2": "cc_list", "nco": "n_colls", "noc": "n_occs"}
_LISTS: dict[str, dict[str, str]] = {
    "occ": {"oid": "occurrence_no", "eid": "reid_no", "cid": "collection_no"},
    "rei": {"oid": "occurrence_no", "eid": "reid_no", "cid": "collection_no"},
    "spm": {"oid": "specimen_no", **_SPECIMEN},
    "col": {"oid": "collection_no", "nam": "collection_name", "nm2": "collection_subset", "noc": "n_occs"},
    "txn": _TAXON,
    "var": _TAXON,
    "mea": {
        "oid": "measurement_no",
        "sid": "specimen_no",
        "smn": "n_measured",
        "mpo": "position",
        "mty": "measurement_type",
        "mva": "average",
        "mvl": "min",
        "mvu": "max",
    },
    "ref": {"oid": "reference_no", "pbt": "pubtitle"},
}
"""By what stands before the colon of an `oid` such as ``occ:138845``."""
_RANKS = {
    2: "subspecies", 3: "species", 4: "subgenus", 5: "genus", 6: "subtribe", 7: "tribe", 8: "subfamily", 9: "family",
    10: "superfamily", 11: "infraorder", 12: "suborder", 13: "order", 14: "superorder", 15: "infraclass", 16: "subclass",
    17: "class", 18: "superclass", 19: "subphylum", 20: "phylum", 21: "superphylum", 22: "subkingdom", 23: "kingdom",
    25: "unranked clade", 26: "informal",
}  # fmt: skip


def is_short(one: Mapping[str, Any]) -> bool:
    """Whether a record has the short names."""
    return _in_full(one) is not one


def in_full(objects: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Records with their long names; records of other services as they are.

    In the short form an identified name that is the accepted one is left out, and stands here again.
    """
    return [_in_full(one) for one in objects]


def _in_full(one: Mapping[str, Any]) -> Mapping[str, Any]:
    if one.get("typ") == "str" and "nco" in one:  # strata have no number of their own
        names = _EVERYWHERE | _STRATUM
        return {names.get(name, name): value for name, value in one.items()}
    before, colon, _ = str(one.get("oid", "")).partition(":")
    kind = before if colon else str(one.get("typ", ""))  # tables may have the bare number
    if kind not in _LISTS or not before:
        return one
    names = _EVERYWHERE | _LISTS[kind]
    full = {names.get(name, name): _value(names.get(name, name), value) for name, value in one.items()}
    if "accepted_name" in full and kind in {"occ", "rei", "spm"}:
        full["identified_name"] = full.get("identified_name") or full["accepted_name"]
    return full


def _value(name: str, value: Any) -> Any:
    if name.endswith("_rank") and (isinstance(value, int) or (isinstance(value, str) and value.isdigit())):
        return _RANKS.get(int(value), value)
    if name.endswith("_no") and isinstance(value, str) and ":" in value:
        return value.partition(":")[2]
    return value
