"""The ledger and a git repository agree: catalogues are committed with who decided what, and merged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from l10n import catalogue as po
from l10n import disk, project
from l10n.errors import CatalogueError, InputError, UsageError
from l10n.model import Entry, Key
from l10n.project import Release
from workflow import external_edits, git
from workflow.git import Repository
from workflow.ledger import Ledger
from workflow.states import RULES
from workflow.store import Person, Store

_MARKER = re.compile(rb"^(?:<<<<<<< |>>>>>>> )", re.MULTILINE)
_MAIL = re.compile(r"[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+")
_UNNAMED = re.compile(r"[<>\x00-\x1f\x7f-\x9f\u2028\u2029]")
_TRIES = 3


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """What somebody wants of a sync; ``message`` is the first line of a commit, "" for ours."""

    pull: bool = False
    push: bool = False
    message: str = ""
    accept: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A catalogue that is not committed: how many segments, and how many decisions by whom."""

    release: str
    locale: str
    segments: int
    by: Mapping[str, int]


def sync(ledger: Ledger, options: SyncOptions, tell: Callable[[str], None]) -> bool:
    """Commit what the project owns and, when asked to, bring in and push; False when a remote refuses.

    ``tell`` is given a line for each thing done.  Raises UsageError when the repository is in the
    middle of something, InputError for conflict markers, GitFailed when git cannot do its part;
    each time everything that was decided is in the ledger, in its catalogue or in a commit.
    """
    repository = git.repository(ledger.project.root)
    check(ledger, repository)
    if lacks := git.missing(ledger.project.root):
        tell(f"{lacks}: run l10n init --git")
    ledger.settle(accept=options.accept)
    _commit(ledger, repository, options.message, tell)
    if not (options.pull or options.push):
        return True
    remote = repository.remote()
    for attempt in range(_TRIES):
        if options.pull:
            _pull(ledger, repository, remote, options.message, tell)
        if not options.push or _pushed(
            repository, remote, tell, last=not options.pull or attempt + 1 == _TRIES
        ):
            return True
        if not options.pull:
            return False
    return False


def check(ledger: Ledger, repository: Repository) -> None:
    """Raises UsageError or InputError for what has to be put in order by a person first."""
    root = ledger.project.root
    if not repository.branch:
        raise UsageError(
            "HEAD is detached, no branch would keep the commit", path=root, remedy="git switch BRANCH"
        )
    if files := repository.conflicts():
        raise UsageError(
            f"there are conflicts in {', '.join(files)}",
            path=root,
            remedy="Solve them and git add the files, or give up the merge.",
        )
    if unfinished := repository.unfinished():
        raise UsageError(f"{unfinished} is not finished", path=root, remedy="Finish it, or give it up.")
    owned = _owned(ledger)
    changes = repository.changes()
    if staged := [
        change.path for change in changes if change.staged not in " ?!" and change.path not in owned
    ]:
        raise UsageError(
            f"other changes are staged: {', '.join(staged[:5])}{' …' if len(staged) > 5 else ''}",
            path=root,
            remedy="Commit them first, or take them out with git restore --staged.",
        )
    for change in changes:
        if change.path in owned:
            _refuse_markers(root / change.path)


def _refuse_markers(path: Path) -> None:
    data = disk.read(path) if path.is_file() else b""
    if marker := _MARKER.search(data):
        raise InputError(
            "there are conflict markers",
            path=path,
            line=data[: marker.start()].count(b"\n") + 1,
            remedy="Decide between the two texts and take the markers out.",
        )


def _owned(ledger: Ledger) -> Mapping[str, tuple[Release, str] | None]:
    """The files that a sync commits, each with its release and language; the glossary's have none."""
    root = ledger.project.root
    terms = project.glossary_paths(ledger.project)
    owned: dict[str, tuple[Release, str] | None] = {path.relative_to(root).as_posix(): None for path in terms}
    for release in project.releases(ledger.project):
        for locale in release.locales:
            for path in (
                project.catalogue_path(ledger.project, release, locale),
                project.segmentation_path(release, locale),
            ):
                owned[path.relative_to(root).as_posix()] = (release, locale)
    return owned


def _commit(ledger: Ledger, repository: Repository, message: str, tell: Callable[[str], None]) -> None:
    owned = _owned(ledger)
    paths = [change.path for change in repository.changes() if change.path in owned]
    if not paths:
        tell("nothing to commit")
        return
    places = {path: place for path in paths if (place := owned[path])}
    changed = [
        catalogue
        for path, place in places.items()
        if (catalogue := _changed(ledger, repository, path, *place))
    ]
    message = message if places or message.strip() else "The glossary"
    deciders = _deciders_of(changed, ledger.store)
    author = _signature(deciders[0]) if deciders else ""
    name = repository.commit(paths, _message(message, changed, deciders[1:]), author=author)
    if ledger.watch:
        ledger.watch.remember()
    tell(f"{name}: {len(paths)} files, {_segments(sum(catalogue.segments for catalogue in changed))}")


