"""The page that describes the API to people: plain HTML without any script, in our colours and both languages."""

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from starlette.requests import Request

from catalogue.api.addresses import API
from catalogue.api.endpoints import ENDPOINTS, ONE_SPECIMEN, SPECIMEN_LIST, Endpoint
from catalogue.api.parameters import Parameter
from catalogue.messages import Message, message
from screens.parts.plain_page import PALETTE, language_of
from screens.parts.style import icon
from screens.words import LANGUAGES, marked, translated

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
}
_MOST_LISTED = 15
_INTRO = message(
    "Programs read this catalogue here, as JSON. Keys are the terms of Darwin Core, ages are in million years, and what is blank in a record is "
    "left out. The parameters are those of a search's link: put “{api}” before “specimens” in it."
)
_EXAMPLES = (
    (SPECIMEN_LIST.path, "taxon=Theropoda&interval=Jurassic&order=oldest_age"),
    (SPECIMEN_LIST.path, "q=lufeng&facets=formation,country&size=10"),
    (f"{API}/taxa", "country=CN"),
    (f"{API}/intervals", "rank=period"),
    (f"{API}/localities.geojson", "formation=Lufeng"),
)
_STYLE = (
    PALETTE
    + """
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.5 "Source Sans", system-ui, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 2rem 1rem 3rem; }
h1, h2 { font-family: var(--serif); font-weight: 600; line-height: 1.25; margin: 0 0 0.6rem; }
h1 { font-size: 2rem; } h2 { font-size: 1.2rem; overflow-wrap: anywhere; }
p { margin: 0 0 0.8rem; max-width: 44rem; }
section { background: var(--label); border: 1px solid var(--line); border-left: 5px solid var(--accent); border-radius: 4px;
  padding: 1rem 1.2rem; margin: 1.2rem 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.95rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.8rem 0.35rem 0; border-top: 1px solid var(--line); }
th { font-weight: 600; border: 0; }
td:first-child { white-space: nowrap; }
code { font: 0.92em/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
ul { padding-left: 1.2rem; margin: 0; } summary { cursor: pointer; }
a { color: inherit; text-underline-offset: 3px; } a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); }
nav { display: flex; gap: 1.5rem; flex-wrap: wrap; }
@media (max-width: 40rem) { table, tbody, tr, td { display: block; } tr:first-child { display: none; } td { border: 0; padding: 0; }
  td:first-child { border-top: 1px solid var(--line); padding-top: 0.5rem; } td:last-child { padding-bottom: 0.5rem; } }
"""
)


def page(request: Request, base: str) -> str:
    """The page.

    Parameters
    ----------
    request : Request
        Whose language decides.
    base : str
        The address of Bonebed.
    """
    lang = language_of(request)
    title = _text(marked("For programs: the API of this catalogue"), lang)
    return f"""<!doctype html>
<html lang="{"zh-Hans" if lang == "zh" else "en"}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:image/svg+xml,{quote(icon())}">
<title>{title} · Bonebed</title><style>{_STYLE}</style></head>
<body><main><h1>{title}</h1>
<p>{_said(_INTRO.template, lang, api="api/")}</p>
<p>{_text(_LIMITS, lang)}</p>
{"".join(_endpoint(one, base, lang) for one in ENDPOINTS)}
<section><h2>{_text(_TRY, lang)}</h2><ul>{"".join(_examples(base))}</ul></section>
{_navigation(base, lang)}
</main></body></html>"""


_TRY, _HOME = marked("Try it"), marked("To the collection")
_LIMITS = marked(
    "Everyone reads what visitors may see, and whoever is signed in what that person may see. Sites that are withheld are made coarser here too."
)


def _navigation(base: str, lang: str) -> str:
    other = next(code for code in LANGUAGES if code != lang)
    home = f'<a href="{escape(base)}/?lang={LANGUAGES[lang]}">{_text(_HOME, lang)}</a>'
    return f'<nav>{home}<a href="?lang={other}" lang="{other}">{LANGUAGES[other]}</a></nav>'


def _endpoint(endpoint: Endpoint, base: str, lang: str) -> str:
    place = escape(endpoint.path)
    if endpoint is not ONE_SPECIMEN:
        place = f'<a href="{escape(base + endpoint.path)}">{place}</a>'
    forms = ", ".join(f"<code>{escape(form)}</code>" for form in endpoint.forms)
    return f"<section><h2><code>{place}</code></h2><p>{_message(endpoint.summary, lang)}</p><p>{forms}</p>{_table(endpoint, lang)}</section>"


def _table(endpoint: Endpoint, lang: str) -> str:
    if not endpoint.parameters:
        return ""
    heads = (marked("Parameter"), marked("Meaning"), marked("What it can be"))
    head = "".join(f"<th>{_text(one, lang)}</th>" for one in heads)
    rows = "".join(
        f"<tr><td><code>{one.name}</code></td><td>{_message(one.meaning, lang)}</td><td>{_values(one, lang)}</td></tr>"
        for one in endpoint.parameters
    )
    title = _text(marked("Parameters"), lang)
    return f"<details><summary>{title}</summary><table><tbody><tr>{head}</tr>{rows}</tbody></table></details>"


def _values(parameter: Parameter, lang: str) -> str:
    schema = parameter.schema
    values = schema.get("enum") or schema.get("items", {}).get("enum")
    if values and len(values) <= _MOST_LISTED:
        return ", ".join(f"<code>{escape(str(value))}</code>" for value in values)
    if "minimum" in schema:
        return _said(_RANGE, lang, least=f"{schema['minimum']:g}", most=f"{schema['maximum']:,.10g}")
    return _said(_FOR_INSTANCE, lang, example=parameter.example)


_RANGE = marked("{least} to {most}")
_FOR_INSTANCE = marked("for instance {example}")


def _examples(base: str) -> Iterator[str]:
    for path, asked in _EXAMPLES:
        address = escape(f"{path}?{asked}")
        yield f'<li><a href="{escape(base)}{address}"><code>{address}</code></a></li>'


def _message(words: Message, lang: str) -> str:
    return escape(words.render(lambda template: translated(template, lang)))


def _said(template: str, lang: str, **values: str) -> str:
    return escape(translated(template, lang).format(**values))


def _text(text: str, lang: str) -> str:
    return escape(translated(text, lang))
