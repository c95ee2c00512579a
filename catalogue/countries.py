"""Countries by their ISO 3166 code, named in the reader's language (Unicode CLDR through Babel)."""

from functools import cache

from babel import Locale

_OTHER_CODES = {"UK": "GB", "EL": "GR"}
_LANGUAGES = {"en": "en", "zh": "zh_Hans"}
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})
_AS_USED_IN_CHINA = {"HK": "中国香港", "MO": "中国澳门", "TW": "中国台湾"}


@cache
def _territories(language: str) -> dict[str, str]:
    names = Locale.parse(_LANGUAGES.get(language[:2], "en")).territories
    known = {
        code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }
    if language.startswith("zh"):
        known |= _AS_USED_IN_CHINA
    return dict(sorted(known.items(), key=lambda pair: pair[1]))


def countries(language: str = "en") -> dict[str, str]:
    """All countries by code, in the order of their names."""
    return dict(_territories(language))


def country_name(code: str, language: str = "en") -> str:
    """The name of a country; the code itself when it is none."""
    return _territories(language).get(code, code)


def country_code(written: str) -> str:
    """The ISO code for a code or a name in English or Chinese; blank when it is none.

    The Paleobiology Database writes ``UK`` for the United Kingdom; that is understood.
    """
    text = written.strip()
    code = _OTHER_CODES.get(text.upper(), text.upper())
    if code in _territories("en"):
        return code
    folded = text.casefold()
    return next(
        (c for language in _LANGUAGES for c, name in _territories(language).items() if name.casefold() == folded), ""
    )
