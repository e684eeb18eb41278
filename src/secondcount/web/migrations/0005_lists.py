"""Lists of observers: by their digest, and whether the archive has them by a commitment or in full."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of lists."""

    dependencies = [("desk", "0004_arrivals")]

    operations = [
        migrations.CreateModel(
            name="ObserverList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=64, unique=True)),
                ("commitment", models.CharField(blank=True, default="", max_length=64)),
                ("entry", models.CharField(blank=True, default="", max_length=64)),
                ("rows", models.PositiveIntegerField()),
                ("announced", models.DateTimeField()),
            ],
        ),
    ]
