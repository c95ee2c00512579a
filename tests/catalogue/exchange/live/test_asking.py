"""`catalogue.exchange.live.asking`: what may be asked, and how the service wants it."""

import pytest

from catalogue.exchange.live.asking import InvalidQuestion, Question, checked, parameters

SHOWN = "class,coords,coll,loc,paleoloc,strat,stratext,methods,ident,ref"


def test_a_question_in_the_words_of_the_service() -> None:
    asked = checked(Question(" Sauropodomorpha ", "hettangian", "Sinemurian", "China, UK", " Lower  Lufeng "))
    assert parameters(asked) == {
        "base_name": "Sauropodomorpha",
        "interval": "Hettangian-Sinemurian",
        "cc": "CN,UK",
        "strat": "Lower Lufeng",
        "show": SHOWN,
    }
    assert asked.path == "occs/list"
    assert asked.country == "CN,GB"


def test_what_is_not_asked_is_left_out() -> None:
    assert parameters(checked(Question(taxon="Ornithischia"))) == {"base_name": "Ornithischia", "show": SHOWN}
    assert checked(Question(formation="Kayenta", listed="specimens")).path == "specs/list"


@pytest.mark.parametrize(
    ("earliest", "latest", "span"),
    [
        ("Toarcian", "", "Toarcian"),
        ("", "Toarcian", "Toarcian"),
        ("Toarcian", "Toarcian", "Toarcian"),
        ("Toarcian", "Hettangian", "Hettangian-Toarcian"),
        ("下侏罗统", "", "Early Jurassic"),
        ("Lower Jurassic", "", "Early Jurassic"),
        ("Lancian", "", "Maastrichtian"),
    ],
)
def test_intervals_are_those_of_the_chart_the_older_one_first(earliest: str, latest: str, span: str) -> None:
    assert parameters(checked(Question(earliest=earliest, latest=latest)))["interval"] == span


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (Question(), "taxon"),
        (Question(taxon="  ", listed="specimens"), "taxon"),
        (Question(taxon="Dinosauria&show=full"), "taxon"),
        (Question(taxon="x" * 101), "taxon"),
        (Question(earliest="Yesterday"), "earliest"),
        (Question(latest="Tomorrow"), "latest"),
        (Question(country="Atlantis"), "country"),
        (Question(formation="Lufeng\r\nHost: x"), "formation"),
        (Question(formation="a%26b"), "formation"),
        (Question(taxon="Dinosauria", listed="taxa"), "listed"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_field(question: Question, field: str) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        checked(question)
    assert refused.value.field == field


def test_the_answer_is_called_after_the_question() -> None:
    asked = checked(Question("Sauropodomorpha", "Hettangian", country="CN", formation="Lufeng/Fengjiahe"))
    assert asked.file_name == "pbdb occurrences Sauropodomorpha Hettangian CN Lufeng-Fengjiahe.csv"
