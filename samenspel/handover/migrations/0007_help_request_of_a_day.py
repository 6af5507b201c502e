from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handover", "0006_melding_ends_one_way")]

    operations = [
        migrations.RemoveIndex(model_name="helprequest", name="help_request_of_a_team"),
        migrations.AddIndex(
            model_name="helprequest",
            index=models.Index(
                fields=["municipality", "team", "organization", "person", "ended_at", "next_on", "asked_at", "id"],
                name="help_request_of_a_day",
            ),
        ),
    ]
