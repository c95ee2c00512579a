"""`classroom.rooms`: one answer a device and question, nothing kept, and only whoever presents leads."""

import pytest

from classroom.rooms import FORGOTTEN_AFTER, MOST_DEVICES, MOST_ROOMS, NoSuchRoom, Room, Rooms, TooMany


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(rooms: Rooms) -> Room:
    return rooms.open("extinct", "en", (0, 4, 3))


def test_a_code_is_read_however_it_is_typed() -> None:
    rooms = Rooms()
    room = opened(rooms)
    assert rooms.find(f" {room.code.lower()} ") is room
    with pytest.raises(NoSuchRoom):
        rooms.find("0000")


def test_a_device_that_answers_a_thousand_times_counts_once_with_its_last_answer() -> None:
    room = opened(Rooms())
    room.go(1)
    one, other = room.join(), room.join()
    for number in range(1000):
        assert room.answer(one, 1, number % 4)
    room.answer(other, 1, 3)
    assert room.tally(1) == [0, 0, 0, 2]


@pytest.mark.parametrize(("step", "choice"), [(1, 4), (1, -1), (2, 0), (0, 0), (9, 0)])
def test_what_is_not_asked_now_does_not_count(step: int, choice: int) -> None:
    room = opened(Rooms())
    room.go(1)
    assert not room.answer(room.join(), step, choice)
    assert room.tally(1) == [0, 0, 0, 0]


def test_strangers_and_latecomers_do_not_count() -> None:
    room = opened(Rooms())
    room.go(1)
    assert not room.answer("made up", 1, 0)
    room.go(1, shows_answer=True)
    assert not room.answer(room.join(), 1, 0)


def test_devices_hear_of_each_change_once() -> None:
    room = opened(Rooms())
    before = room.changes
    room.go(1)
    room.go(1)
    assert room.changes == before + 1
    room.go(99)
    assert room.step == 2


def test_only_the_key_leads() -> None:
    rooms = Rooms()
    room = opened(rooms)
    assert rooms.led_by(room.code, room.key) is room
    with pytest.raises(NoSuchRoom):
        rooms.led_by(room.code, "guess")


def test_a_closed_room_is_gone_with_its_answers() -> None:
    rooms = Rooms()
    room = opened(rooms)
    rooms.close(room)
    assert not rooms.is_open(room)
    with pytest.raises(NoSuchRoom):
        rooms.find(room.code)


def test_a_forgotten_room_closes_and_one_that_is_led_stays() -> None:
    clock = Clock()
    rooms = Rooms(clock)
    left, led = opened(rooms), opened(rooms)
    clock.now = FORGOTTEN_AFTER / 2
    rooms.led_by(led.code, led.key)
    clock.now = FORGOTTEN_AFTER + 1
    assert rooms.find(led.code) is led
    with pytest.raises(NoSuchRoom):
        rooms.find(left.code)


def test_rooms_and_devices_have_an_end() -> None:
    rooms = Rooms()
    room = opened(rooms)
    for _ in range(MOST_ROOMS - 1):
        opened(rooms)
    with pytest.raises(TooMany):
        opened(rooms)
    for _ in range(MOST_DEVICES):
        room.join()
    with pytest.raises(TooMany):
        room.join()
