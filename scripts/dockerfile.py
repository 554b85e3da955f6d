"""What a Dockerfile says, stage by stage, for those who check it or walk its steps."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_VARIABLE = re.compile(r"\$\{(\w+)\}|\$(\w+)")


@dataclass(frozen=True)
class Instruction:
    """`word` in capitals; `flags` are its `--name=value`; `text` is what follows."""

    word: str
    text: str
    flags: Mapping[str, str] = field(default_factory=dict)

    @property
    def argv(self) -> list[str]:
        """Its arguments, of the exec form or of words; for RUN, the shell and it."""
        if self.is_exec:
            return [str(word) for word in json.loads(self.text)]
        return ["/bin/sh", "-c", self.text] if self.word == "RUN" else self.words

    @property
    def words(self) -> list[str]:
        return shlex.split(self.text)

    @property
    def is_exec(self) -> bool:
        return self.text.startswith("[")

    @property
    def pairs(self) -> dict[str, str]:
        """`name=value` words, as ENV, ARG and LABEL have them; a bare name has ''."""
        return {
            name: value for name, _, value in (w.partition("=") for w in self.words)
        }


@dataclass(frozen=True)
class Stage:
    name: str
    base: str
    instructions: tuple[Instruction, ...]

    def all(self, word: str) -> list[Instruction]:
        return [one for one in self.instructions if one.word == word]

    def last(self, word: str) -> Instruction:
        return self.all(word)[-1]


@dataclass(frozen=True)
class Dockerfile:
    """`arguments` are those before the first stage, with their defaults."""

    arguments: Mapping[str, str]
    stages: tuple[Stage, ...]

    @property
    def image(self) -> Stage:
        """The stage that is shipped."""
        return self.stages[-1]

    def stage(self, name: str) -> Stage:
        (found,) = [stage for stage in self.stages if stage.name == name]
        return found

    def base_of(self, stage: Stage) -> str:
        return filled_in(stage.base, self.arguments)


def read(text: str) -> Dockerfile:
    """The stages of a Dockerfile that is written as ours is (no heredocs, no ONBUILD).

    Raises:
        ValueError: a stage without a name, or an instruction outside of any.
    """
    arguments: dict[str, str] = {}
    stages: list[Stage] = []
    for one in _instructions(text):
        if one.word == "FROM":
            stages.append(_stage(one))
        elif stages:
            last = stages.pop()
            steps = (*last.instructions, one)
            stages.append(Stage(last.name, last.base, steps))
        elif one.word == "ARG":
            arguments |= one.pairs
        else:
            raise ValueError(f"{one.word} stands before the first FROM")
    return Dockerfile(arguments, tuple(stages))


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """`text` with `$NAME` and `${NAME}` replaced; unknown names are empty."""
    return _VARIABLE.sub(lambda found: values.get(found[1] or found[2], ""), text)


def _stage(one: Instruction) -> Stage:
    match one.words:
        case [base, word, name] if word.upper() == "AS":
            return Stage(name, base, ())
    raise ValueError(f"a stage without a name: FROM {one.text}")


def _instructions(text: str) -> Iterator[Instruction]:
    """Those of the text, with continued lines put together and comments left out."""
    kept = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n\s*", "", "\n".join(kept)).splitlines():
        if not line.strip():
            continue
        word, _, rest = line.strip().partition(" ")
        flags, rest = _flags(rest.strip())
        yield Instruction(word.upper(), rest, flags)


def _flags(rest: str) -> tuple[dict[str, str], str]:
    flags = {}
    while found := re.match(r"--([\w-]+)=(\S+)\s+", rest):
        flags[found[1]] = found[2]
        rest = rest[found.end() :]
    return flags, rest
