"""Step 4, time: timestamps of an authority (RFC 3161) are of this checkpoint, or of an earlier one of this log."""

from __future__ import annotations

from secondcount.errors import InputError, VerificationError
from secondcount.evidence.checkpoint import parse_checkpoint
from secondcount.evidence.digest import sha256_hex
from secondcount.evidence.note import split_note
from secondcount.evidence.timestamp import parse_roots, verify_timestamp
from secondcount.evidence.verify.case import Case, Finding

__all__ = ["check_times"]

FOLDER, TOKEN, STAMPED = "timestamp/", ".tsr", ".checkpoint"


def check_times(case: Case) -> Finding:
    """Verify every timestamp against the text it should be of, and the authority where certificates are given."""
    finding = Finding()
    tokens = [path for path in case.manifest.files if path.endswith(TOKEN)]
    if not tokens:
        finding.leave("V490")
        finding.nothing = True
        return finding
    roots = parse_roots(case.options.roots) if case.options.roots else ()
    if not roots:
        finding.leave("V491", count=len(tokens))
        finding.nothing = True
    for path in tokens:
        try:
            text = _text_of(case, path.removeprefix(FOLDER).removesuffix(TOKEN))
            if roots:
                moment = verify_timestamp(case.store.load(path), text, roots)
                size = parse_checkpoint(text).size
                finding.establish("stamped", time=moment.isoformat().replace("+00:00", "Z"), size=size)
        except VerificationError as error:
            finding.take(error, path)
    return finding


def _text_of(case: Case, digest: str) -> bytes:
    """Return the text of the checkpoint that a timestamp names; remember an earlier one for the tree step."""
    now = split_note(case.note)[0]
    if sha256_hex(now) == digest:
        return now
    path = f"{FOLDER}{digest}{STAMPED}"
    try:
        text = split_note(case.store.load(path))[0]
    except InputError:
        raise VerificationError("V480", path=path) from None
    earlier = parse_checkpoint(text)
    if sha256_hex(text) != digest or earlier.origin != case.checkpoint.origin or earlier.size > case.size:
        raise VerificationError("V481", path=path)
    case.stamped.append((path, earlier))
    return text
