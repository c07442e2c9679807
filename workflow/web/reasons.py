"""What went wrong, in the language of the interface.

Errors are said in English where they are noticed, and why a job failed is kept so.  Here a message is taken
apart again: a line at a time, what stands before a colon (an engine, a file) left as it is, and values put
into the translation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from markupsafe import Markup, escape

from workflow.states import TemplateMessage
from workflow.web.interface_language import current_language, interface_messages


def _(text: str) -> str:
    """Mark a text for the interface's catalogues."""
    return text


_ENGLISH = Markup('<span lang="en" dir="ltr">{}</span>')
_LEFT = re.compile(r"(\d+) segments? (?:is|are) left: (.+)")
_ABOUT = re.compile(r"(\S+): (.+)")
_DEEPEST = 3  # an engine, a file, its line
_VALUE = re.compile(r"%\\\((\w+)\\\)s")
# As engines, jobs and their runner say them; tests/contracts/test_desk_reasons.py holds them to be all.
_OF_JOBS = (
    _("it could not be reached, or hung up"),
    _("its certificate is not valid here"),
    _("Have it renewed, or name the file of the authority that signed it in SSL_CERT_FILE."),
    _("no secure connection to it could be made"),
    _("it did not answer in time"),
    _("it failed"),
    _("it refused the request"),
    _("it refused (status %(status)s)"),
    _("it did not accept the key"),
    _("nothing answers at that address"),
    _("it points to another address"),
    _("its address cannot be used"),
    _("Correct its address."),
    _("the text is too long for it"),
    _("it takes %(number)s characters at a time"),
    _("it is longer than %(number)s characters"),
    _("Split the sentence."),
    _("it was asked too often"),
    _("it has trouble of its own (status %(status)s)"),
    _("it failed too often and is left alone until %(hour)s UTC"),
    _("it was asked this at the same time, and failed"),
    _("its quota is used up"),
    _("It is filled up at the service."),
    _("its budget (characters_per_day, characters_per_month) has no room for so much"),
    _("Raise characters_per_day or characters_per_month, or wait."),
    _("its answer is empty"),
    _("its answer is no text"),
    _("its answer is much too long"),
    _("its answer is no JSON, or only half of it"),
    _("its answer is not in the form that was asked for"),
    _("its answer is a message, not a translation"),
    _("its answer holds no translation"),
    _("its answer repeats the key"),
    _("its answer has codes after all"),
    _("its codes do not fit"),
    _("it gave no text"),
    _("it gave the source again"),
    _("it answered in another language"),
    _("it left a text out"),
    _("it gave %(given)s texts for %(asked)s"),
    _("it has words, which have to be translated"),
    _("%(engine)s does not translate from %(source)s to %(target)s"),
    _("Add both to its setting languages, where the server knows them."),
    _("%(engine)s needs a key"),
    _("Set the environment variable %(name)s."),
    _("deep-translator is not installed"),
    _("Apertium 3.8 or newer is not installed"),
    _("Apertium has no installed pair from %(source)s to %(target)s"),
    _("Apertium has no installed pair in %(folder)s"),
    _("Apertium stopped at this text, twice"),
    _("Translate it by hand."),
    _("the Apertium mode cannot be read"),
    _("%(program)s cannot be started: %(error)s"),
    _("Install the programs and the pair's data: apt-get install apertium apertium-fr-es (and the like)."),
    _("its worker vanished, the last of %(number)s times"),
    _("its payload is not JSON"),
)
# What people are told of what they typed or sent.
_OF_PEOPLE = (
    _("another version is on line by now"),
    _("Look at it first."),
    _("there is no earlier version of the site to go back to"),
    _("Publish the project to write one."),
    _("somebody assigned this meanwhile"),
    _("Look at it, then assign it."),
    _("your profile was changed meanwhile"),
    _("Look at it, then save."),
    _("somebody changed these roles meanwhile"),
    _("Look at them, then save."),
    _("somebody changed the source meanwhile"),
    _("Put your change into what stands there now."),
    _("the login %(login)s is taken"),
    _("Choose another."),
    _("%(words)s does not stand in it"),
    _("%(words)s stands in it more than once"),
    _("a translation has at most %(most)s characters, a note %(other)s"),
    _("this release is not translated into %(locale)s"),
    _("no format for the ending %(ending)s"),
    _("Known endings: %(endings)s."),
    _("byte %(byte)s is not %(encoding)s"),
    _("byte %(byte)s is not %(encoding)s, which the header names"),
    _("byte %(byte)s is not %(encoding)s, and the header names no charset"),
    _("the header names an unknown charset %(charset)s"),
    _("the file says it is in %(charset)s, which is no known encoding"),
    _("the file is in UTF-16, which a byte order mark should say"),
    _("there is a NUL byte, which no text holds"),
    _("Save the file as UTF-8."),
    _("Save the file as UTF-8, or correct the charset it names."),
    _("Save the file as UTF-8 and say so in its Content-Type header."),
    _("Correct the charset it names, or save it as UTF-8."),
    _("this is an old Word document or one with a password"),
    _("Open it in Word and save it as .docx without a password."),
    _("this is no Word document, or only a part of one"),
    _("Open the file in Word or LibreOffice and save it again as .docx."),
    _("%(part)s is damaged"),
    _("it has a password"),
    _("Save it without a password."),
    _("the %(syntax)s at its head does not parse: %(why)s"),
    _("Mend it, or put quotation marks around the value."),
    _("a text is not closed on its line"),
    _("this is no line of a PO file"),
    _("%(expected)s is expected here, not %(word)s"),
    _("a text between double quotes is expected after %(word)s"),
    _("%(word)s is no keyword of a PO file"),
    _("Write %(word)s."),
    _("A comment begins with #."),
    _('Every text stands between double quotes; a quote inside it is written \\".'),
    _("this entry has no msgstr"),
    _("a text without a keyword before it"),
    _("Run msgfmt -c on the file to see what it expects."),
    _("%(text)s stands twice, first on line %(line)s"),
    _("Keep one of the two; msguniq shows them together."),
    _("%(escape)s is no escape that gettext knows"),
    _("release catalogues hold no plural forms"),
    _("Use plain msgid and msgstr."),
    _("a merge was left undone here (conflict markers)"),
    _("Resolve the conflict and save the file."),
    _("its lines end in CR alone: to gettext it is one line, and a comment from its first # on"),
    _("Save it with line ends of Unix or Windows."),
    _("this is a compiled catalogue (MO)"),
    _("Name the PO file it was made of."),
    _("the file says that it is in another language"),
    _("Choose the PO file of this language, or correct its Language header."),
    _("it has no segment of this release"),
)
# Why a segment is not cut, joined or set apart, and what to do about it.
_OF_CUTTING = (
    _("%(id)s is not clear"),
    _("%(id)s names no segment"),
    _("Use an id that the list of segments shows."),
    _("it is the last segment of its block"),
    _("the two segments do not stand in the same text"),
    _("Only neighbours of one block can be joined."),
    _("one of the two has no words"),
    _("Only sentences can be joined."),
    _("%(words)s stands between the two segments"),
    _("Only sentences with just spaces, marks and simple markup between them can be joined."),
    _("one of the two segments has an entry of its own"),
    _("Undo that first, then join them."),
    _("there are no words to cut behind"),
    _("Give the last words before the cut, as they stand."),
    _("one half would have no words"),
    _("Cut between two words."),
    _("there is no place to cut after %(words)s"),
    _("Give words of the segment, up to a whole character of the file."),
    _("markup that belongs together would be torn apart here"),
    _("Choose a place where no link, bold or other markup is still open."),
    _("its words are also the name of an address"),
    _("Write the link out in the source file."),
    _("it has an entry of its own already"),
    _("Undo that first to change it."),
    _("it has no words"),
    _("Only sentences can be translated differently."),
    _("there is nothing to undo about this segment"),
    _("its sentences do not stand there any more"),
    _("it contradicts another one"),
    _("the sentence does not stand between these neighbours any more"),
    _("another one holds for the same sentence"),
    _("Change the source file instead."),
)
_UNFIT = _("the codes do not fit: %(why)s")
_ONE_LEFT, _MANY_LEFT = _("%(num)s segment is left: %(why)s"), "%(num)s segments are left: %(why)s"


