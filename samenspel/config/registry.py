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
    "sessions.Session": Registered(
        processing="accounts",
        purpose="Ingelogd blijven tijdens het werk",
        retention="tot de sessie verloopt: een half uur zonder pagina, hoogstens 8 uur",
        export="niets te geven: een code zonder betekenis",
        erasure="uitloggen wist de sessie",
        personal=("session_key", "session_data", "expire_date"),
    ),
}
