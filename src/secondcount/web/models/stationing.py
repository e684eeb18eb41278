"""Polling stations, who observes which, what became of each, and who holds the paper."""

from __future__ import annotations

from django.db import models

from secondcount.web.models.arriving import PaperCopy
from secondcount.web.models.people import Member

__all__ = ["Hold", "ObserverList", "Posting", "Station"]


class Station(models.Model):
    """A polling station of the register, or one that somebody named; `priority` comes from a file."""

    name = models.CharField(max_length=200, unique=True)
    area = models.CharField(max_length=200, blank=True, default="", db_index=True)
    registered = models.PositiveBigIntegerField(null=True, blank=True)
    known = models.BooleanField(default=False)  # whether a register names it
    priority = models.IntegerField(default=0)


class ObserverList(models.Model):
    """A list of observers that the archive has, by its digest alone (`commitment`) or in full (`entry`)."""

    table = models.CharField(max_length=64, unique=True)  # SHA-256 of the list: the same list twice is one
    commitment = models.CharField(max_length=64, blank=True, default="")
    entry = models.CharField(max_length=64, blank=True, default="")
    rows = models.PositiveIntegerField()
    announced = models.DateTimeField()


class Posting(models.Model):
    """An observer at a station, by the deployment list; the outcome is an entry of the archive."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="postings")
    observer = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="postings")
    deployment = models.CharField(max_length=64, blank=True, default="")  # entry digest of the list
    outcome = models.CharField(max_length=16, default="unknown")  # received refused expelled promised lost unknown
    reason = models.CharField(max_length=40, blank=True, default="")
    time = models.DateTimeField(null=True, blank=True)
    entry = models.CharField(max_length=64, blank=True, default="")


class Hold(models.Model):
    """Who holds a paper, since when; a hand-over is a new row and a `custody` entry."""

    copy = models.ForeignKey(PaperCopy, on_delete=models.CASCADE, related_name="holds")
    holder = models.CharField(max_length=64)  # pseudonym
    since = models.DateTimeField()
    consent = models.BooleanField(default=False)  # to be named to a court
    entry = models.CharField(max_length=64, blank=True, default="")
