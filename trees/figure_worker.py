"""Draws one figure with ETE and Qt and ends: `python -m trees.figure_worker`, the task as JSON on standard input.

Only `trees.figures` starts it; nothing imports it, because Qt must never come into the server.
"""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QRectF, Qt
from PyQt5.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPen
from PyQt5.QtWidgets import QGraphicsEllipseItem, QGraphicsRectItem, QGraphicsSimpleTextItem

from trees.figure_text import family_of, lines_of_title, put_right
from trees.model import Tree

_DOTS = 96.0 / 25.4
"""Pixels of the scene for each mm on paper."""
_LETTERS, _TITLE = 7, 10
"""Points."""
_MARGIN = 6.0
_ROW = 14.0
_LINE = "#4a443b"
_MARK = "#8c3b1f"
_DISC = 4.8
"""Radius in pixels of the disc behind a number."""
_LEAST_RANGE = 2.0
"""Pixels of the shortest range."""
_ARC = 345
"""Degrees of a circle that the tree takes; the names of the rings stand in the gap above its first tip."""
_TOLERATED = 1.5
"""Pixels by which a node may lie off its age before the figure is refused."""


class _Drawing:
    """One figure."""

    def __init__(self, task: dict[str, Any]) -> None:
        from ete3.treeview import drawer  # its application must exist before fonts are asked for

        self.task = task
        self.drawer = drawer
        self.root_age: float = task["ages"][0]
        self.youngest: float = task["youngest"]
        self.tree, self.nodes = self._tree()
        self.scene, self.style = drawer.init_scene(self.tree, None, self._style())
        self.family = family_of(task["fonts"])
        width = task["width_mm"] * _DOTS - 2 * _MARGIN
        self.title = lines_of_title(task["title"], QFont(self.family, _TITLE, QFont.Weight.Bold), width)
        self.scale = self._scale()
        self.style.scale = self.scale
        self._dress()

    def save(self) -> None:
        """Draw it and write the file."""
        from ete3.treeview.main import save
        from ete3.treeview.qt4_render import render

        frame, items, faces = render(self.tree, self.style)
        self.scene.init_values(self.tree, self.style, items, faces)
        frame.setParentItem(self.scene.master_item)
        self.scene.master_item.setPos(0, 0)
        self.scene.addItem(self.scene.master_item)
        if self.task["circular"]:
            self._rings(items)
        else:
            self._strip(items)
        self._mark_news(items)
        self._legend()
        self.scene.setSceneRect(self.scene.itemsBoundingRect().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
        save(self.scene, self.task["file"], w=self.task["width_mm"], units="mm", dpi=300)
        if self.task["file"].endswith(".svg"):
            put_right(Path(self.task["file"]), self.task["width_mm"], self.family)

    def _tree(self) -> tuple[Tree, list[Tree]]:
        nodes: list[Tree] = []
        for parent, age, name in zip(self.task["parents"], self.task["ages"], self.task["names"], strict=True):
            if parent < 0:
                nodes.append(Tree(name=name, dist=0))
            else:
                nodes.append(nodes[parent].add_child(name=name, dist=self.task["ages"][parent] - age))
        return nodes[0], nodes

    def _style(self) -> Any:
        from ete3 import TreeStyle

        style = TreeStyle()
        style.mode = "c" if self.task["circular"] else "r"
        style.show_leaf_name = style.show_scale = False
        style.complete_branch_lines_when_necessary = bool(self.task["circular"])
        style.branch_vertical_margin = 1
        style.root_opening_factor = 0
        style.arc_span = _ARC
        return style

    def _scale(self) -> float:
        """Pixels for each Myr, so that the longest label still ends within the width."""
        width = self.task["width_mm"] * _DOTS - 2 * _MARGIN
        measure = QFontMetricsF(QFont(self.family, _LETTERS))
        named = [(tip["last"], measure.horizontalAdvance(_label(name, tip)) + 14) for name, tip in self._tips()]
        if self.task["circular"]:
            longest = max(room for _, room in named)
            # so far out all names have their place around the rings, which then reach up to them
            rim = len(named) * (measure.height() + 2) / math.radians(_ARC)
            return float(max(width / 2 - longest, width / 5, rim) / (self.root_age - self.youngest or 1))
        scales: list[float] = [(width - room) / (self.root_age - last) for last, room in named if self.root_age > last]
        least: float = 0.3 * width / (self.root_age - self.youngest or 1.0)
        return max(min(scales, default=1.0), least)

    def _tips(self) -> list[tuple[str, dict[str, Any]]]:
        names = [node.name for node in self.nodes if not node.children]
        return list(zip(names, self.task["tips"], strict=True))

    def _dress(self) -> None:
        from ete3 import NodeStyle, TextFace

        tips = iter(self.task["tips"])
        for node, age, ghost in zip(self.nodes, self.task["ages"], self.task["ghosts"], strict=True):
            style = NodeStyle(size=0, hz_line_width=1, vt_line_width=1, hz_line_color=_LINE, vt_line_color=_LINE)
            style["hz_line_type"] = 1 if ghost else 0
            node.set_style(style)
            if node.children:
                continue
            # the known range is a branch of its own, so that its place is as exact as that of any other
            tip = next(tips)
            known = node.add_child(dist=max(age - tip["last"], _LEAST_RANGE / self.scale))
            wide = 1 if self.task["axis"] != "time" else 2 if self.task["circular"] else 4
            known.set_style(NodeStyle(size=0, hz_line_width=wide, hz_line_color=tip["color"]))
            name = TextFace(f" {_label(node.name, tip)}", ftype=self.family, fsize=_LETTERS, fstyle="italic")
            end = known.add_child(dist=0)
            end.set_style(NodeStyle(size=0, hz_line_width=1))
            end.add_face(name, 0, "branch-right")
        for line in self.title:
            self.style.title.add_face(TextFace(line, ftype=self.family, fsize=_TITLE, bold=True), 0)

    def _strip(self, items: Any) -> None:
        """Periods and epochs beneath the tree, their colours pale behind it, and a ruler in Ma."""
        left = items[self.tree].content.mapToScene(0, 0).x()
        self._refuse_if_bent(items, left)
        if self.task["axis"] != "time":
            self._bar(left)
            return
        whole = self.scene.itemsBoundingRect()
        top_of_tree = whole.top() + (2.4 * _LETTERS * len(self.title) + 8 if self.title else 0)
        bottom = whole.bottom() + 4
        for unit in self.task["intervals"]:
            older, younger = self._x(left, unit["older"]), self._x(left, unit["younger"])
            top = bottom + (_ROW if unit["rank"] == "epoch" else 0)
            if unit["rank"] == "period":
                self._box(older, top_of_tree, younger - older, bottom - top_of_tree, unit["color"], opacity=0.16)
            self._box(older, top, younger - older, _ROW, unit["color"], line="#ffffff")
            self._write(unit["name"], (older + younger) / 2, top + 1, unit["ink"], room=younger - older)
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if step * self.scale >= 34 or step == 500)
        for age in range(int(self.youngest // step * step), int(self.root_age) + 1, step):
            if age >= self.youngest:
                self._write(f"{age}", self._x(left, age), bottom + 2 * _ROW + 2, _LINE)
        self._write(self.task["words"]["ma"], self._x(left, self.youngest) + 22, bottom + 2 * _ROW + 2, _LINE)

    def _bar(self, left: float) -> None:
        """A bar of a round length, for branches that are no times; nothing beneath a cladogram."""
        if self.task["axis"] == "none":
            return
        bottom = self.scene.itemsBoundingRect().bottom() + 6
        power = 10.0 ** math.floor(math.log10(34 / self.scale))
        length = next(power * step for step in (1, 2, 5, 10) if power * step * self.scale >= 33.9)
        self._box(left, bottom, length * self.scale, 1.2, _LINE)
        self._write(f"{length:g}", left + length * self.scale / 2, bottom + 3, _LINE)

    def _rings(self, items: Any) -> None:
        """Periods as rings around the root; a bar of a round length where branches are no times."""
        if self.task["axis"] != "time":
            self._bar(self.scene.itemsBoundingRect().left())
            return
        centre = items[self.tree].content.mapToScene(0, 0)
        middle = items[self.tree].mapToScene(0, items[self.tree].center)
        origin = middle if items[self.tree].center else centre
        periods = [unit for unit in self.task["intervals"] if unit["rank"] == "period"]
        for unit in sorted(periods, key=lambda unit: unit["younger"]):
            radius = (self.root_age - unit["younger"]) * self.scale
            ring = QGraphicsEllipseItem(origin.x() - radius, origin.y() - radius, 2 * radius, 2 * radius)
            ring.setBrush(QBrush(_pale(unit["color"])))
            ring.setPen(QPen(QColor("#ffffff"), 0.7))
            ring.setZValue(-10)
            self.scene.addItem(ring)
            room, gap = (unit["older"] - unit["younger"]) * self.scale, math.radians(360 - _ARC)
            if radius * gap < 1.4 * _ROW:
                continue
            x, y = origin.x() + (radius - 3) * math.cos(gap / 2), origin.y() - radius * math.sin(gap / 2)
            self._write(unit["name"], x, y - 14, _LINE, room=room, at_end=True)
            self._write(f"{unit['younger']:g}", x, y - 5, _LINE, room=room, at_end=True)

    def _mark_news(self, items: Any) -> None:
        """A number in the middle of each branch on which something was new; the legend tells what."""
        for number, (index, _names) in enumerate(self.task["news"], start=1):
            item = items[self.nodes[index]]
            middle = item.content.mapToScene(item.branch_length / 2, item.center)
            self._number(number, middle.x(), middle.y())

    def _number(self, number: int, x: float, y: float) -> None:
        disc = QGraphicsEllipseItem(x - _DISC, y - _DISC, 2 * _DISC, 2 * _DISC)
        disc.setBrush(QBrush(QColor(_MARK)))
        disc.setPen(QPen(QColor("#ffffff"), 0.6))
        disc.setZValue(6)
        self.scene.addItem(disc)
        self._write(f"{number}", x, y, "#ffffff", size=_LETTERS - 2, about=True)

    def _legend(self) -> None:
        """What bars, dashes, marks and numbers mean, in lines beneath the figure."""
        whole, words = self.scene.itemsBoundingRect(), self.task["words"]
        left, right = whole.left() + 2, whole.left() + max(self.task["width_mm"] * _DOTS - 2 * _MARGIN, whole.width())
        measure, x, y = QFontMetricsF(QFont(self.family, _LETTERS - 1)), left, whole.bottom() + 14
        for sign, text in self._signs(words):
            room = 24 + measure.horizontalAdvance(text)
            if x > left and x + room > right:
                x, y = left, y + _ROW
            if isinstance(sign, int):
                self._number(sign, x + 9, y)
            elif sign == "bar":
                self._box(x, y - 2, 18, 4, _MARK)
            elif sign == "dashes":
                for dash in range(4):
                    self._box(x + 5 * dash, y - 0.5, 3, 1, _LINE)
            else:
                self._write(sign, x + 9, y, _LINE, about=True)
            self._write(text, x + 22 + measure.horizontalAdvance(text) / 2, y, _LINE, about=True)
            x += room + 12

    def _signs(self, words: dict[str, str]) -> Iterator[tuple[int | str, str]]:
        if self.task["fossils"]:
            yield "bar", words["legend_range"]
            yield "dashes", words["legend_ghost"]
        if any(tip["living"] for tip in self.task["tips"]):
            yield "*", words["legend_living"]
        for number, (_index, names) in enumerate(self.task["news"], start=1):
            yield number, names

    def _x(self, left: float, age: float) -> float:
        return left + (self.root_age - age) * self.scale

    def _refuse_if_bent(self, items: Any, left: float) -> None:
        """ETE moves nodes whose marks are wider than their branch; then the axis would lie, and there must be no figure."""
        for node, age in zip(self.nodes, self.task["ages"], strict=True):
            item = items[node]
            at = item.content.mapToScene(item.branch_length, 0).x()
            if abs(at - self._x(left, age)) > _TOLERATED:
                raise ValueError(f"{node.name or 'a fork'} would lie {at - self._x(left, age):.1f} pixels off its age")

    def _box(self, x: float, y: float, width: float, height: float, color: str, *, opacity: float = 1.0, line: str = "") -> None:  # fmt: skip
        box = QGraphicsRectItem(QRectF(x, y, width, height))
        box.setBrush(QBrush(QColor(color)))
        box.setPen(QPen(QColor(line), 0.6) if line else QPen(Qt.PenStyle.NoPen))
        box.setOpacity(opacity)
        box.setZValue(-10)
        self.scene.addItem(box)

    def _write(self, text: str, x: float, y: float, ink: str, *, room: float = 0.0, at_end: bool = False, size: int = _LETTERS - 1, about: bool = False) -> None:  # fmt: skip
        """A text beneath or before a place, or with its middle there; left out where it has no room."""
        item = QGraphicsSimpleTextItem(text)
        item.setFont(QFont(self.family, size))
        item.setBrush(QBrush(QColor(ink)))
        width = item.boundingRect().width()
        if room and width > room - 3:
            return
        item.setPos(x - (width if at_end else width / 2), y - (item.boundingRect().height() / 2 if about else 0))
        item.setZValue(7)
        self.scene.addItem(item)


def _pale(color: str) -> QColor:
    """A colour as it looks thinly laid on paper."""
    strong = QColor(color)
    mixed = (round(255 - (255 - part) * 0.3) for part in (strong.red(), strong.green(), strong.blue()))
    return QColor(*mixed)


def _label(name: str, tip: dict[str, Any]) -> str:
    living = " *" if tip["living"] else ""
    return f"{name}{living}  {tip['second']}".rstrip()


if __name__ == "__main__":
    _Drawing(json.load(sys.stdin)).save()
