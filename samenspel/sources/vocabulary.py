"""The words that the policy documents define, as stored values with their Dutch labels.

`Sphere` and `MunicipalRole` come from the denkkader sociale basis (§2 and §4), `PyramidLayer` from the pyramid of the
sociale basis. They are different cuts of the same field and are never merged.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sphere(models.TextChoices):
    """Leefsfeer (denkkader §2). The personal sphere has no value: the government has no business there."""

    COMMUNITY = "community", _("gemeenschappelijk")
    INSTITUTIONAL = "institutional", _("institutioneel")


class MunicipalRole(models.IntegerChoices):
    """Who owns an activity (denkkader §4); stored as the number that people say."""

    COMMUNITY_OWNS = 1, _("de gemeenschap is eigenaar")
    COMMUNITY_OWNS_WITH_SUPPORT = 2, _("de gemeenschap is eigenaar, met een bijdrage")
    INSTITUTION_OWNS_WITH_RESIDENTS = 3, _("een instelling is eigenaar, inwoners doen mee")
    INSTITUTION_OWNS = 4, _("een instelling is eigenaar")


class PyramidLayer(models.IntegerChoices):
    """Layer of the pyramid, from neighbours among themselves to specialist care."""

    INFORMAL = 1, _("van en met buurtgenoten")
    INFORMALLY_ORGANIZED = 2, _("vrijwilligers en verenigingen")
    FORMALLY_ORGANIZED = 3, _("professionals in de buurt")
    SPECIALIST_CARE = 4, _("specialistische zorg")


class BuildingBlock(models.IntegerChoices):
    """The five bouwstenen that every area has (beleidskader Sterke Sociale Basis); stored as the number."""

    PEOPLE = 1, _("vrijwilligers en inwoners")
    PROVISIONS = 2, _("voorzieningen dichtbij")
    MEETING_PLACES = 3, _("ontmoetingsplekken")
    NETWORK = 4, _("netwerk in de wijk")
    CONNECTOR = 5, _("verbinder")


class Theme(models.TextChoices):
    """What an offering is about, in the words of the front door."""

    MEET = "meet", _("ontmoeten")
    EAT = "eat", _("samen eten")
    MOVE = "move", _("bewegen en gezondheid")
    CREATE = "create", _("muziek, kunst en natuur")
    CARE = "care", _("zorg en mantelzorg")
    GRIEF = "grief", _("verlies en zorgen")
    MONEY = "money", _("geld en papieren")
    LEARN = "learn", _("taal, leren en digitaal")
    WORK = "work", _("werk en vrijwilligerswerk")
    GROW_UP = "grow_up", _("opgroeien en opvoeden")
    HOME = "home", _("wonen, klussen en vervoer")


class Audience(models.TextChoices):
    """For whom an offering is meant."""

    EVERYONE = "everyone", _("iedereen")
    OLDER_PEOPLE = "older_people", _("ouderen")
    ADULTS = "adults", _("volwassenen")
    YOUNG_ADULTS = "young_adults", _("jongvolwassenen")
    TEENAGERS = "teenagers", _("jongeren")
    CHILDREN = "children", _("kinderen")
    PARENTS = "parents", _("ouders")
    INFORMAL_CARERS = "informal_carers", _("mantelzorgers")
    NEWCOMERS = "newcomers", _("mensen die nieuw zijn in Nederland")
    PEOPLE_WITH_DISABILITY = "people_with_disability", _("mensen met een beperking")
    BEREAVED = "bereaved", _("mensen die iemand verloren")
    JOB_SEEKERS = "job_seekers", _("werkzoekenden")
    LGBTQI = "lgbtqi", _("lhbtqi+")
    MEN = "men", _("mannen")
    WOMEN = "women", _("vrouwen")
