"""What Apertium answers, as it answered, and what becomes of it."""

from __future__ import annotations

import pytest

from l10n.engines.apertium_stream import decode, encode

TO_CATALAN = """
Écrivez à <1/> ou au bureau.
Escriviu [[t:o:0]]a *Zzq[[/]] o a l'oficina.
Escriviu a <1/> o a l'oficina.

Écrivez à contact@orge.example avant le 3 mars.
Escriviu [[t:o:0]]a *Zzq[[/]] abans del 3 de març.
Escriviu a contact@orge.example abans del 3 de març.

Un message de <1/> à <2/> le prouve.
Un missatge [[t:o:0]]de *Zzq[[/]] [[t:o:1]]a *Zzq[[/]] ho demostra.
Un missatge de <1/> a <2/> ho demostra.

Le site du <1/> est ouvert.
El lloc [[t:o:0]]del *Zzq[[/]] està obert.
El lloc del <1/> està obert.
"""


@pytest.mark.parametrize("case", TO_CATALAN.strip().split("\n\n"))
def test_an_address_behind_a_preposition_comes_back(case: str) -> None:
    source, answer, target = case.splitlines()
    draft = decode(answer, encode(source))
    assert not draft.codes_missing
    assert draft.text == target


def test_an_address_that_is_lost_or_doubled_is_not_put_in_by_guess() -> None:
    asked = encode("Écrivez à <1/>.")
    for answer in (
        "Escriviu.",
        "Escriviu [[t:o:0]]a Zzq Zzq[[/]].",
        "Zzq [[t:o:0]]Zzq[[/]] [[t:o:0]]Zzq[[/]]",
    ):
        assert decode(answer, asked).codes_missing
