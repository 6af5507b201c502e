"""What fetches you is no visit at home, and poor hearing and poor sight are two needs."""

from collections.abc import Mapping

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def part(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rename(apps, {"hearing_sight": ("hearing", "sight")})


def join(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rename(apps, {"hearing": ("hearing_sight",), "sight": ("hearing_sight",)})


def _rename(apps: Apps, names: Mapping[str, tuple[str, ...]]) -> None:
    rows = apps.get_model("socialmap", "Offering").objects
    for offering in rows.only("needs").iterator():
        needs = [new for need in offering.needs for new in names.get(need, (need,))]
        if needs != offering.needs:
            rows.filter(pk=offering.pk).update(needs=list(dict.fromkeys(needs)))


class Migration(migrations.Migration):

    dependencies = [
        ('socialmap', '0006_alarm_withdrawn_by_two'),
    ]

    operations = [
        migrations.AlterField(
            model_name='offering',
            name='delivery',
            field=models.CharField(choices=[('at_place', 'op een vaste plek'), ('at_home', 'bij u thuis'), ('fetched', 'haalt u thuis op'), ('remote', 'per telefoon of online')], max_length=8),
        ),
        migrations.RunPython(part, join),
    ]
