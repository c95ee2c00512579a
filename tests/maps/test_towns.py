"""`maps.towns`: which towns are named on a map, from how far away, and in which language."""

from maps.towns import of_square, towns


def test_a_class_in_lufeng_sees_where_it_is() -> None:
    named = {town.name: town for town in towns()}
    beijing, kunming, chuxiong, lufeng = (named[name] for name in ("Beijing", "Kunming", "Chuxiong", "Lufeng"))
    assert [one.chinese for one in (beijing, kunming, chuxiong, lufeng)] == ["北京", "昆明", "楚雄", "禄丰"]
    assert beijing.zoom < kunming.zoom < chuxiong.zoom < lufeng.zoom < 9
    assert (round(lufeng.latitude, 1), round(lufeng.longitude, 1)) == (25.1, 102.1)


def test_towns_lie_on_the_earth_and_each_in_one_square() -> None:
    counted = sum(len(of_square(west, south, 10)) for west in range(-180, 180, 10) for south in range(-90, 90, 10))
    assert counted == len(towns()) > 3000
    assert list(towns()) == sorted(towns(), key=lambda town: town.zoom)
