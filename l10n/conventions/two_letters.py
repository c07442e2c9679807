"""Two-letter codes of languages, and the codes of countries that people take for them."""

from __future__ import annotations

from functools import cache

# IANA Language Subtag Registry: ISO 639-1, "sh", and the five that later ones replaced.
_LANGUAGES = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee
el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io
is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk
ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc
sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve
vi vo wa wo xh yi yo za zh zu
"""


@cache
def _languages() -> frozenset[str]:
    return frozenset(_LANGUAGES.split())


def names_language(code: str) -> bool:
    """Whether two letters are the registered code of a language."""
    return code in _languages()


def language_of_country(code: str) -> str:
    """The language most used in the country of a two-letter code (CLDR, "likely subtags"), "" without one."""
    from babel.core import get_global  # noqa: PLC0415  slow, rarely needed

    return str(get_global("likely_subtags").get(f"und_{code.upper()}", "")).partition("_")[0]
