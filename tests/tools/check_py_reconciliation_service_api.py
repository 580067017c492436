"""What a client of the Reconciliation Service API makes of the service at an address: what it is, and who is meant."""

from __future__ import annotations

import json
import sys

from py_reconciliation_service_api import build_reconciliation_service
from py_reconciliation_service_api.models.reconciliation import ReconciliationQuery, ReconciliationQueryProperty

NAMES = ("Cachan", "Saint-Denis", "94016", "Nowhere at all")
service = build_reconciliation_service(sys.argv[1])
answers = service.reconcile_batch([ReconciliationQuery(query=name, type="territory", limit=3) for name in NAMES])
matches = {
    name: next((str(one.id) for one in answer.result if one.match), None)
    for name, answer in zip(NAMES, answers, strict=True)
}
property_ = ReconciliationQueryProperty(pid="departement", v="93")
one = service.reconcile(ReconciliationQuery(query="Saint-Denis", type="commune", properties=[property_]))
told = {"versions": service._manifest.versions, "matches": matches, "constrained": one.result[0].id}
print(json.dumps(told))
