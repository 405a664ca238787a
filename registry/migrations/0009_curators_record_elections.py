"""Curators and reviewers add and change elections: they record renewals."""

from django.db import migrations

from registry.models.roles import make_groups


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0008_indexes_of_what_is_given'),
    ]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
