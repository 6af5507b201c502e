from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handover", "0004_one_holder_holds")]

    operations = [
        migrations.AddIndex(
            model_name="hand",
            index=models.Index(fields=["cause", "ended_at"], name="hand_that_came_back"),
        ),
    ]
