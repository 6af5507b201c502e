"""Accounts of people at work, how they sign in, and the sessions in which they do."""

import uuid
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samenspel.engine.privacy import Registered


class AccessRole(models.TextChoices):
    """What an account is for; what it may do is decided in the `permissions.py` of each context."""

    ADMINISTRATOR = "administrator", _("beheerder")
    CONNECTOR = "connector", _("verbinder")
    PREVENTION_WORKER = "prevention_worker", _("preventiewerker")
    TEAM_MEMBER = "team_member", _("medewerker van een wijkteam")
    PARTNER = "partner", _("professional van een partner")
    VOLUNTEER_COORDINATOR = "volunteer_coordinator", _("coördinator van vrijwilligers")
    POLICY_ADVISER = "policy_adviser", _("beleidsadviseur")
    SUBSIDY_ADVISER = "subsidy_adviser", _("subsidieadviseur")
    DESK = "desk", _("balie of telefoonlijn")
    EDITOR = "editor", _("redacteur")
    PRIVACY_OFFICER = "privacy_officer", _("functionaris gegevensbescherming")
    SECURITY_OFFICER = "security_officer", _("adviseur informatiebeveiliging")
    ADVISORY_COUNCIL = "advisory_council", _("lid van de adviesraad")
    CLERK = "clerk", _("griffie")


HOLDING_ROLES = (AccessRole.CONNECTOR, AccessRole.PREVENTION_WORKER, AccessRole.TEAM_MEMBER)
"""Who may hold and read the questions of the teams they work in."""
OUTSIDE_ROLES = (AccessRole.PARTNER, AccessRole.VOLUNTEER_COORDINATOR)
"""Who works for an organization of the social map, and sees nothing beyond it."""
TWO_STEP_ROLES = (AccessRole.ADMINISTRATOR, *HOLDING_ROLES, *OUTSIDE_ROLES)
"""Who reads what residents told, or decides who may: they prove twice who they are (BIO2 5.17.01)."""


class User(AbstractBaseUser):
    """An account of a professional or volunteer; residents need none.

    Scope comes from where someone works: the areas of `teams`, or `organization` (only and always for OUTSIDE_ROLES).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    municipality = models.CharField(max_length=6)
    access_role = models.CharField(max_length=24, choices=AccessRole)
    organization = models.ForeignKey(
        "Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )
    single_sign_on = models.CharField(max_length=64, null=True, blank=True, unique=True)
    """Hash of the issuer and the subject by which the identity provider knows this person, bound on first use."""
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    registry: ClassVar = Registered(
        processing="accounts",
        purpose="Inloggen voor het werk",
        retention="zolang iemand hier werkt of vrijwilliger is; de beheerder sluit het account op de laatste dag",
        export="de beheerder laat de gegevens van het account zien",
        erasure="bij het sluiten van het account meteen gewist; het logboek houdt alleen het nummer",
        internal=("id", "municipality", "access_role", "organization", "is_active", "last_login", "password"),
        personal=("email", "name", "single_sign_on"),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(access_role__in=OUTSIDE_ROLES, organization__isnull=False)
                | (~Q(access_role__in=OUTSIDE_ROLES) & Q(organization__isnull=True)),
                name="user_works_for_an_organization",
                violation_error_code="organization",
                violation_error_message=_("kies een organisatie bij een partner of coördinator, en alleen dan"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SignInAttempt(models.Model):
    """A try to sign in that has not succeeded, or something left without an account; counted to slow down who floods.

    `subject` is a keyed hash of the address typed or of the network; neither can be read back from it.
    """

    subject = models.CharField(max_length=64)
    at = models.DateTimeField()

    registry: ClassVar = Registered(
        processing="accounts",
        purpose="Wie wachtwoorden raadt of formulieren overspoelt, laten wachten",
        retention="1 dag; wie inlogt, wist de eigen pogingen",
        export="niets te geven: het is niet terug te lezen tot een persoon",
        erasure="gewist na een dag",
        internal=("id", "at"),
        personal=("subject",),
    )

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="sign_in_attempt_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.subject[:8]} {self.at:%Y-%m-%d %H:%M}"


class WorkSession(AbstractBaseSession):
    """One browser in which someone works, or is signing in; kept by `people.sessions`."""

    account = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    began_at = models.DateTimeField(null=True)
    """When the account signed in; null while nobody did."""

    registry: ClassVar = Registered(
        processing="accounts",
        purpose="Ingelogd blijven tijdens het werk",
        retention="tot de sessie verloopt: een half uur zonder pagina, hoogstens 8 uur",
        export="niets te geven: een code zonder betekenis",
        erasure="uitloggen wist de sessie",
        internal=("began_at",),
        personal=("session_key", "session_data", "expire_date", "account"),
    )

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        indexes = [models.Index(fields=["account", "began_at"], name="work_session_of_an_account")]

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from samenspel.people.sessions import SessionStore

        return SessionStore
