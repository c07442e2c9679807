"""Which terms are suggested from approved pairs, in languages with and without spaces."""

from __future__ import annotations

import random
from time import process_time

import pytest

from l10n.glossary import Glossary, Status, Term
from l10n.glossary.mining import Pair, suggestions

FRENCH_ENGLISH = """
Le conseil de rive se réunit lundi.|The shore council meets on Monday.
Elle a écrit au conseil de rive.|She wrote to the shore council.
Deux conseils de rive ont répondu.|Two shore councils have answered.
Le vent tombe.|The wind drops.
Un conseil utile.|A useful hint.
Le RIDEAU est ouvert.|The CURTAIN is open.
Nous parlons du RIDEAU.|We speak of the CURTAIN.
Sans RIDEAU, rien.|Nothing without CURTAIN.
Il a vu Marta Brune partir.|He saw Marta Brune leave.
Hier, Marta Brune était là.|Yesterday Marta Brune was there.
Merci à Marta Brune.|Thanks to Marta Brune.
Le vent se lève tôt.|The wind rises early.
La rive est belle.|The bank is beautiful.
"""
CHINESE_ENGLISH = """
海岸基金今天开放。|The coast fund opens today.
我们感谢海岸基金的帮助。|We thank the coast fund for its help.
新的海岸基金很大。|The new coast fund is large.
今天下雨。|It rains today.
我们在海边。|We are by the sea.
他们感谢老师。|They thank the teacher.
新的学校很大。|The new school is large.
他们明天来。|They come tomorrow.
老师问学生。|The teacher asks a pupil.
船很小。|The boat is small.
"""
JAPANESE_ENGLISH = """
海岸センターは明日開きます。|The coast centre opens tomorrow.
新しい海岸センターがあります。|There is a new coast centre.
私たちは海岸センターへ行きます。|We go to the coast centre.
明日は雨です。|Rain tomorrow.
新しい学校があります。|There is a new school.
私たちは学校へ行きます。|We go to school.
先生は本を読みます。|The teacher reads a book.
船は小さいです。|The boat is small.
雨が降ります。|It pours.
犬が走ります。|A dog runs.
"""
ARABIC_ENGLISH = """
يفتح صندوق الساحل اليوم.|The coast fund opens today.
نشكر صندوق الساحل كثيرا.|We thank the coast fund much.
كتبت إلى صندوق الساحل.|She wrote to the coast fund.
ينزل المطر اليوم.|Rain falls today.
نشكر المعلم كثيرا.|We thank the teacher much.
كتبت إلى المدرسة.|She wrote to the school.
القارب صغير.|A boat is small.
يقرأ الولد كتابا.|The boy reads a book.
نعود غدا.|We return tomorrow.
الكلب يركض.|A dog runs.
"""


def pairs(text: str) -> list[Pair]:
    return [Pair(*line.split("|"), "case") for line in text.strip().splitlines()]


def found(text: str, source: str, target: str, glossary: Glossary | None = None) -> dict[str, str]:
    made = suggestions(pairs(text), source, target, glossary=glossary)
    return {one.term.source: one.term.target for one in made}


def backwards(text: str) -> str:
    return "\n".join("|".join(reversed(line.split("|"))) for line in text.strip().splitlines())


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        (
            FRENCH_ENGLISH,
            "fr",
            {"conseil de rive": "shore council", "RIDEAU": "CURTAIN", "Marta Brune": "Marta Brune"},
        ),
        (CHINESE_ENGLISH, "zh", {"海岸基金": "coast fund"}),
        (JAPANESE_ENGLISH, "ja", {"海岸センター": "coast centre"}),
        (ARABIC_ENGLISH, "ar", {"صندوق الساحل": "coast fund"}),
    ],
)
def test_phrases_names_and_acronyms_are_found_with_their_words(
    text: str, source: str, expected: dict[str, str]
) -> None:
    assert found(text, source, "en") == expected
    turned = {target: source for source, target in expected.items()}
    assert found(backwards(text), "en", source) == turned


def test_a_suggestion_shows_what_it_rests_on() -> None:
    (council,) = [
        one for one in suggestions(pairs(FRENCH_ENGLISH), "fr", "en") if one.term.source == "conseil de rive"
    ]
    assert (council.count, council.together, council.alike) == (3, 3, 1.0)
    assert council.term.status is Status.PREFERRED
    assert council.evidence == tuple(pairs(FRENCH_ENGLISH)[:3])
    (name,) = [one for one in suggestions(pairs(FRENCH_ENGLISH), "fr", "en") if "Marta" in one.term.source]
    assert name.term.status is Status.DO_NOT_TRANSLATE


def test_what_the_glossary_has_is_not_suggested_nor_is_a_part_of_it() -> None:
    known = Glossary(
        (
            Term("fr", "en", "conseil de rive", "shore council", Status.REQUIRED),
            Term("fr", "", "Marta Brune", "", Status.DO_NOT_TRANSLATE),
        )
    )
    assert found(FRENCH_ENGLISH, "fr", "en", known) == {"RIDEAU": "CURTAIN"}


def test_one_and_many_are_one_term_also_where_the_word_is_short() -> None:
    text = """
The water files are read.|Les dossiers bleus sont lus.
A water file is missing.|Un dossier bleu manque.
Each water file has a cover.|Chaque dossier bleu a une couverture.
We leave.|Nous partons.
The dog runs.|Le chien court.
You sleep.|Tu dors.
He sings.|Il chante.
They read.|Ils lisent.
She writes.|Elle écrit.
"""
    made = suggestions(pairs(text), "en", "fr")
    assert [(one.term.source, one.term.target, one.count) for one in made] == [
        ("water file", "dossier bleu", 3)
    ]


def test_what_is_said_too_seldom_or_in_one_text_only_is_not() -> None:
    assert not found("\n".join(FRENCH_ENGLISH.strip().splitlines()[:2]), "fr", "en")
    once = FRENCH_ENGLISH.strip().splitlines()[0]
    assert not found("\n".join([once] * 9), "fr", "en")
    assert not suggestions([], "fr", "en")


def test_markup_is_no_word() -> None:
    marked = FRENCH_ENGLISH.replace("conseil de rive", "<1>conseil de rive</1>").replace(
        "Marta Brune", "Marta<1/>Brune"
    )
    assert "conseil de rive" in found(marked, "fr", "en")
    assert not any("<" in word or word == "Marta Brune" for word in found(marked, "fr", "en"))


def test_many_pairs_take_time_in_proportion() -> None:
    chance = random.Random(7)  # noqa: S311 - made-up words
    words = ["".join(chance.choices("abcdefghij", k=6)) for _ in range(3000)]

    def seconds(count: int) -> float:
        made = [
            Pair(" ".join(chance.choices(words, k=12)), " ".join(chance.choices(words, k=12)))
            for _ in range(count)
        ]
        started = process_time()
        suggestions(made, "fr", "en")
        return process_time() - started

    assert seconds(2000) < 12 * max(seconds(500), 0.05)
