"""The log of a question in words that its resident understands."""

from django.utils.translation import gettext

from samenspel.handover.access_log import Happened


def who_did(one: Happened) -> str:
    """The resident, a team or organization, or nobody."""
    if one.who:
        return one.who
    return {
        "resident": gettext("u, of wie uw kaart heeft"),
        "person": gettext("een medewerker"),
        "link": gettext("wie gevraagd is"),
        "referrer": gettext("wie u verwees"),
    }.get(one.kind, gettext("vanzelf"))


def did(action: str) -> str:
    """What was done; a test holds that every action has its words."""
    return {
        "accept": gettext("Zei ja"),
        "approve": gettext("Uw ja opgeschreven"),
        "ask_for_help": gettext("Vraag achtergelaten"),
        "close_deceased": gettext("Vraag gesloten"),
        "close_moved": gettext("Vraag gesloten: verhuisd"),
        "close_unreachable": gettext("Vraag gesloten: u was niet te bereiken"),
        "close_melding": gettext("Uw melding gesloten"),
        "confirm_on_paper": gettext("Maakte de brief die uw melding bevestigt"),
        "end_codes": gettext("Scherm afgesloten"),
        "end_handover": gettext("Gestopt met hulp van een ander"),
        "give_back": gettext("Gaf de vraag terug"),
        "give_code": gettext("Las u een code voor"),
        "keep_longer": gettext("Vraag langer bewaard"),
        "lapse": gettext("Geen antwoord op tijd"),
        "mail_card": gettext("Kaart gemaild"),
        "mail_code": gettext("Code gevraagd per mail"),
        "mark": gettext("Melding gemaakt"),
        "mark_again": gettext("Melding nog een keer gemaakt"),
        "new_link": gettext("Maakte een link voor wie gevraagd is"),
        "note_contact": gettext("Sprak met u"),
        "note_try": gettext("Probeerde u te bereiken"),
        "note_warm": gettext("Noteerde dat u elkaar sprak"),
        "note_no": gettext("Noteerde een nee, gezegd aan de telefoon"),
        "note_yes": gettext("Noteerde een ja, gezegd aan de telefoon"),
        "open_own": gettext("Uw vraag bekeken, met de tweede code"),
        "propose": gettext("Wil een ander vragen"),
        "read_help": gettext("Las uw vraag"),
        "read_shared": gettext("Las de korte tekst"),
        "refuse": gettext("Zei nee"),
        "release": gettext("Uw vraag ligt weer bij het hele team"),
        "say_helped": gettext("Gezegd: het hielp"),
        "say_not_helped": gettext("Gezegd: het hielp niet"),
        "say_own_circle": gettext("Gezegd: opgelost met eigen mensen"),
        "set_hold": gettext("Melding langer bewaard"),
        "succeed": gettext("Gaf uw vraag aan een collega"),
        "take_out": gettext("Nam uw melding mee naar de gemeente"),
        "take_up": gettext("Pakte uw vraag op"),
        "transfer": gettext("Melding overgedragen"),
        "try_code": gettext("Verkeerde tweede code getypt"),
        "wake_deputy": gettext("Het was te lang stil: een ander van het team kreeg uw vraag"),
        "withdraw": gettext("Vraag ingetrokken"),
        "withdraw_help": gettext("Vraag ingetrokken"),
    }.get(action, gettext("Iets anders gedaan"))
