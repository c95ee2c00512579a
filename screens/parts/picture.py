"""A picture or a set of cards in the page, of which parts can be chosen by mouse, touch or keyboard.

The markup comes ready and escaped from the packages below. A link opens its page without a reload, as one step of the
browser's history, so that Back goes back (st.switch_page with parameters makes two); a middle click opens it in a tab of its
own. Whatever else bears a `data-name` tells Python when it is chosen.
"""

from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from screens.parts import star, style

_JS = """

export default function ({ parentElement, data, setTriggerValue }) {
  const frame = parentElement.querySelector(".picture");
  document.documentElement.lang = data.language;
  if (frame.dataset.markup !== data.markup) {
    const scrolled = frame.scrollLeft;
    const held = frame.getRootNode().activeElement?.dataset?.name;
    frame.innerHTML = data.markup;
    if (held) frame.querySelector(`[data-name="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
    frame.dataset.markup = data.markup;
    frame.scrollLeft = scrolled;
  }
  frame.forget?.();
  frame.forget = watchStars(frame);
  const choose = (event) => {
    const star = event.target.closest("[data-star]");
    if (star) {
      if (event.type === "click") pressStar(star);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const part = event.target.closest("a[href], [data-href], [data-name]");
    if (!part || part.target === "_top") return; // a page of ours that is not one of Streamlit's
    event.preventDefault();
    const address = part.getAttribute("href") || part.dataset.href;
    if (address) {
      history.pushState({}, "", new URL(address, document.location));
      window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    } else {
      setTriggerValue("chosen", part.dataset.name);
    }
  };
  frame.onclick = choose;
  frame.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") choose(event);
  };
  return frame.forget;
}
"""


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "bonebed_picture",
        html='<div class="picture"></div>',
        css=style.sheet(),
        js=star.script() + _JS,
        isolate_styles=True,
    )


HAND = 350
"""Pixels of a picture in the hand; where it grows wider it is shown smaller."""


def for_page_and_hand(page: str, hand: str) -> str:
    """Markup of a picture in two widths, of which a page shows the one and a telephone the other."""
    return f'<div class="wide on-a-page">{page}</div><div class="in-the-hand">{hand}</div>'


def still(markup: str, *, key: str, language: str) -> None:
    """Show markup in which nothing but links is to be chosen."""
    picture(markup, key=key, language=language)


def picture(markup: str, *, key: str, language: str) -> str | None:
    """Show markup; returns the `data-name` of the part just chosen, once, else None."""
    shown = _component()(
        key=key,
        data={"markup": markup, "language": "zh-Hans" if language == "zh" else "en"},
        on_chosen_change=lambda: None,
    )
    chosen: str | None = shown.chosen
    return chosen
