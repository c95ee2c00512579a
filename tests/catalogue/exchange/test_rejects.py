"""`catalogue.exchange.rejects`: rows that were taken with a doubt go out again as they came, with what is doubtful."""

import csv
import io
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from catalogue.exchange.pipeline import preview
from catalogue.exchange.rejects import write_doubts
from catalogue.messages import Message, message
from tests.catalogue.exchange.rejected import rejects_csv

FILE = """occurrenceID,basisOfRecord,scientificName,earliestAgeOrLowestStage,locality,decimalLatitude,decimalLongitude,countryCode,eventDate
a,MaterialCitation,Lufengosaurus,Sinemurian,"Dawa, pit 2",0,0,CN,
b,MaterialCitation,Lufengosaurus,Sinemurian,Dawa,25.1,102.1,CN,1938-04-03
c,MaterialCitation,?,Sinemurian,Dawa,0,0,CN,
d,MaterialCitation,Lufengosaurus,Sinemurian,=Dawa,0,0,CN,03/04/1938
e,MaterialCitation,Lufengosaurus,Sinemurian,Dawa,25.1,102.1,CN,04/03/1938
"""
ODD = message("That is odd.")


def odd(north: Sequence[float], east: Sequence[float], codes: Sequence[str]) -> Mapping[int, list[Message]]:
    """Finds places at 0, 0 odd."""
    return {number: [ODD] for number, latitude in enumerate(north) if latitude == 0}


def test_rows_with_doubts_come_back_with_all_that_is_doubtful(connection: Connection) -> None:
    outcomes = preview(connection, "finds.csv", FILE.encode(), place_doubts=odd)
    assert (outcomes.accepted, outcomes.rejected, outcomes.doubtful) == (4, 1, 3)
    text = io.StringIO(newline="")
    write_doubts(outcomes, text)
    rows = list(csv.DictReader(io.StringIO(text.getvalue(), newline="")))
    assert [*rows[0]] == [*outcomes.columns, "reason"]
    assert [(row["occurrenceID"], row["locality"]) for row in rows] == [
        ("a", "Dawa, pit 2"),
        ("d", "'=Dawa"),
        ("e", "Dawa"),
    ]
    assert rows[0]["reason"] == "That is odd."
    assert rows[1]["reason"].startswith("That is odd. eventDate: ")
    assert "“03/04/1938” may mean two days" in rows[1]["reason"]
    assert "“04/03/1938” may mean two days" in rows[2]["reason"]


def test_they_read_in_the_language_of_the_reader_and_can_be_taken_again(connection: Connection) -> None:
    outcomes = preview(connection, "finds.csv", FILE.encode(), place_doubts=odd)
    text = io.StringIO(newline="")
    write_doubts(outcomes, text, lambda template: "很奇怪。" if template == ODD.template else template)
    assert text.getvalue().splitlines()[1].endswith(",很奇怪。")
    again = preview(connection, "finds.csv", text.getvalue().encode())
    assert (again.accepted, again.rejected, again.columns_left) == (3, 0, ("reason",))


def test_without_doubts_the_file_has_its_headings_alone(connection: Connection) -> None:
    text = io.StringIO(newline="")
    write_doubts(preview(connection, "finds.csv", "\n".join(FILE.split("\n")[:3]).encode()), text)
    assert len(text.getvalue().splitlines()) == 1


def test_cells_behind_the_last_heading_are_kept_and_the_row_is_refused_again(connection: Connection) -> None:
    file = FILE.replace("03/04/1938", "1938,more,,extra")
    outcomes = preview(connection, "finds.csv", file.encode())
    rejects = rejects_csv(outcomes)
    assert rejects.splitlines()[-1].endswith("A comma too many?,more,,extra")
    again = preview(connection, "rejected.csv", rejects.encode())
    assert (again.accepted, again.rejected) == (0, outcomes.rejected) == (0, 2)


def test_the_reason_of_an_earlier_time_gives_way_to_the_new_one(connection: Connection) -> None:
    first = rejects_csv(preview(connection, "finds.csv", FILE.encode()))
    second = rejects_csv(preview(connection, "rejected.csv", first.replace("c,MaterialCitation,?", "c,X,?").encode()))
    assert second.splitlines()[0] == first.splitlines()[0]
    assert "basisOfRecord" in second.splitlines()[1]
    assert len(second.splitlines()) == len(first.splitlines()) == 2
