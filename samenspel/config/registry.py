"""Declarations for the models of packages, which cannot carry their own (see `engine.privacy`)."""

from samenspel.engine.privacy import Registered

OF_PACKAGES = {
    "contenttypes.ContentType": Registered(
        processing="about_no_one",
        purpose="Technische lijst van tabellen",
        retention="zolang Samenspel draait",
        internal=("id", "app_label", "model"),
    ),
    "auth.Permission": Registered(
        processing="about_no_one",
        purpose="Technische lijst van rechten; er wordt niets mee beslist",
        retention="zolang Samenspel draait",
        internal=("id", "name", "content_type", "codename"),
    ),
    "auth.Group": Registered(
        processing="about_no_one",
        purpose="Technische lijst van groepen; er wordt niets mee beslist",
        retention="zolang Samenspel draait",
        internal=("id", "name", "permissions"),
    ),
    "account.EmailAddress": Registered(
        processing="about_no_one",
        purpose="Tabel van een pakket; blijft leeg",
        retention="niets: er staat niets in",
        internal=("id", "user", "email", "verified", "primary"),
    ),
    "account.EmailConfirmation": Registered(
        processing="about_no_one",
        purpose="Tabel van een pakket; blijft leeg",
        retention="niets: er staat niets in",
        internal=("id", "email_address", "created", "sent", "key"),
    ),
    "mfa.Authenticator": Registered(
        processing="accounts",
        purpose="De tweede stap bij het inloggen: een app voor codes, herstelcodes of een sleutel",
        retention="tot iemand de tweede stap vervangt, de beheerder hem weghaalt, of het account sluit",
        export="niets te geven: geheimen, versleuteld bewaard",
        erasure="gewist bij het sluiten van het account",
        internal=("id", "type", "created_at", "last_used_at"),
        personal=("user", "data"),
    ),
}
