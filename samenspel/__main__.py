"""The command line: `samenspel import areas FILE` runs Django's command `import_areas`, and so on for every command."""

import os
import sys

import django
from django.core.management import ManagementUtility, get_commands, load_command_class

GROUPS = (
    "audit",
    "export",
    "framework",
    "import",
    "index",
)  # commands of two words on the screen, one module name with an underscore in the code
USAGE_ERROR = 2


def main(argv: list[str] | None = None) -> None:
    """Run one command; exit code 0 (done), 1 (refused, with the reason in one line) or 2 (typed wrongly)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.config.settings")
    django.setup()
    words = list(sys.argv[1:] if argv is None else argv)
    if words and words[0] in GROUPS:
        group, rest = words[0], words[1:]
        if not rest or rest[0].startswith("-"):
            sys.exit(_overview(prefix=f"{group}_"))
        words = [f"{group}_{rest[0]}", *rest[1:]]
    if not words or words[0] in ("help", "-h", "--help"):
        sys.exit(_overview())
    if words[0] not in _own_commands() and not words[0].startswith("-") and words[0] not in get_commands():
        print(
            f"samenspel: onbekende opdracht '{' '.join(words[:1]).replace('_', ' ')}'. Zie: samenspel --help",
            file=sys.stderr,
        )
        sys.exit(USAGE_ERROR)
    ManagementUtility(["samenspel", *words]).execute()


def _own_commands() -> dict[str, str]:
    return {name: app for name, app in get_commands().items() if app.startswith("samenspel.")}


def _overview(prefix: str = "") -> int:
    print("samenspel: houdt de sociale basis van een gemeente zichtbaar en vindbaar\n")
    for name, app in sorted(_own_commands().items()):
        if name.startswith(prefix):
            group, _, rest = name.partition("_")
            shown = f"{group} {rest}" if group in GROUPS else name
            print(f"  samenspel {shown:<18} {load_command_class(app, name).help}")
    print("\nUitleg van een opdracht: samenspel OPDRACHT --help")
    return 0


if __name__ == "__main__":
    main()
