"""The queue of work, what readers read, and what was decided."""

from __future__ import annotations

from django.db import models

from secondcount.web.models.arriving import PaperCopy
from secondcount.web.models.people import Member

__all__ = ["Decision", "ReadingRow", "Task", "TaskKind", "TaskState"]


class TaskKind(models.TextChoices):
    """What is asked of whoever takes a task."""

    READING = "reading"  # the whole copy
    THIRD = "third"  # the cells that differ, and nothing else
    ADJUDICATION = "adjudication"  # the cells that still differ, with what was read


class TaskState(models.TextChoices):
    """Open tasks are leased for some minutes; a lease that has run out is open again."""

    OPEN = "open"
    DONE = "done"
    VOID = "void"  # no longer needed


class Task(models.Model):
    """One small piece of work on one copy, for one person."""

    copy = models.ForeignKey(PaperCopy, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=16, choices=TaskKind.choices)
    slot = models.PositiveSmallIntegerField(default=1)  # first or second reading
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)
    priority = models.IntegerField(default=0)  # higher comes first
    made = models.DateTimeField()
    leased_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="leases")
    leased_until = models.DateTimeField(null=True, blank=True)
    done = models.DateTimeField(null=True, blank=True)
    cells = models.JSONField(default=list)  # of a third reading or an adjudication: the cells in question, "@" = place

    class Meta:
        """A copy has one task of a kind and slot; the queue of each kind is read by priority."""

        constraints = (models.UniqueConstraint(fields=("copy", "kind", "slot"), name="one_task_of_a_kind"),)
        indexes = (
            models.Index(fields=("state", "-priority", "made"), name="queue"),
            models.Index(fields=("kind", "state", "-priority", "made", "id"), name="queue_of_kind"),
        )


class ReadingRow(models.Model):
    """A committed reading. Its content is sealed in the private part of the archive before this row exists."""

    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="reading")
    copy = models.ForeignKey(PaperCopy, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="readings")
    pseudonym = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64, unique=True)  # entry digest
    content = models.JSONField()  # transcription.encode_reading
    committed = models.DateTimeField()
    revealed = models.CharField(max_length=64, blank=True, default="")  # digest of the `reading` entry

    class Meta:
        """Two readings of one copy are by two people: the database itself refuses anything else."""

        constraints = (models.UniqueConstraint(fields=("copy", "pseudonym"), name="two_different_people"),)


class Decision(models.Model):
    """What was agreed or decided of a copy."""

    copy = models.OneToOneField(PaperCopy, on_delete=models.CASCADE, related_name="decision")
    adjudicator = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions")
    reason = models.CharField(max_length=40)  # agreed, third_reading, adjudicated, set_aside
    content = models.JSONField()
    entry = models.CharField(max_length=64)  # digest of the `adjudication` entry
    time = models.DateTimeField()