def _pull(
    ledger: Ledger, repository: Repository, remote: str, message: str, tell: Callable[[str], None]
) -> None:
    """Merge what a remote has while nobody decides, and make decisions of what came in."""
    ref = repository.fetch(remote)
    if not ref or not repository.lacks(ref):
        tell(f"{remote} has {'nothing new' if ref else f'no branch {repository.branch} yet'}")
        return
    output = ledger.run_exclusively(
        lambda: repository.merge(ref),
        prepare=lambda: _commit(ledger, repository, message, lambda _: None),
    )
    tell("\n  ".join((f"merged {ref.removeprefix('refs/remotes/')}", *output.splitlines())))
    _commit(ledger, repository, message, lambda _: None)


def _pushed(repository: Repository, remote: str, tell: Callable[[str], None], *, last: bool) -> bool:
    refused = repository.push(remote)
    if not refused:
        tell(f"pushed {repository.branch} to {remote}")
    elif last:
        tell(f"{remote} refused: {refused}\n  If it has commits you do not have: l10n sync --pull --push.")
    return not refused


def _changed(
    ledger: Ledger, repository: Repository, path: str, release: Release, locale: str
) -> Changed | None:
    """What was decided in a catalogue since it was committed; None for another file."""
    if not path.endswith(".po"):
        return None
    before = {entry.key: entry for entry in _committed(repository, path)}
    now = project.read_catalogue(ledger.project, release, locale)
    changed = [
        entry
        for entry in (now.entries if now else ())
        if _plain(entry) != _plain(before.get(entry.key, Entry(entry.source, context=entry.context)))
    ]
    by: Counter[str] = Counter()
    for entry in changed:
        by.update(_deciders(ledger, release, locale, entry.key, before.get(entry.key)))
    return Changed(release.id, locale, len(changed), by)


def _plain(entry: Entry) -> Entry:
    return replace(entry, line=0, base="", notes=())


def _committed(repository: Repository, path: str) -> tuple[Entry, ...]:
    """The entries of a catalogue as HEAD has it; none where it cannot be read."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "committed.po"
        copy.write_bytes(repository.committed(path))
        try:
            return po.read(copy).entries
        except CatalogueError:
            return ()


def _deciders(
    ledger: Ledger, release: Release, locale: str, key: Key, committed: Entry | None
) -> Iterator[str]:
    """Who decided a segment since it was committed."""
    committed_fields = external_edits.provenance_fields(committed) if committed and committed.target else None
    for decision in reversed(ledger.store.history(release.id, locale, key)):
        if external_edits.provenance_fields(decision) == committed_fields:
            return
        if decision.actor and RULES[decision.action].role:
            yield decision.actor


def _deciders_of(changed: Iterable[Changed], store: Store) -> list[Person]:
    """Everybody who decided something and whose name is known, who decided most first."""
    decisions: Counter[str] = Counter()
    for catalogue in changed:
        decisions.update(catalogue.by)
    people = {person.id: person for person in store.people()}
    order = sorted(decisions, key=lambda person: (-decisions[person], person))
    return [people[person] for person in order if person in people]


def _message(message: str, changed: Sequence[Changed], others: Iterable[Person]) -> str:
    """What a commit says: one line, a line for each catalogue, and who else worked on it."""
    releases = sorted({catalogue.release for catalogue in changed})
    names = ", ".join(releases[:3]) + (" …" if len(releases) > 3 else "")
    subject = message.strip() or (f"Translations: {names}" if names else "How releases are cut")
    body = "\n".join(
        f"{catalogue.release} {catalogue.locale}: {_segments(catalogue.segments)}" for catalogue in changed
    )
    trailers = "\n".join(f"Co-authored-by: {_signature(person)}" for person in others)
    return "\n\n".join(part for part in (subject, body, trailers) if part)


def _signature(person: Person) -> str:
    """A person as git names them; an address only where the login is one."""
    name = " ".join(_UNNAMED.sub(" ", person.name).split()) or person.id
    mail = person.login if _MAIL.fullmatch(person.login) else f"{person.id}@users.noreply.invalid"
    return f"{name} <{mail}>"


def _segments(number: int) -> str:
    return f"{number} segment{'' if number == 1 else 's'}"
