"""Policies: who is trusted, and how many must have cosigned (c2sp.org/tlog-policy)."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from noting import LOG, OTHER, fixed_key, refusal_of
from secondcount.evidence.note import Algorithm, make_verifier
from secondcount.evidence.policy import Party, Policy, make_policy, parse_policy

KEYS = {
    name: fixed_key(f"{name.lower()}.example", Algorithm.COSIGNATURE).verifier()
    for name in ("X1", "X2", "X3", "Y1", "Y2", "Y3")
}
WITNESSES = "".join(f"witness {name} {key}\n" for name, key in KEYS.items())
# The example of the specification, with keys.
EXAMPLE = f"""
log {LOG.verifier()}

{WITNESSES}
group X-witnesses 2 X1 X2 X3
group Y-witnesses any Y1 Y2 Y3

# of both organisations
\tgroup X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


def subsets() -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(KEYS, count) for count in range(len(KEYS) + 1)))


def test_the_example_of_the_specification_means_what_it_says() -> None:
    """Of all 64 sets of witnesses, those pass that have two X and one Y."""
    policy = parse_policy(EXAMPLE.encode())
    for names in subsets():
        wanted = sum(one[0] == "X" for one in names) >= 2 and any(one[0] == "Y" for one in names)
        assert policy.satisfied(KEYS[one] for one in names) == wanted, names


def test_a_policy_is_read_as_it_is_written() -> None:
    """Encode and parse_policy are each other's inverse, addresses and opaque octets included."""
    policy = parse_policy(EXAMPLE.encode())
    assert parse_policy(policy.encode()) == policy
    odd = f"witness \xe2\x84\xaa\xff {KEYS['X1']} https://w.example/\xff\nquorum none\n".encode("latin-1")
    assert parse_policy(odd).encode() == odd


@pytest.mark.parametrize("threshold", [0, 1, 2, 3])
def test_k_of_n(threshold: int) -> None:
    """make_policy asks for exactly k of its witnesses."""
    parties = [Party(key=KEYS[one], url="https://w.example") for one in ("X1", "X2", "X3")]
    policy = make_policy(LOG.verifier(), parties, threshold)
    assert policy.log_keys == (LOG.verifier(),)
    for count in range(4):
        assert policy.satisfied([one.key for one in parties[:count]]) == (count >= threshold)
    assert policy.missing([parties[0].key]) == ("x2.example", "x3.example")


def test_a_threshold_beyond_the_witnesses_is_no_policy() -> None:
    """Nobody can ask for more witnesses than there are, and pass unseen."""
    assert refusal_of(lambda: make_policy(LOG.verifier(), [Party(key=KEYS["X1"])], 2)) == "V307"


def test_a_log_does_not_witness_itself() -> None:
    """The log's own signature never counts as a cosignature, not even under the same key material."""
    public = LOG.verifier().public
    same = make_verifier("log.example/2027", Algorithm.COSIGNATURE, public)
    policy = make_policy(LOG.verifier(), [Party(key=same)], 1)
    assert not policy.satisfied([LOG.verifier()])
    assert policy.satisfied([same])


def test_strangers_count_for_nothing() -> None:
    """Cosignatures of witnesses that the policy does not name change nothing."""
    policy = make_policy(LOG.verifier(), [Party(key=KEYS["X1"])], 1)
    assert not policy.satisfied([KEYS["Y1"], KEYS["Y2"], OTHER.verifier()])


