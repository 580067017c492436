"""What the service is, in either version: specifications 0.2 and 1.0-draft, “Service Manifest”."""

from __future__ import annotations

from typing import Any

from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE, TP
from trophees.serve.reconcile.answers import typed
from trophees.serve.reconcile.entity import TERRITORY
from trophees.serve.reconcile.preview import HEIGHT, WIDTH
from trophees.serve.reconcile.requests import BATCH

VERSIONS = ("0.2", "1.0-draft")
_NAME = Both(
    "Territoires français depuis 1943 et participation citoyenne (Trophées de la participation)",
    "French territories since 1943 and public participation (Trophées de la participation)",
)
_DEFAULT = (TERRITORY, "organisation", "tool", "theme", "audience", "laureate", "case")


def manifest(root: str, version: str, lang: Language, release: str) -> dict[str, Any]:
    """The manifest of the service at the address `root`, which has no slash at its end."""
    told: dict[str, Any] = {
        "versions": list(VERSIONS),
        "name": _NAME[lang],
        "defaultTypes": [typed(type_, lang) for type_ in _DEFAULT],
        "batchSize": BATCH,
    }
    if release:
        told["serviceVersion"] = release
    if version == "0.2":
        place = {"service_url": root}
        return told | {
            "identifierSpace": BASE,
            "schemaSpace": TP,
            "view": {"url": f"{root}/view?id={{{{id}}}}"},
            "preview": {"url": f"{root}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
            "suggest": {what: {**place, "service_path": f"/suggest/{what}"} for what in ("entity", "type", "property")},
            "extend": {"propose_properties": {**place, "service_path": "/extend/propose"}, "property_settings": []},
        }
    return told | {
        "lang": lang,
        "dir": "ltr",
        "standardizedScore": True,
        "view": {"url": f"{root}/view?id={{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "type": True, "property": True},
        "extend": {"proposeProperties": True, "propertySettings": []},
    }
