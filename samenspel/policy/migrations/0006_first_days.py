"""The day that was promised first beside the day it became, earlier words, and questions that were entered afterwards.

The event log keeps names of fields and no days, so a day that moved before this cannot be told: the first is today's.
"""

from django.db import migrations, models
from django.db.models import F, Q

COMMITMENTS = ("gapaction", "partnerpromise")


def first_is_now(apps, schema_editor):
    for name in COMMITMENTS:
        apps.get_model("policy", name).objects.update(first_due=F("due_on"))


def fields(name):
    return [
        migrations.AddField(name, "first_due", models.DateField(null=True)),
        migrations.AddField(name, "earlier", models.JSONField(blank=True, default=list)),
    ]


def later_says_why(name):
    return models.CheckConstraint(
        condition=Q(due_on__lte=F("first_due")) | ~Q(progress=""),
        name=f"{name}_later_day_says_why",
        violation_error_code="progress",
        violation_error_message="de dag is later dan eerst beloofd: schrijf waarom",
    )


class Migration(migrations.Migration):
    dependencies = [("policy", "0005_blocks_and_neighborhoods")]
    operations = [
        *(one for name in COMMITMENTS for one in fields(name)),
        migrations.AddField("gapaction", "progress", models.CharField(blank=True, max_length=400)),
        migrations.RunPython(first_is_now, migrations.RunPython.noop, elidable=True),
        *(migrations.AlterField(name, "first_due", models.DateField()) for name in COMMITMENTS),
        *(migrations.AddConstraint(name, later_says_why(name)) for name in COMMITMENTS),
        migrations.AddField("publicquestion", "entered_on", models.DateField(blank=True, null=True)),
        migrations.AddConstraint(
            "publicquestion",
            models.CheckConstraint(
                condition=Q(entered_on__isnull=True)
                | Q(answered_on__isnull=False, entered_on__gte=F("answered_on")),
                name="public_question_entered_after_answered",
                violation_error_code="answered_on",
                violation_error_message="het antwoord was er al toen de vraag hier kwam te staan",
            ),
        ),
    ]
