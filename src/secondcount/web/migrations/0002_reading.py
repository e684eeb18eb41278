"""Readings: the cells of a third reading, copies that are due, the queue of each kind."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='papercopy',
            name='due',
            field=models.BooleanField(db_index=True, default=False),
        ),
        migrations.AddField(
            model_name='task',
            name='cells',
            field=models.JSONField(default=list),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['kind', 'state', '-priority', 'made', 'id'], name='queue_of_kind'),
        ),
    ]
