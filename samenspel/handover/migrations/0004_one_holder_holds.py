"""The invariants of a question, after every row has the new states."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('handover', '0003_first_hands'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sealed', b''), ('state__in', ('withdrawn', 'moved', 'deceased', 'transferred'))), models.Q(models.Q(('state__in', ('withdrawn', 'moved', 'deceased', 'transferred')), _negated=True), models.Q(('sealed', b''), _negated=True)), _connector='OR'), name='help_request_ended_keeps_no_text'),
        ),
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.CheckConstraint(condition=models.Q(('person__isnull', True), ('organization__isnull', True), _connector='OR'), name='help_request_has_one_holder'),
        ),
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ('waiting', 'active'))), models.Q(models.Q(('state__in', ('waiting', 'active')), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='help_request_ended_says_when'),
        ),
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('helped', 'own_circle')), _negated=True), models.Q(('ended_on_word', ''), _negated=True), _connector='OR'), name='help_request_helped_on_the_residents_word'),
        ),
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), _negated=True), ('first_contact_at__isnull', False), _connector='OR'), name='help_request_active_after_contact'),
        ),
        migrations.AddConstraint(
            model_name='helprequest',
            constraint=models.CheckConstraint(condition=models.Q(('hands__gte', 1)), name='help_request_was_in_some_hand'),
        ),
    ]
