"""A target with codes is held against its source and becomes text of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from l10n.errors import CodeError
from l10n.inline.notation import Token, tokens
from l10n.inline.runs import CLOSE, LONE, OPEN, TEXT
from l10n.model import Code

_TOLD = 8  # problems of a target that are worth reading one by one


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """What is wrong with the codes of a target; offsets as in Token.

    ``template`` says it in English, with names in braces that stand for ``values``.
    """

    template: str
    start: int = 0
    end: int = 0
    values: tuple[tuple[str, str], ...] = ()

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.template.format_map(dict(self.values))


def code_problems(target: str, codes: Iterable[Code]) -> list[CodeProblem]:
    """How the codes of a target differ from those of its source.

    Order is free; each code must be there exactly once, as the kind it is, well nested.
    """
    if "<" not in target:
        return [_missing(code) for code in codes]
    return _problems(tokens(target), codes)


def _problems(pieces: Iterable[Token], codes: Iterable[Code]) -> list[CodeProblem]:
    codes_by_number = {code.number: code for code in codes}
    problems: list[CodeProblem] = []
    seen: set[int] = set()
    stack: list[Token] = []
    for token in pieces:
        if token.role is TEXT:
            continue
        code = codes_by_number.get(token.number)
        if code is None:
            problem = _problem(
                "{code} is not a code of the source; to mean it as text, write {literal}",
                token,
                literal=f"<\\{token.text[1:]}",
            )
        elif (token.role is LONE) == code.paired:
            problem = _problem("{code} should be {expected}", token, expected=_shown(code))
        elif token.role is CLOSE:
            if stack and stack[-1].number == token.number:
                stack.pop()
                continue
            problem = _problem("{code} closes what is not open here", token)
        elif token.number in seen:
            problem = _problem("{code} stands here twice", token)
        else:
            seen.add(token.number)
            if token.role is OPEN:
                stack.append(token)
            continue
        problems.append(problem)
    problems.extend(_problem("{code} is not closed", token) for token in stack)
    problems.extend(_missing(code) for code in codes_by_number.values() if code.number not in seen)
    return problems


def _problem(template: str, token: Token, **values: str) -> CodeProblem:
    return CodeProblem(template, token.start, token.end, (("code", token.text), *values.items()))


def _missing(code: Code) -> CodeProblem:
    return CodeProblem("{code} is missing", values=(("code", _shown(code)),))


def render_target(target: str, codes: Sequence[Code], write: Callable[[str], str]) -> str:
    """Render a target as text of the file; ``write`` escapes words for the place they are written to.

    Raises CodeError when the codes are not those of the source.
    """
    if not codes and "<" not in target:
        return write(target) if target else ""
    pieces = tokens(target)
    if wrong := _problems(pieces, codes):
        raise CodeError(
            _told(wrong),
            remedy="Keep every code of the source exactly once, closed where it was opened.",
        )
    codes_by_number = {code.number: code for code in codes}
    out: list[str] = []
    for token in pieces:
        if token.role is TEXT:
            out.append(write(token.text))
        elif token.role is CLOSE:
            out.append(codes_by_number[token.number].closing or "")
        else:
            out.append(codes_by_number[token.number].opening)
    return "".join(out)


def _told(problems: Sequence[CodeProblem]) -> str:
    """The first of some problems in words, and how many more there are."""
    first = "; ".join(problem.message for problem in problems[:_TOLD])
    more = len(problems) - _TOLD
    return f"{first}; and {more} more" if more > 0 else first


def notes(codes: Iterable[Code]) -> str:
    """Describe the codes of a source in one line, for translators."""
    return "; ".join(f"{_shown(code)} {code.label}{f' {code.value}' if code.value else ''}" for code in codes)


def _shown(code: Code) -> str:
    return f"<{code.number}>…</{code.number}>" if code.paired else f"<{code.number}/>"