def explained(reason: str) -> Markup:
    """A reason in the language of the interface; what it has no words for is marked as English."""
    return Markup(" ").join(_shown(line) for line in map(str.strip, reason.splitlines()) if line)


def sentence(text: str) -> str:
    """A message in the language of the interface where it is known, with a capital and an end."""
    text = text.strip()
    translated = (translate_line(text) or text).strip()
    return (
        translated[:1].upper() + translated[1:] + ("" if not translated or translated[-1] in ".?!…؟" else ".")
    )


def hindrance(message: str, seen: Sequence[TemplateMessage] = ()) -> str:
    """What stands in the way, as a sentence: what was ``seen``, and the message where that is nothing."""
    if not seen:
        return sentence(message)
    texts = (interface_messages().gettext(remark.template).format_map(dict(remark.values)) for remark in seen)
    why = interface_messages().gettext(_("; ")).join(texts)
    unfit = message.startswith(_UNFIT.partition("%")[0])
    return sentence(interface_messages().gettext(_UNFIT) % {"why": why} if unfit else why)


def _shown(line: str) -> Markup:
    translated = translate_line(line)
    if translated is None and current_language() != "en":
        return _ENGLISH.format(sentence(line))
    return escape(sentence(translated or line))


def translate_line(line: str, deep: int = _DEEPEST) -> str | None:
    """A line of a reason in the language of the interface, None when it has no words for it.

    ``deep`` is how many things it may be about, one before the other.
    """
    if interface_messages().has_translation(line):
        return interface_messages().gettext(line)
    if deep and (left := _LEFT.fullmatch(line)):
        number = int(left[1])
        parts = (
            interface_messages()
            .gettext(_("; "))
            .join(translate_line(part, deep - 1) or part for part in left[2].split("; "))
        )
        return interface_messages().ngettext(_ONE_LEFT, _MANY_LEFT, number) % {"num": number, "why": parts}
    for pattern, text in _patterns():
        if match := pattern.fullmatch(line):
            return interface_messages().gettext(text) % match.groupdict()
    if deep and (about := _ABOUT.fullmatch(line)) and (rest := translate_line(about[2], deep - 1)):
        return interface_messages().gettext(_("%(who)s: %(what)s")) % {"who": about[1], "what": rest}
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What is said with values in it, as it is recognised."""
    return tuple(
        (re.compile(_VALUE.sub(r"(?P<\1>.+?)", re.escape(text))), text)
        for text in _OF_JOBS + _OF_PEOPLE + _OF_CUTTING
        if "%(" in text
    )
