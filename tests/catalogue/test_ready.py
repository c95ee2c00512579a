"""`catalogue.ready`: records that another process made are the same records, whether all of them are wanted or some."""

from catalogue import ready
from catalogue.checking import check


def _row(number: int) -> ready.Row:
    draft = {
        "occurrence_id": f"x:{number}",
        "basis_of_record": "MaterialCitation",
        "verbatim_identification": "Lufengosaurus huenei",
        "earliest_interval": "Hettangian",
        "locality": "Dawa" if number % 2 else "",
        "translations": {"zh": {"locality": "大洼"}} if number == 3 else {},
    }
    return ready.row_of([], check(draft).values)


ROWS = [_row(number) for number in range(5)]
PACK = ready.Pack(ready.to_bytes(ROWS[:4]), 4)


def test_a_pack_holds_the_rows_in_full() -> None:
    assert PACK.rows == ROWS[:4]


def test_a_pack_of_which_all_is_wanted_goes_on_as_it_came() -> None:
    assert ready.to_bytes([ready.InPack(PACK, place) for place in range(4)]) is PACK.held


def test_of_a_pack_some_rows_can_be_taken_and_others_put_beside_them() -> None:
    some = [ready.InPack(PACK, 0), ready.InPack(PACK, 2), ready.InPack(PACK, 3), ROWS[4]]
    wanted = [ROWS[0], *ROWS[2:]]
    assert ready.from_bytes(ready.to_bytes(some)) == ready.together(wanted)
