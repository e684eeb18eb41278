"""The kinds of entry: frozen types, canonical bytes, and what must hold in each.

An entry is a fact that was written once, in at most 65,535 bytes of canonical JSON. It holds no free text and
no names: words of vocabularies, ids, digests, numbers, and times of facts (never the clock of the machine that
writes), so that two machines make the same bytes of the same facts. Nothing is edited: a correction is another entry.
"""

from secondcount.evidence.entries.codec import (
    LARGEST_ENTRY,
    encode_entries,
    encode_entry,
    parse_entries,
    parse_entry,
)
from secondcount.evidence.entries.copies import Adjudication, Copy, Custody, Provenance, Reading, Sheet
from secondcount.evidence.entries.crossing import verify_sheet
from secondcount.evidence.entries.fields import Basis, Blob, Entry, File
from secondcount.evidence.entries.founding import Commitment, Deployment, Draw, Election, Key, Plan, Stations
from secondcount.evidence.entries.kinds import KINDS, AnyEntry, UnknownEntry, kind_of
from secondcount.evidence.entries.letters import public_name
from secondcount.evidence.entries.naming import public_blobs, references
from secondcount.evidence.entries.observed import Eligibility, Incident, Observation
from secondcount.evidence.entries.opening import SALT_BYTES, committed_digest, open_commitment, salted_digest
from secondcount.evidence.entries.published import Outcome, Publication, Reply
from secondcount.evidence.entries.verdicts import Correction, Override, Verdict, Withdrawal

__all__ = [
    "KINDS",
    "LARGEST_ENTRY",
    "SALT_BYTES",
    "Adjudication",
    "AnyEntry",
    "Basis",
    "Blob",
    "Commitment",
    "Copy",
    "Correction",
    "Custody",
    "Deployment",
    "Draw",
    "Election",
    "Eligibility",
    "Entry",
    "File",
    "Incident",
    "Key",
    "Observation",
    "Outcome",
    "Override",
    "Plan",
    "Provenance",
    "Publication",
    "Reading",
    "Reply",
    "Sheet",
    "Stations",
    "UnknownEntry",
    "Verdict",
    "Withdrawal",
    "committed_digest",
    "encode_entries",
    "encode_entry",
    "kind_of",
    "open_commitment",
    "parse_entries",
    "parse_entry",
    "public_blobs",
    "public_name",
    "references",
    "salted_digest",
    "verify_sheet",
]
