"""The codes of what the memory offers, in a source that has others."""

from __future__ import annotations

import pytest

from l10n.model import Match
from workflow.desk.matched_codes import offered

# The source, what it is like, how that was translated, what is offered.
CARRIED = """
Tél. : <1><2/></1>                | Tél. : <1/>             | Tel.: <1/>              | Tel.: <1><2/></1>
Tél. : <1/>                       | Tél. : <1><2/></1>      | Tel.: <1><2/></1>       | Tel.: <1/>
Lisez <2>la suite</2><1/>.        | Lisez <1>la suite</1>.  | Lea <1>más</1>.         | Lea <2>más</2><1/>.
<1/> Lisez <2>la suite</2>        | <2/> lisez <1>la suite</1> | <2/> lea <1>más</1>  | <1/> lea <2>más</2>
Le <3>26</3> mai                  | Le <1>4</1> mai         | El <1>26</1> de mayo    | El <3>26</3> de mayo
Un <2>a</2> et <1>b</1>           | Un <1>a</1> et <2>b</2> | Un <2>b</2> y <1>a</1>  | Un <1>b</1> y <2>a</2>
Un <3>a</3> et <4>b</4>           | Un <1>a</1> et <2>b</2> | Un <2>b</2> y <1>a</1>  | Un <4>b</4> y <3>a</3>
A <1/><2/>                        | A <3/>                  | A                       | A
A <1/><2/>                        | A <3/>                  | <3/>A<3/>               | A
Écrivez <\\1> <1/>                | Écrivez <\\1> <2/>      | Escriba <\\1> <2/>      | Escriba <\\1> <1/>
Écrivez <1/> ici                  | Écrivez ici <2/>        | Escriba <\\4> <2/> aquí | Escriba <\\4>  aquí
Merci                             | Merci<1/>               | Gracias<1/>             | Gracias
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in CARRIED.strip().splitlines()]


@pytest.mark.parametrize(("source", "like", "translated", "wanted"), ROWS)
def test_codes_go_along_where_their_places_are_certain_and_stay_away_elsewhere(
    source: str, like: str, translated: str, wanted: str
) -> None:
    (match,) = offered([Match(translated, "tm", 99, "tm:a", like)], source, penalty=2)
    assert match.target == wanted


def test_what_lacks_codes_stands_below_what_has_them_and_each_text_once() -> None:
    source = "Tél. : <1><2/></1>"
    found = (
        Match("Teléfono:", "tm", 99, "tm:a", "Tél. :"),
        Match("Tel.: <1/>", "tm", 98, "tm:b", "Tél. : <1/>"),
        Match("Tel.: <1><2/></1>", "tm", 98, "tm:c", source),
    )
    told = [(match.target, match.score, match.origin) for match in offered(found, source, penalty=2)]
    assert told == [("Tel.: <1><2/></1>", 98, "tm:b"), ("Teléfono:", 97, "tm:a")]
