"""The site's templates; a project may replace each of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
)
from markupsafe import Markup, escape

from l10n import disk, resources
from l10n.errors import ConfigError
from l10n.project import Project
from l10n.site import page_body, precompile

# What neither XML nor a page may carry.
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
# What a template compiles to depends on how the environment is set up, too, which this numbers.
_COMPILED = "site-2-%s"
_NO_CHARACTERS = "\ufffe\uffff"
# What a template may do wrong: its syntax, its names, its encoding, or an operation in it.
_MISTAKES = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)


def environment(project: Project) -> Environment:
    """Templates of the project's own ``templates/site/`` first, then those that ship.

    What they compile to is kept in the project's private folder, by their content, where there is one.
    """
    folders = dict.fromkeys((_own_folder(project), _shipped_folder()))
    env = Environment(
        bytecode_cache=_compiled(project),
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=precompile.written,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["isolated"] = _isolated
    return env


def without_use(project: Project) -> dict[str, str]:
    """Files among a project's own templates that take no other's place and that none of them names.

    Each with the one of ours that may be meant, "" where no name is near.
    """
    from difflib import get_close_matches  # noqa: PLC0415  slow, and only for a mistake

    own, shipped = _own_folder(project), {path.name for path in _shipped_folder().iterdir()}
    if own == _shipped_folder() or not own.is_dir():
        return {}
    texts = {path.name: disk.read(path) for path in sorted(own.iterdir()) if path.is_file()}
    return {
        name: next(iter(get_close_matches(name, sorted(shipped), 1)), "")
        for name in texts.keys() - shipped
        if not any(name.encode() in text for other, text in texts.items() if other != name)
    }


def _own_folder(project: Project) -> Path:
    return project.root / "templates" / "site"


def _shipped_folder() -> Path:
    return resources.folder("templates") / "site"


def _isolated(words: str, locale: str) -> Markup:
    """HTML, or a text that becomes it, with its phone numbers in order."""
    return Markup(page_body.isolated(str(escape(words)), locale))  # noqa: S704 - escaped, as its template wrote it


def _compiled(project: Project) -> FileSystemBytecodeCache | None:
    folder = project.state / "templates"
    if not os.access(project.state, os.W_OK):
        return None
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder), _COMPILED) if os.access(folder, os.W_OK) else None


def render(env: Environment, name: str, **values: object) -> bytes:
    """A template filled in, as UTF-8.

    Raises ConfigError, with file and line, for a mistake in a project's own template.
    """
    return encoded(text(env, name, values))


def text(env: Environment, name: str, values: Mapping[str, object]) -> str:
    """A template filled in.  Raises what ``render`` raises."""
    try:
        return env.get_template(name).render(values)
    except _MISTAKES as error:
        raise _wrong(env, name, error) from error


def encoded(text: str) -> bytes:
    """A text as UTF-8, without what no page may carry."""
    for sign in _NO_CHARACTERS:
        if sign in text:
            text = text.replace(sign, "")
    return text.encode().translate(None, _CONTROLS)


def source(env: Environment, name: str) -> bytes:
    """A file among the templates, as it is.  Raises ConfigError when it is not UTF-8."""
    if env.loader is None:
        return b""
    try:
        return env.loader.get_source(env, name)[0].encode()
    except _MISTAKES as error:
        raise _wrong(env, name, error) from error


def _wrong(env: Environment, name: str, error: Exception) -> ConfigError:
    place, line = _where(error.__traceback__)
    if isinstance(error, TemplateNotFound):
        asked = str(error)
        return ConfigError(
            f"there is no template {asked!r}",
            path=place or name,
            line=line,
            remedy=f"Ours are {', '.join(_known(env))}.",
        )
    path = getattr(error, "filename", None) or place or _file(env, name)
    return ConfigError(
        f"the template cannot be filled in: {_said(error)}",
        path=path,
        line=getattr(error, "lineno", 0) or line,
        remedy=_remedy(env, Path(path)),
    )


def _said(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"nothing gives a value for {error}"
    return "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)


def _remedy(env: Environment, path: Path) -> str:
    """What to do; a template of ours fails only by what the project put in the place of another."""
    own = [folder for folder in _folders(env)[:-1] if folder.is_dir()]
    if path.is_relative_to(_folders(env)[-1]) and own:
        replaced = sorted(file.name for folder in own for file in folder.iterdir() if file.is_file())
        return (
            f"It is ours, and uses one of the project's: compare {', '.join(replaced)} with those that ship."
        )
    return "Compare it with the one that ships, or remove it to use that one."


def _folders(env: Environment) -> list[Path]:
    """Where templates are looked for, in order: the project's folder, if it is another, then ours."""
    loaders = env.loader.loaders if isinstance(env.loader, ChoiceLoader) else ()
    return [
        Path(place)
        for loader in loaders
        if isinstance(loader, FileSystemLoader)
        for place in loader.searchpath
    ]


def _known(env: Environment) -> list[str]:
    return sorted(file.name for file in _folders(env)[-1].glob("*.html"))


def _file(env: Environment, name: str) -> str:
    """The file of a template that could not be read."""
    return next((str(folder / name) for folder in _folders(env) if (folder / name).is_file()), name)


def _where(trace: TracebackType | None) -> tuple[str, int]:
    """The template and line an error was raised from, as Jinja2 writes them into the traceback."""
    place = ("", 0)
    for frame, line in walk_tb(trace):
        name = frame.f_code.co_filename
        if Path(name).suffix in {".html", ".xml"}:
            place = (name, line)
    return place
