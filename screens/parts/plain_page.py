"""Small pages of our own beside Streamlit's, for signing in: plain HTML without any script, in our colours and both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse

from catalogue.messages import Message
from screens.parts.style import icon
from screens.words import LANGUAGES, translated

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
DAY = """--paper: #faf6ee; --label: #f0e9da; --ink: #2b2620; --line: #b9ab8e; --accent: #8c3b1f; --on-accent: #fff; --wrong: #a8321f;"""
NIGHT = """--paper: #15130f; --label: #221e18; --ink: #efe7d8; --line: #6a5f4d; --accent: #e8a36a; --on-accent: #15130f; --wrong: #ff9a85;"""
"""Our colours, as CSS variables."""
SERIF = """--serif: "Source Serif", Georgia, "Noto Serif CJK SC", "Songti SC", SimSun, serif;"""
PALETTE = f"""
:root {{ color-scheme: light dark; {DAY} {SERIF} }}
@media (prefers-color-scheme: dark) {{ :root {{ {NIGHT} }} }}
"""
"""Our colours by day and by night, as CSS."""
_STYLE = (
    PALETTE
    + """
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--paper); color: var(--ink); font: 17px/1.5 "Source Sans", system-ui, sans-serif;
  display: grid; place-items: start center; padding: 8vh 1rem 2rem; }
main { width: 100%; max-width: 25rem; background: var(--label); border: 1px solid var(--line); border-top: 5px solid var(--accent);
  border-radius: 4px; padding: 1.6rem 1.6rem 1.4rem; }
h1 { font-family: var(--serif); font-weight: 600; font-size: 1.75rem; line-height: 1.2; margin: 0 0 0.7rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
.wrong { color: var(--wrong); border-left: 4px solid var(--wrong); padding-left: 0.7rem; }
label { display: block; margin-bottom: 0.9rem; font-size: 0.95rem; }
.hint { display: block; margin-top: 0.35rem; opacity: 0.8; font-size: 0.85rem; line-height: 1.35; }
input { display: block; width: 100%; margin-top: 0.2rem; padding: 0.55rem 0.7rem; font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--line); border-radius: 4px; }
button { width: 100%; padding: 0.6rem; font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 0;
  border-radius: 6px; cursor: pointer; margin: 0.3rem 0 0.2rem; }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: inherit; text-underline-offset: 3px; }
nav { display: flex; justify-content: space-between; gap: 1rem; margin-top: 1rem; font-size: 0.92rem; }
"""
)


@dataclass(frozen=True)
class Field:
    """One line to fill in. `complete` tells the browser's password keeper what it is."""

    name: str
    label: str
    complete: str
    kind: Literal["text", "password"] = "text"
    hint: str = ""
    value: str = ""
    required: bool = True


@dataclass(frozen=True)
class Page:
    """A page with at most one form; all texts are English and are translated when it is shown.

    `complaint` is said in the colour of mistakes; without `button` there is no form.
    """

    title: str
    intro: Message | None = None
    complaint: Message | None = None
    fields: Sequence[Field] = ()
    button: str = ""
    status: int = 200


def language_of(request: Request) -> str:
    """The language of the link, else of the browser."""
    asked = request.query_params.get("lang", "")
    for code, name in LANGUAGES.items():
        if asked in (code, name):
            return code
    return "zh" if request.headers.get("accept-language", "").lower().startswith("zh") else "en"


def render(page: Page, request: Request, *, form_token: str, up: str) -> HTMLResponse:
    """The page as an answer.

    Parameters
    ----------
    form_token : str
        Goes with the form, to be compared with the cookie when it comes back.
    up : str
        The way to the first page, relative.
    """
    lang = language_of(request)
    home = f"{up}?lang={LANGUAGES[lang]}"
    other = next(code for code in LANGUAGES if code != lang)
    switch = request.url.include_query_params(lang=other).query
    markup = f"""<!doctype html>
<html lang="{"zh-Hans" if lang == "zh" else "en"}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<link rel="icon" href="data:image/svg+xml,{quote(icon())}">
<title>{_text(page.title, lang)} · Bonebed</title><style>{_STYLE}</style></head>
<body><main><h1>{_text(page.title, lang)}</h1>
{f"<p>{_said(page.intro, lang)}</p>" if page.intro else ""}
{f'<p class="wrong" role="alert">{_said(page.complaint, lang)}</p>' if page.complaint else ""}
{_form(page, lang, form_token) if page.button else ""}
<nav><a href="{escape(home)}">{_text("To the collection", lang)}</a><a href="?{escape(switch)}" lang="{other}">{LANGUAGES[other]}</a></nav>
</main></body></html>"""
    return HTMLResponse(markup, status_code=page.status, headers=_HEADERS)


def _said(what: Message, lang: str) -> str:
    return escape(what.render(lambda template: translated(template, lang)))


def _form(page: Page, lang: str, form_token: str) -> str:
    lines = "\n".join(_line(field, lang, first=field is page.fields[0]) for field in page.fields)
    return f"""<form method="post"><input type="hidden" name="form_token" value="{escape(form_token)}">
{lines}
<button>{_text(page.button, lang)}</button></form>"""


def _line(field: Field, lang: str, *, first: bool) -> str:
    marks = f"{' required' if field.required else ''}{' autofocus' if first else ''}"
    letters = ' autocapitalize="none" spellcheck="false"' if field.name == "login" else ""
    hint = f'<span class="hint">{_text(field.hint, lang)}</span>' if field.hint else ""
    return (
        f'<label>{_text(field.label, lang)}<input name="{field.name}" type="{field.kind}" value="{escape(field.value)}" '
        f'autocomplete="{field.complete}" maxlength="500"{letters}{marks}>{hint}</label>'
    )


def _text(text: str, lang: str) -> str:
    return escape(translated(text, lang))
