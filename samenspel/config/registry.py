"""Declarations for the models of packages, which cannot carry their own (see `engine.privacy`)."""

from samenspel.engine.privacy import Registered

OF_PACKAGES = {
    "contenttypes.ContentType": Registered(
        purpose="Django's own list of models",
        retention="as long as the installation",
        internal=("id", "app_label", "model"),
    ),
    "auth.Permission": Registered(
        purpose="Django's own list of permissions; not used to decide anything",
        retention="as long as the installation",
        internal=("id", "name", "content_type", "codename"),
    ),
    "auth.Group": Registered(
        purpose="Django's own groups; not used to decide anything",
        retention="as long as the installation",
        internal=("id", "name", "permissions"),
    ),
    "sessions.Session": Registered(
        purpose="Staying signed in at work",
        retention="until it expires",
        export="nothing to export: an opaque key",
        erasure="signing out deletes the row",
        personal=("session_key", "session_data", "expire_date"),
    ),
}
