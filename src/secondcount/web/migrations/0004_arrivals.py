"""What a sender says of a file is with its row: station, contest, how many pages; and why it was refused."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("desk", "0003_sessions"),
    ]

    operations = [
        migrations.AddField(
            model_name="arrival",
            name="contest",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="arrival",
            name="pages",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="arrival",
            name="station",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="arrival",
            name="values",
            field=models.JSONField(default=dict),
        ),
    ]
