"""Questions that were there already: their state gets its new name, and whoever holds them is their first hand."""

from django.db import migrations
from django.db.models import F


def name_states_and_hands(apps, schema_editor):
    request, hand = apps.get_model("handover", "HelpRequest"), apps.get_model("handover", "Hand")
    request.objects.filter(state="open").update(state="waiting")
    request.objects.filter(state="withdrawn").update(ended_at=F("asked_at"))
    for row in request.objects.filter(hand_list=None).iterator():
        hand.objects.create(
            request=row, number=1, team_id=row.team_id, cause="asked", began_at=row.asked_at, ended_at=row.ended_at
        )


class Migration(migrations.Migration):
    dependencies = [("handover", "0002_one_holder")]
    operations = [migrations.RunPython(name_states_and_hands, migrations.RunPython.noop, elidable=True)]
