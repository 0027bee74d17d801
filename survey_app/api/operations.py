"""What the API can do: each operation is declared once, for routes and description."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Required, TypedDict, Unpack

from flask import g, request
from flask.typing import ResponseReturnValue

from survey_app.api.asking import read_body, read_query
from survey_app.api.models import ApiKey
from survey_app.api.scopes import Scope
from survey_app.web.problems import ProblemError

View = Callable[..., ResponseReturnValue]
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back: a schema of the description, or a file, or nothing."""

    status: int
    words: str
    schema: str | None = None
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something in the address or a header; ``place`` is query, path or header."""

    name: str
    words: str
    schema: Schema
    place: str = "query"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    method: str
    path: str
    name: str
    words: str
    scope: Scope | None
    answer: Answer
    view: View
    parameters: tuple[Parameter, ...] = ()
    body: str | None = None
    refusals: tuple[int, ...] = field(default=())

    def placed(self, place: str) -> dict[str, Schema]:
        return {one.name: one.schema for one in self.parameters if one.place == place}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that was let in and read: what it says has the declared shape."""

    key: ApiKey
    query: Mapping[str, Any]
    body: Any


class Declared(TypedDict, total=False):
    answer: Required[Answer]
    parameters: tuple[Parameter, ...]
    body: str
    refusals: tuple[int, ...]


OPERATIONS: dict[str, Operation] = {}


def operation(
    method: str, path: str, words: str, *, scope: Scope, **declared: Unpack[Declared]
) -> Callable[[Callable[..., ResponseReturnValue]], View]:
    """Declare what an address does, who may ask it and what it reads and answers."""

    def declare(answer_it: Callable[..., ResponseReturnValue]) -> View:
        name = answer_it.__name__

        @wraps(answer_it)
        def view(**gaps: str | int) -> ResponseReturnValue:
            return answer_it(_let_in(OPERATIONS[name]), **gaps)

        OPERATIONS[name] = Operation(
            method=method,
            path=path,
            name=name,
            words=words,
            scope=scope,
            view=view,
            **declared,
        )
        return view

    return declare


def _let_in(asked_for: Operation) -> Asked:
    """Whether the key opens it first; what was sent is not looked at before that."""
    key: ApiKey = g.api_key
    if asked_for.scope not in key.scopes:
        challenge = {
            "WWW-Authenticate": 'Bearer error="insufficient_scope",'
            f' scope="{asked_for.scope}"'
        }
        raise ProblemError(403, headers=challenge)
    return Asked(
        key=key,
        query=read_query(request.args, asked_for.placed("query")),
        body=None if asked_for.body is None else read_body(request, asked_for.body),
    )
