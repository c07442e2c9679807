"""Every text of the interface that has to be translated; `make messages` adds new ones to the catalogues.

The tests of the catalogues ask for the same texts, so a text that `make messages` knows is one that CI wants.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import polib
from babel.messages.extract import extract_from_dir
from jinja2 import nodes

from l10n import checks, disk, errors, formats, gate, review_routing
from l10n.checks import check_pair
from l10n.formats.html import elements
from l10n.formats.html.words import OWN_NAME
from l10n.formats.text.writing import PAGE_BREAK
from l10n.gate import goals
from l10n.messages import INTERFACE_LANGUAGES
from l10n.site import lint
from tests.checks_support import GLOSSARY, table_rows
from workflow.web.templating import environment

ROOT = Path(__file__).parent.parent
# What the site's templates ask for texts with, and which of its arguments are texts.
SITE_KEYWORDS = {"_": None, "say": None, "label": None, "back": None, "say_count": (1, 2)}
_FORMATS = {"python-brace-format": re.compile(r"\{\w+\}"), "python-format": re.compile(r"%\(\w+\)[sd]")}
_CODES = b"""\
One **b** *e* ~~s~~ `c` and [l](https://a.example) ![i](b.png) <https://c.example> <a@b.example> here.
Two {{ name }} $$y$$ <b>u</b> x[^1] and so on.

[^1]: A note.
"""

# Modules of the linter that explain, sort or read, and find nothing.
_NO_FAULTS = {"rules", "folder", "dates", "site"}

# What of these modules holds texts of the gate.
_TABLES = {
    "gate/checking.py": ("_EXAMPLE",),
    "gate/consistency.py": ("_TARGETS", "_SOURCES"),
    "gate/goals.py": ("_UNMET",),
    "gate/habits.py": ("HABITS",),
}
# What of these modules says why a catalogue cannot be read.
_READERS = {
    "catalogue/lexer.py": (
        "MSGFMT",
        "UNDONE_MERGE",
        "_NO_LINE",
        "_QUOTES",
        "check",
        "message",
        "error_at",
        "_tokens",
        "_check_mark",
        "_unexpected",
        "_misplaced",
    ),
    "catalogue/survey.py": ("_check_numbers",),
    "catalogue/reading.py": ("decode_file", "_decoded", "_refuse_escape"),
    "conventions/__init__.py": ("load",),
    "disk.py": ("_UNREAD", "read", "unreadable"),
}

# What of these modules refuses what is asked of the gate on the command line.
_REFUSALS = {
    "gate/discovery.py": ("in_project", "in_folders", "_named"),
    "gate/changes.py": ("_git", "_silent", "_no_revision"),
    "gate/verdict.py": ("_no_line",),
    "../workflow/cli/check_scope.py": ("catalogues", "check_ids", "goals", "_percentages", "_percentage"),
    "../workflow/cli/check_exemptions.py": ("_refuse_in_ci", "_known"),
    "../workflow/cli/verdicts.py": ("reports", "keep_from_reports"),
}

# What of these modules says by itself what is wrong on the command line, or what to do about it.
_REMEDIES = {
    "disk.py": ("_REMEDIES", "_unwritable"),
    "engines/apertium_pipe.py": ("REMEDY",),
    "memory/database.py": ("REMEDY",),
    "formats/docx/package.py": ("_AGAIN",),
    "formats/table.py": ("for_path",),
    "memory/postgresql.py": ("_SERVER",),
    "project/toml_table.py": ("_SET_TWICE", "_DECLARED_TWICE", "_NO_DATE", "_UNQUOTED", "_SHALLOW", "meant"),
    "site/templates.py": ("_remedy",),
    "../workflow/store/opening.py": ("_MOVE_IT", "_MAY_NOT"),
    "../workflow/cli/parsing.py": ("CommandParser", "_unknown", "_explained"),
    "../workflow/cli/console.py": ("one_or_more", "up_to_64", "how_many"),
    "../workflow/cli/releases.py": ("_date",),
}
# What is wrong with a setting, which stands before it.
_OF_SETTINGS = {
    "project/engine_routes.py": ("unknown_engine",),
    "project/toml_table.py": ("unknown_language",),
}
# What argparse says by itself; and what a setting should be, in `toml_table`.
_WHOLE = (
    "argument {0}: {1}",
    "the following arguments are required: {0}",
    "one of the arguments {0} is required",
    "not allowed with argument {0}",
    "expected one argument",
    "expected at least one argument",
    "ignored explicit argument {0}",
    "invalid {0} value: {1}",
    "ambiguous option: {0} could match {1}",
    "a text",
    "true or false",
    "a whole number",
    "a list",
    "a table",
)
# Modules whose errors only those meet who write rules of segmentation, or programs.
_FOR_EXPERTS = {"icu.py", "icu_reader.py", "srx.py", "openai.py", "registry.py", "build.py"}
_ERRORS = {name for name in vars(errors) if name.endswith("Error")} | {
    "EngineMissing",
    "EngineFailed",
    "ArgumentTypeError",
}
_COMMAND = re.compile(r"(?:l10n|git|pip) ")

Text = tuple[str, str]
"""A text in English, and its plural or ""."""


def catalogue_path(locale: str) -> Path:
    """Where the interface's catalogue of a language lies."""
    return ROOT / "locales" / locale / "LC_MESSAGES" / "passerelle.po"


def asked_for(locale: str) -> list[Text]:
    """What a language has to have: the site's texts, and the desk's where the desk speaks it."""
    texts = of_site()
    if locale in INTERFACE_LANGUAGES:
        texts |= of_desk() | of_refusals() | of_reasons() | of_findings() | of_linter() | of_codes()
        texts |= of_gate() | of_unreadable_files() | of_explanations() | of_errors()
    return sorted(texts)


def of_site() -> set[Text]:
    """What the site's templates and its code ask for."""
    found = extract_from_dir(
        str(ROOT / "templates" / "site"),
        method_map=[("**.*", "jinja2.ext:babel_extract")],
        keywords=SITE_KEYWORDS,
    )
    texts = ((text,) if isinstance(text, str) else text for _, _, text, _, _ in found)
    return {("Press releases", ""), *((text[0], text[1] if len(text) > 1 else "") for text in texts)}


def of_desk() -> set[Text]:
    """What the desk's templates and modules mark for translation."""
    templates = sorted((ROOT / "templates" / "desk").glob("*.html"))
    modules = (path for folder in ("web", "desk") for path in (ROOT / "workflow" / folder).rglob("*.py"))
    return {text for path in templates for text in _in_template(path)} | {
        (text, "") for path in modules for text in _in_calls(path, {"_"})
    }


def of_refusals() -> set[Text]:
    """What people are refused with at the desk, and what they are told to do about it."""
    workflow = ROOT / "workflow"
    modules = [workflow / "people.py", workflow / "states.py", ROOT / "l10n" / "project" / "moments.py"]
    modules += [path for folder in ("web", "desk") for path in (workflow / folder).rglob("*.py")]
    # What `app.py` says is for whoever starts the desk.
    found = [path for path in modules if path != workflow / "web" / "app.py"]
    return {(text, "") for path in found for text in _in_calls(path, {"Refused", "UsageError"}, first=1)}


def of_reasons() -> set[Text]:
    """Why a segment needs a full or a light review."""
    tables = {*review_routing._FLAGS.values(), *review_routing._HINTS.values(), review_routing._SLIP}  # noqa: SLF001 - the tables
    told = _in_calls(Path(review_routing.__file__), {"Reason"}, first=1)
    return {(text, "") for text in (*tables, *told)}


def of_findings() -> set[Text]:
    """What the checks say of the pairs in their tables."""
    texts = set()
    for _, locales, source, target, _ in table_rows():
        one, other = locales.split()
        found = check_pair(source, target, source_locale=one, target_locale=other, glossary=GLOSSARY)
        texts.update((finding.template, "") for finding in found)
    return texts


def of_linter() -> set[Text]:
    """What the linter says of a site: its texts in code, with a numbered hole for each value."""
    modules = (ROOT / "l10n" / "site" / "lint").glob("*.py")
    found = (text for path in modules if path.stem not in _NO_FAULTS for text in _phrases(path))
    return {(text, "") for text in found}


def of_gate() -> set[Text]:
    """What the gate says by its own rules, and in its summaries."""
    modules = [*(ROOT / "l10n" / "gate").glob("*.py"), *(ROOT / "workflow" / "cli").glob("*.py")]
    said = {text for path in modules for text in _in_calls(path, {"worded"}, first=1)}
    parts = (*_of_parts(_TABLES), *_of_parts(_REFUSALS))
    found = {(text, "") for text in (*goals.NUMBERS[1:], *parts, *said)}
    return found | {text for path in modules for text in _counted(path)}


def of_unreadable_files() -> set[Text]:
    """Why a catalogue cannot be read, with a numbered hole for each value, and what to do about it."""
    found = set(_of_parts(_READERS))
    # The system's own words are English where nobody sets its locale, as here.
    found |= {os.strerror(number) for number in disk._UNREAD}  # noqa: SLF001 - the table
    return {(text, "") for text in found}


def of_errors() -> set[Text]:
    """What commands refuse, and what they say to do about it, with a numbered hole for each value."""
    folders = [ROOT / "l10n", *(ROOT / "workflow" / name for name in ("cli", "git", "jobs", "store"))]
    modules = [path for folder in folders for path in folder.rglob("*.py")]
    modules += [*(ROOT / "workflow").glob("*.py"), ROOT / "workflow" / "web" / "app.py"]
    found = {text for path in modules if path.name not in _FOR_EXPERTS for text in _in_errors(path)}
    found |= {_behind_its_name(text) for text in _of_parts(_OF_SETTINGS)}
    return {(text, "") for text in _WHOLE} | {
        (text, "") for text in {*found, *_of_parts(_REMEDIES)} if _is_prose(text)
    }


def of_explanations() -> set[Text]:
    """What `--explain` says of the checks and of the rules of gate and linter, with the words around it."""
    asked: set[Text] = set()

    def heard(text: str) -> str:
        asked.add((text, ""))
        return text

    for name in (*checks.names(), *gate.RULES):
        gate.explain(name, heard)
    for rule in lint.RULES:
        lint.explain(rule, heard)
    return asked


def of_codes() -> set[Text]:
    """What a code is called."""
    document = formats.extract(_CODES, path="source.md", locale="en")
    labels = {code.label for _, segment in document.segments() for code in segment.codes}
    labels |= {*elements.LABELS.values(), *elements.LOCKED.values(), PAGE_BREAK, OWN_NAME}
    return {(label, "") for label in labels}


def untranslated(locale: str, texts: Iterable[Text]) -> list[str]:
    """Those of the texts that a language's catalogue lacks, or has without a translation."""
    translated = {entry.msgid for entry in polib.pofile(str(catalogue_path(locale))).translated_entries()}
    return sorted(one for one, _ in texts if one not in translated)


def with_new(catalogue: str, texts: Iterable[Text]) -> str:
    """A catalogue with an empty entry at its end for every text it lacks; the rest of it stays as it is."""
    file = polib.pofile(catalogue)
    known = {entry.msgid for entry in file}
    forms = int(re.findall(r"nplurals=(\d+)", file.metadata["Plural-Forms"])[0])
    new = {text[0]: _entry(text, forms) for text in texts if text[0] not in known}
    return "\n".join((f"{catalogue.rstrip()}\n", *(f"{entry}\n" for entry in new.values())))


def _entry(text: Text, forms: int) -> str:
    one, many = text
    flags = [name for name, value in _FORMATS.items() if value.search(one)]
    plural = dict.fromkeys(range(forms), "") if many else {}
    entry = polib.POEntry(msgid=one, msgid_plural=many, msgstr_plural=plural, flags=flags)
    return entry.__unicode__(wrapwidth=0).strip("\n")


def _in_template(path: Path) -> Iterator[Text]:
    for call in environment().parse(path.read_text("utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in {"_", "gettext", "ngettext"}:
            texts = [one.value for one in call.args if isinstance(one, nodes.Const)]
            if texts:
                yield texts[0], texts[1] if call.node.name == "ngettext" else ""


def _phrases(path: Path, *names: str) -> Iterator[str]:
    """The texts of a module that have words with a blank between, without what documents it.

    With names, only in what the module calls by them. Raises LookupError for a name that it lacks.
    """
    tree = ast.parse(path.read_text("utf-8"))
    if names:
        tree.body = [node for node in tree.body if _names(node) & set(names)]
        if lacking := set(names).difference(*map(_names, tree.body)):
            raise LookupError(f"{path} has no {', '.join(sorted(lacking))}")
    patterns = (call for call in ast.walk(tree) if isinstance(call, ast.Call) and _compiles(call))
    silent = {id(inside) for call in patterns for inside in ast.walk(call)}
    silent |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    silent |= {
        id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in silent:
            text = _with_holes(node)
            if re.search(r"[a-z]{2}", text) and " " in text.strip():
                yield text


def _of_parts(parts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The texts in the named parts of modules."""
    return (text for name, names in parts.items() for text in _phrases(ROOT / "l10n" / name, *names))


def _names(node: ast.stmt) -> set[str]:
    """What a statement of a module defines."""
    if isinstance(node, ast.Assign):
        return set(map(ast.unparse, node.targets))
    return {node.name} if isinstance(node, ast.FunctionDef | ast.ClassDef) else set()


def _compiles(call: ast.Call) -> bool:
    """Whether a call makes a pattern or a list of names."""
    return ast.unparse(call.func) in {"re.compile", "names", "re.findall"}


def _with_holes(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    counted = iter(range(len(node.values)))
    return "".join(
        str(piece.value) if isinstance(piece, ast.Constant) else f"{{{next(counted)}}}"
        for piece in node.values
    )


def _in_calls(path: Path, names: set[str], first: int | None = None) -> Iterator[str]:
    """The texts among the arguments of calls, of all or the ``first`` ones and those with a name."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names:
            values = (*call.args[:first], *(one.value for one in call.keywords))
            yield from (
                one.value for one in values if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )


def _in_errors(path: Path) -> Iterator[str]:
    """The messages and the remedies of the errors that a module makes."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        name = ast.unparse(call.func).rpartition(".")[2] if isinstance(call, ast.Call) else ""
        if not isinstance(call, ast.Call) or name not in _ERRORS | {"wrong"}:
            continue
        remedies = [one.value for one in call.keywords if one.arg == "remedy"]
        if name == "wrong":
            # The name of the setting stands before what is wrong with it.
            yield from (_behind_its_name(text) for value in call.args[1:2] for text in _choices(value))
            remedies += call.args[2:3]
        else:
            yield from (text for value in call.args[:1] for text in _choices(value))
        yield from (text for value in remedies for text in _choices(value))


def _choices(value: ast.expr) -> list[str]:
    """The texts that an expression may be."""
    if isinstance(value, ast.IfExp):
        return [*_choices(value.body), *_choices(value.orelse)]
    return [_with_holes(value)] if isinstance(value, ast.Constant | ast.JoinedStr) else []


def _behind_its_name(text: str) -> str:
    """What is wrong with a setting behind a hole for its name; a remedy, which is a sentence, stays."""
    if text[:1].isupper() or text.startswith("{"):
        return text
    return "{0} " + re.sub(r"\{(\d+)\}", lambda hole: f"{{{int(hole[1]) + 1}}}", text)


def _is_prose(text: str) -> bool:
    """Whether a text has words to translate, and is no command to type."""
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\d+\}", " ", text))
    return len(words) > 1 - text.endswith(".") and not (_COMMAND.match(text) and not text.endswith("."))


def _counted(path: Path) -> Iterator[Text]:
    """What a module says of one thing, and of several."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "worded_count":
            one, many = (str(ast.literal_eval(text)) for text in call.args[:2])
            yield one, many


def main() -> int:
    """Add to every catalogue what it lacks; 1 when something has no translation."""
    left = 0
    for path in sorted((ROOT / "locales").glob("*/LC_MESSAGES/passerelle.po")):
        locale = path.parent.parent.name
        texts = asked_for(locale)
        before = path.read_text("utf-8")
        if (after := with_new(before, texts)) != before:
            path.write_text(after, "utf-8")
        for text in untranslated(locale, texts):
            left += 1
            print(f"{path.relative_to(ROOT)}: no translation of {text!r}")  # noqa: T201 - a program's answer
    return int(left > 0)


if __name__ == "__main__":
    sys.exit(main())
