from django.db import migrations, models

from samenspel.audit import guard


def put_on(apps, schema_editor):
    guard.put_on(schema_editor.connection)


def take_off(apps, schema_editor):
    guard.take_off(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='auditevent',
            name='number',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='auditevent',
            name='digest',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(condition=models.Q(('number__isnull', True)), fields=['id'], name='audit_not_sealed'),
        ),
        migrations.AddConstraint(
            model_name='auditevent',
            constraint=models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('number',), name='audit_number_once'),
        ),
        migrations.AddConstraint(
            model_name='auditevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('number__isnull', True)), models.Q(('number__isnull', False), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='audit_seal_is_whole'),
        ),
        migrations.RunPython(put_on, take_off),
    ]
