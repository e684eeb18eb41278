"""Files that have arrived, and the copies of protocols that they are pages of."""

from __future__ import annotations

from django.db import models

from secondcount.web.models.people import Member

__all__ = ["Arrival", "ArrivalState", "PaperCopy"]


class ArrivalState(models.TextChoices):
    """What has become of a file; "safe" is the acknowledgement, before anything of it was decoded."""

    SAFE = "safe"
    READY = "ready"  # decoded, its public picture is an entry: it can be read
    REFUSED = "refused"  # it cannot be decoded; the file is kept, `code` says why
    SAME = "same"  # the same file had arrived before


class PaperCopy(models.Model):
    """One copy of one protocol on paper: station, contest, copy, version; its pages are arrivals.

    `state` is a state of `transcription.states`; only its functions decide what may follow.
    """

    station = models.CharField(max_length=200, db_index=True)  # as claimed at arrival, then as confirmed by readers
    contest = models.CharField(max_length=64)
    area = models.CharField(max_length=200, blank=True, default="")
    copy = models.PositiveIntegerField(default=1)  # independent copies of one protocol
    version = models.PositiveIntegerField(default=1)  # later protocols of the same commission
    level = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=40, blank=True, default="")  # posted_sheet, certified_copy, ...
    collector = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    state = models.CharField(max_length=24, default="awaiting", db_index=True)
    made = models.DateTimeField(db_index=True)
    decided = models.DateTimeField(null=True, blank=True)
    sheet = models.CharField(max_length=64, blank=True, default="")  # entry digest of the agreed sheet
    due = models.BooleanField(default=False, db_index=True)  # a reading has come in since it was last looked at


class Arrival(models.Model):
    """One file, acknowledged: its bytes and its entry are on the disk."""

    receipt = models.CharField(max_length=64, unique=True)  # digest of its entry
    file = models.CharField(max_length=64, db_index=True)  # SHA-256 of the bytes as they arrived
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)  # media type by its first bytes
    collector = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="arrivals")
    sheet = models.CharField(max_length=64, db_index=True)  # groups the pages of one copy: id drawn by the sender
    page = models.PositiveSmallIntegerField(default=1)
    pages = models.PositiveSmallIntegerField(default=1)  # how many the sender says that there are
    station = models.CharField(max_length=200, blank=True, default="")  # as the sender says
    contest = models.CharField(max_length=64, blank=True, default="")
    received = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=16, choices=ArrivalState.choices, default=ArrivalState.SAFE, db_index=True)
    code = models.CharField(max_length=8, blank=True, default="")  # why it was refused
    values = models.JSONField(default=dict)  # of that code's sentence
    entry = models.CharField(max_length=64, blank=True, default="")  # digest of its `copy` entry
    derivative = models.CharField(max_length=64, blank=True, default="")  # digest of its public picture
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    copy = models.ForeignKey(PaperCopy, null=True, blank=True, on_delete=models.CASCADE, related_name="pages")
