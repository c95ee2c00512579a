"""Lesson files as people break them: each is told with its line, none ends the program, and what is left of it can be presented."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from classroom.__main__ import main
from classroom.checking import check_lesson
from classroom.lessons import decoded, read_lesson
from screens.parts.slides import slides
from screens.words import speaking

HEAD = "---\ntitle: T\n---\n\n"  # the first step begins in line 5
STEP = "# One\nmap: Jurassic\n\nText here.\n"
HOSTILE: dict[str, tuple[str | bytes, int, str]] = {
    # name: file, line, a part of what is said
    "empty": ("", 1, "does not begin with a head"),
    "no head": (STEP, 1, "does not begin with a head"),
    "head without end": ("---\ntitle: T\n\n" + STEP, 1, "no end"),
    "no title": ("---\nages: 3\n---\n\n" + STEP, 1, "no title"),
    "unknown setting": ("---\ntitle: T\ncolour: red\n---\n" + STEP, 3, "colour"),
    "title twice": ("---\ntitle: T\ntitle: U\n---\n" + STEP, 3, "stands twice"),
    "unknown publication": ("---\ntitle: T\nreferences: nobody1900\n---\n" + STEP, 1, "nobody1900"),
    "no step": (HEAD, 4, "no step"),
    "text before the first step": (HEAD + "Hello.\n\n" + STEP, 5, "before the first step"),
    "unknown kind": (HEAD + "# One\nvideo: cat.mp4\n\nText.\n", 6, "shown as text"),
    "capital kind": (HEAD + "# One\nMap: Jurassic\n\nText.\n", 6, "shown as text"),
    "blank before the colon": (HEAD + "# One\nmap : Jurassic\n\nText.\n", 6, "shown as text"),
    "no such interval": (HEAD + "# One\nmap: Nowhere\n\nText.\n", 5, "no interval"),
    "nothing named": (HEAD + "# One\nmap:\n\nText.\n", 5, "names nothing"),
    "no such specimen": (HEAD + "# One\nspecimen: none\n\nText.\n", 5, "no specimen"),
    "no such clade": (HEAD + "# One\nclade: Dragonia\n\nText.\n", 5, "built-in tree"),
    "a path for a picture": (HEAD + "# One\npicture: ../../etc/passwd\n\nText.\n", 5, "no picture"),
    "no such taxon": (HEAD + "# One\nmap: Jurassic\ntaxon: Dragonia\n\nText.\n", 5, "no taxon"),
    "an age in words": (HEAD + "# One\nmap: Jurassic\nage: old\n\nText.\n", 7, "no age in Ma"),
    "an age outside": (HEAD + "# One\nmap: Jurassic\nage: 66\n\nText.\n", 5, "not in the Jurassic"),
    "an age to come": (HEAD + "# One\nmap: Jurassic\nage: -5\n\nText.\n", 7, "no age of the Earth"),
    "no number": (HEAD + "# One\nmap: Jurassic\nage: nan\n\nText.\n", 7, "no age of the Earth"),
    "an endless age": (HEAD + "# One\nmap: Jurassic\nage: 1e400\n\nText.\n", 7, "no age of the Earth"),
    "two kinds": (HEAD + "# One\nmap: Jurassic\nclade: Dinosauria\n\nText.\n", 7, "one thing"),
    "says nothing": (HEAD + "# One\nmap: Jurassic\n", 5, "says nothing"),
    "no title of a step": (HEAD + "# \nmap: Jurassic\n\nText.\n", 5, "no title"),
    "no blank behind the #": (HEAD + STEP + "\n#Two\n\nText.\n", 10, "blank is missing"),
    "the same step twice": (HEAD + STEP + STEP, 9, "same title"),
    "a script": (HEAD + "# One\n\n<script>alert(1)</script>\n", 7, "HTML and scripts"),
    "a frame": (HEAD + "# One\n\nText <iframe src=x></iframe>.\n", 7, "HTML and scripts"),
    "a script in a link": (HEAD + "# One\n\n[x](javascript:alert(1))\n", 7, "HTML and scripts"),
    "a hidden script": (HEAD + "# One\n\nText [x](java&#115;cript:alert(1)).\n", 7, "Links and pictures"),
    "a picture from elsewhere": (HEAD + "# One\n\n![x](http://a.example/x.png) Text.\n", 7, "Links and pictures"),
    "a script in the title": ("---\ntitle: <script>x</script>\n---\n\n" + STEP, 1, "HTML and scripts"),
    "a tag in a heading": (HEAD + "# <b>One</b>\n\nText.\n", 5, "HTML and scripts"),
    "a tag in the notes": (HEAD + "# One\n\nText.\n\n> <b>x</b>\n", 9, "HTML and scripts"),
    "a script for an answer": (HEAD + "# Q\nquestion:\n- [ ] <img src=x onerror=x>\n- [x] b\n", 7, "HTML and scripts"),
    "one answer": (HEAD + "# Q\nquestion:\n- [x] a\n\nbecause: so.\n", 5, "two answers"),
    "no right answer": (HEAD + "# Q\nquestion:\n- [ ] a\n- [ ] b\n\nbecause: so.\n", 5, "No answer is marked"),
    "only right answers": (HEAD + "# Q\nquestion:\n- [x] a\n- [x] b\n\nbecause: so.\n", 5, "Every answer"),
    "no reason": (HEAD + "# Q\nquestion:\n- [ ] a\n- [x] b\n", 5, "does not say why"),
    "no question": (HEAD + "# Q\n\nText.\n- [ ] a\n- [x] b\n", 5, "no question"),
    "the same answer": (HEAD + "# Q\nquestion:\n- [ ] a\n- [x] a\n\nbecause: so.\n", 5, "the same"),
    "too many answers": (HEAD + "# Q\nquestion:\n" + "".join(f"- [ ] {n}\n" for n in range(20)) + "- [x] b\n", 5, "A to H"),
    "a box too narrow": (HEAD + "# Q\nquestion:\n- [] a\n- [x] b\n- [ ] c\n\nbecause: so.\n", 7, "is no answer"),
    "endless text": (HEAD + "# One\n\n" + "word " * 5000, 5, "back row"),
    "a huge file": (HEAD + STEP + "# Big\n\n" + "x" * 600_000, 11, "at most 60000"),
    "very many steps": (HEAD + "".join(STEP.replace("One", f"S{n}") for n in range(90)), 165, "no class follows"),
    "Latin-1": (("---\ntitle: T\n---\n\n# Tête\n\nText.\n").encode("latin-1"), 5, "UTF-8"),
    "GB18030": ("---\ntitle: 恐龙\n---\n\n# 一\n\n禄丰龙。\n".encode("gb18030"), 2, "UTF-8"),
    "a zero byte": (HEAD + "# One\n\nTe\x00xt.\n", 7, "cannot be shown"),
    "turned writing": (HEAD + "# One\n\n\u202etxet.\n", 7, "cannot be shown"),
    "half a sign": (b"---\ntitle: T\n---\n\n# One\n\n\xed\xa0\x80 Text.\n", 7, "cannot be shown"),
    "no text at all": (bytes(range(256)) * 50, 1, "does not begin with a head"),
}  # fmt: skip


def as_bytes(file: str | bytes) -> bytes:
    return file if isinstance(file, bytes) else file.encode()


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_wrong_is_told_with_its_line(name: str) -> None:
    file, line, said = HOSTILE[name]
    found = check_lesson(read_lesson(decoded(as_bytes(file))), lambda key: False)
    assert any(one.line == line and said in str(one.what) for one in found), [
        (one.line, str(one.what)) for one in found
    ]
    assert all(len(str(one.what)) < 400 for one in found)


def test_the_command_names_each_file_and_never_gives_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / f"h{number}.en.md" for number in range(len(HOSTILE))]
    for path, (file, _line, _said) in zip(files, HOSTILE.values(), strict=True):
        path.write_bytes(as_bytes(file))
    assert main(["check", *map(str, files)]) == 1
    told = capsys.readouterr().out
    assert [path.name for path in files if f"{path}, " not in told] == []


def test_marks_and_line_ends_of_any_system_are_no_fault() -> None:
    good = HEAD + STEP
    for file in (f"\ufeff{good}", good.replace("\n", "\r\n"), good.replace("\n", "\r")):
        assert check_lesson(read_lesson(decoded(file.encode())), lambda key: True) == []
    assert check_lesson(read_lesson(decoded(good.encode("utf-16"))), lambda key: True) == []


def test_two_files_of_a_lesson_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english, chinese = tmp_path / "dig.en.md", tmp_path / "dig.zh.md"
    english.write_text(HEAD + STEP, encoding="utf-8")
    chinese.write_text(HEAD + "# 一\nmap: Cretaceous\n\n文字。\n", encoding="utf-8")
    assert main(["check", str(english), str(chinese)]) == 1
    assert "step 1 does not show the same in both languages (line 5 in English, line 5 in Chinese)" in capsys.readouterr().out  # fmt: skip


def test_what_is_left_can_be_presented(connection: Connection) -> None:
    shown = (
        "no such interval",
        "no such specimen",
        "no such clade",
        "a path for a picture",
        "no number",
        "a script",
    )
    for name in shown:
        lesson = read_lesson(decoded(as_bytes(HOSTILE[name][0])))
        with speaking("en"):
            made = slides(connection, lesson)
        assert len(made) == len(lesson.steps) > 0
        assert "<script" not in "".join(slide.text + slide.title for slide in made)
