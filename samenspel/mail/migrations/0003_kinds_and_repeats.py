from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mail', '0002_recent_mail'),
    ]

    operations = [
        migrations.CreateModel(
            name='RepeatedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.CharField(max_length=6)),
                ('message', models.UUIDField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='repeated_mail_by_moment')],
            },
        ),
        migrations.AddField(
            model_name='outgoingmessage',
            name='kind',
            field=models.SlugField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='outgoingmessage',
            name='language',
            field=models.CharField(default='nl', max_length=2),
        ),
        migrations.AddField(
            model_name='outgoingmessage',
            name='handed_at',
            field=models.DateTimeField(null=True),
        ),
    ]
