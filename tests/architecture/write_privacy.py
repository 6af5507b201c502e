"""Write docs/privacy.md from the registry: `python -m tests.architecture.write_privacy`."""

from samenspel.engine.privacy import Registered, Sensitivity
from tests.architecture.layers import ROOT

FILE = ROOT / "docs" / "privacy.md"


def declarations() -> dict[str, Registered]:
    """Model label to declaration, for our own models and those of packages; KeyError when a model has none."""
    from django.apps import apps

    from samenspel.config.registry import OF_PACKAGES

    found = dict(OF_PACKAGES)
    for model in apps.get_models():
        if "registry" in vars(model):
            found[model._meta.label] = model.registry  # type: ignore[attr-defined]
        elif model._meta.auto_created:
            continue
    return found


def privacy_page() -> str:
    lines = [
        "# What is kept, why and for how long",
        "",
        "Generated from the models (`make docs`); do not edit. A model that is missing here fails the tests.",
        "Only *public* fields can leave by the open API. There is no citizen service number, and the personal sphere",
        "has no table (decision 0003).",
        "",
        "What is carried out today: withdrawing a listing erases its contacts at once, and changes are pruned after",
        "14 days. The command that carries out the other terms is not built yet.",
    ]
    for label, declared in sorted(declarations().items()):
        lines += [
            "",
            f"## {label}",
            "",
            f"- Purpose: {declared.purpose}",
            f"- Retention: {declared.retention}",
        ]
        if declared.export:
            lines += [f"- Export of a person's data: {declared.export}", f"- Erasure: {declared.erasure}"]
        for sensitivity in Sensitivity:
            names = [name for name, its in declared.classes.items() if its is sensitivity]
            if names:
                lines.append(f"- {sensitivity.value.capitalize()}: {', '.join(names)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenspel.config.settings_test")
    django.setup()
    FILE.write_text(privacy_page(), encoding="utf-8")
