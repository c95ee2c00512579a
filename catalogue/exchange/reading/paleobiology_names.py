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
    "sfm": "formation", "sgr": "stratgroup", "smb": "member",
}  # fmt: skip
_SPECIMEN = {
    "qid": "occurrence_no", "eid": "reid_no", "cid": "collection_no", "smi": "specimen_id", "smt": "is_type", "els": "specelt_no",
    "sms": "specimen_side", "smp": "specimen_part", "smx": "specimen_sex", "smn": "n_measured", "mms": "measurement_source",
    "mmg": "magnification", "smc": "comments",
}  # fmt: skip
_LISTS: dict[str, dict[str, str]] = {
    "occ": {"oid": "occurrence_no", "eid": "reid_no", "cid": "collection_no"},
    "rei": {"oid": "occurrence_no", "eid": "reid_no", "cid": "collection_no"},
    "spm": {"oid": "specimen_no", **_SPECIMEN},
    "col": {"oid": "collection_no", "nam": "collection_name", "nm2": "collection_subset", "noc": "n_occs"},
    "txn": {"oid": "orig_no", "nam": "taxon_name", "rnk": "taxon_rank", "acn": "accepted_name", "noc": "n_occs"},
    "var": {"oid": "orig_no", "nam": "taxon_name", "rnk": "taxon_rank", "acn": "accepted_name", "noc": "n_occs"},
    "mea": {"oid": "measurement_no", "sid": "specimen_no", "mty": "measurement_type", "mva": "average"},
    "ref": {"oid": "reference_no", "pbt": "pubtitle"},
}
"""By what stands before the colon of an `oid` such as ``occ:138845``."""
_RANKS = {
    2: "subspecies", 3: "species", 4: "subgenus", 5: "genus", 6: "subtribe", 7: "tribe", 8: "subfamily", 9: "family",
    10: "superfamily", 11: "infraorder", 12: "suborder", 13: "order", 14: "superorder", 15: "infraclass", 16: "subclass",
    17: "class", 18: "superclass", 19: "subphylum", 20: "phylum", 21: "superphylum", 22: "subkingdom", 23: "kingdom",
    25: "unranked clade", 26: "informal",
}  # fmt: skip


def in_full(objects: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Records with their long names; records of other services as they are.

    In the short form an identified name that is the accepted one is left out, and stands here again.
    """
    return [_in_full(one) for one in objects]


def _in_full(one: Mapping[str, Any]) -> Mapping[str, Any]:
    kind = str(one.get("oid", "")).partition(":")[0]
    if kind not in _LISTS or ":" not in str(one["oid"]):
        return one
    names = _EVERYWHERE | _LISTS[kind]
    full = {names.get(name, name): _value(names.get(name, name), value) for name, value in one.items()}
    if "accepted_name" in full and kind in {"occ", "rei", "spm"}:
        full.setdefault("identified_name", full["accepted_name"])
    return full


def _value(name: str, value: Any) -> Any:
    if name.endswith("_rank") and isinstance(value, int):
        return _RANKS.get(value, value)
    if name.endswith("_no") and isinstance(value, str) and ":" in value:
        return value.partition(":")[2]
    return value