X1, X2 = f"witness X1 {KEYS['X1']}\n", f"witness X2 {KEYS['X2']}\n"
BAD = {
    "no quorum": (X1, "V310"),
    "empty": ("", "V310"),
    "two quorums": (X1 + "quorum X1\nquorum X1\n", "V311"),
    "control character": ("quorum none\x0b\n", "V301"),
    "delete": ("quorum none\x7f\n", "V301"),
    "carriage return": ("quorum none\r\n", "V301"),
    "unknown word": ("allow all\nquorum none\n", "V302"),
    "log without a key": ("log\nquorum none\n", "V303"),
    "log with three words": (f"log {LOG.verifier()} a b\nquorum none\n", "V303"),
    "witness without a key": ("witness X1\nquorum none\n", "V303"),
    "group without members": (X1 + "group g any\nquorum none\n", "V303"),
    "quorum of two": (X1 + X2 + "quorum X1 X2\n", "V303"),
    "witness twice": (X1 + X2.replace("X2", "X1", 1) + "quorum none\n", "V304"),
    "group named as a witness": (X1 + "group X1 any X1\nquorum none\n", "V304"),
    "member not defined": (X1 + "group g any X1 X2\nquorum g\n", "V305"),
    "group of itself": (X1 + "group g any X1 g\nquorum g\n", "V305"),
    "quorum not defined": (X1 + "quorum X2\n", "V305"),
    "quorum defined later": ("quorum X1\n" + X1, "V305"),
    "none as a member": (X1 + "group g any none\nquorum none\n", "V305"),
    "none as a name": (X1.replace("X1", "none", 1) + "quorum none\n", "V306"),
    "threshold 0": (X1 + "group g 0 X1\nquorum g\n", "V307"),
    "threshold 2 of 1": (X1 + "group g 2 X1\nquorum g\n", "V307"),
    "threshold 01": (X1 + "group g 01 X1\nquorum g\n", "V307"),
    "threshold in words": (X1 + "group g one X1\nquorum g\n", "V307"),
    "member twice": (X1 + X2 + "group g 2 X1 X1\nquorum g\n", "V308"),
    "member of two groups": (X1 + X2 + "group g any X1\ngroup h all X1 X2\nquorum h\n", "V308"),
    "one key under two names": (X1 + X1.replace("X1", "X2", 1) + "quorum none\n", "V309"),
    "one log twice": (f"log {LOG.verifier()}\n" * 2 + "quorum none\n", "V309"),
    "not cut at a line": (X1 + "quorum none", "V313"),
    "witness with a log's key": (f"witness X1 {LOG.verifier()}\nquorum none\n", "V314"),
    "log with a witness's key": (f"log {KEYS['X1']}\nquorum none\n", "V314"),
    "key that is none": ("witness X1 a+b+c\nquorum none\n", "V212"),
    "too large": ("#" * 1_000_001, "V312"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_policy_is_refused_with_its_own_code(name: str) -> None:
    """Each way in which a policy can be wrong has its own message."""
    text, code = BAD[name]
    assert refusal_of(lambda: parse_policy(text.encode())) == code


def test_one_key_under_another_name_is_the_same_key() -> None:
    """tlog-policy: keys are duplicates if they wrap the same public key, whatever they are called."""
    again = make_verifier("x9.example", Algorithm.COSIGNATURE, KEYS["X1"].public)
    assert refusal_of(lambda: parse_policy(f"{X1}witness X9 {again}\nquorum none\n".encode())) == "V309"


def test_the_limits_are_beyond_what_is_recommended() -> None:
    """At least 32 logs, 32 witnesses and 32 groups are read."""
    logs = "".join(f"log {fixed_key(f'l{at}').verifier()}\n" for at in range(32))
    keys = [fixed_key(f"w{at}", Algorithm.COSIGNATURE).verifier() for at in range(32)]
    witnesses = "".join(f"witness w{at} {key}\ngroup g{at} any w{at}\n" for at, key in enumerate(keys))
    policy = parse_policy(f"{logs}{witnesses}quorum g31\n".encode())
    assert (len(policy.logs), len(policy.witnesses), len(policy.groups)) == (32, 32, 32)
    assert policy.satisfied(keys[31:])
    assert not policy.satisfied(keys[:31])


def test_an_empty_policy_trusts_nobody_and_asks_for_nobody() -> None:
    """`quorum none` alone: the log's key is known from elsewhere."""
    assert parse_policy(b"quorum none\n") == Policy()
    assert Policy().satisfied([])
