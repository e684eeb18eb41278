"""The register of issue codes: each code belongs to one topic file and has one severity.

`make_issue` is the only way in which rooms build an `Issue`: an unregistered code crashes at once.
The sentences (title, reason, advice) are in `wording/catalogues/<language>/issues_*.toml` under the same code.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from secondcount.model.codes import (
    archive,
    archive_record,
    board,
    claim,
    definition,
    deployment,
    desk,
    evidence,
    image,
    law,
    practice,
    receiving,
    reported,
    sheet,
    table,
    transcription,
    usage,
    verification,
    witness,
)
from secondcount.model.issue import Issue, Severity, Value, Where

__all__ = ["CODES", "make_issue"]

CODES: Mapping[str, Severity] = MappingProxyType(
    {
        code: severity
        for topic in (
            definition,
            table,
            reported,
            sheet,
            law,
            claim,
            usage,
            evidence,
            verification,
            archive,
            archive_record,
            deployment,
            witness,
            image,
            desk,
            receiving,
            transcription,
            board,
            practice,
        )
        for code, severity in topic.CODES.items()
    }
)


def make_issue(code: str, where: Where | None = None, *, basis: tuple[str, ...] = (), **values: Value) -> Issue:
    """Return an `Issue` with the severity that its code is registered with.

    Raises:
        KeyError: the code is not registered (a bug of the caller).

    """
    return Issue(
        code=code,
        severity=CODES[code],
        where=where or Where(),
        values=tuple(values.items()),
        basis=basis,
    )
