#!/usr/bin/env bash
# python3-prov 2.0.0 (Debian 2.0.0-2): reading PROV-JSON and writing it changes xsd:long into xsd:int, also for a value
# that no xsd:int can hold. A guess: a round trip keeps the types of attributes; it does so for xsd:double.
# A relation to an entity that the document does not have is taken without a warning, so it is no validator.
#
# Seen:
#   size: 70000000000 xsd:int
#   share: 0.5 xsd:double
#   used entity: ex:missing
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
debs python3-prov=2.0.0-2 python3-dateutil=2.8.2-2 python3-lxml=4.9.2-1+deb12u1 python3-networkx=2.8.8-1 \
  python3-rdflib=6.1.1-1 python3-isodate=0.6.1-1 python3-pyparsing=3.0.9-1 python3-six=1.16.0-4

cat > round_trip.py <<'END'
import json
from prov.model import ProvDocument

text = """{
  "prefix": {"ex": "http://example.org/"},
  "entity": {"ex:file": {"ex:size": {"$": "70000000000", "type": "xsd:long"},
                         "ex:share": {"$": "0.5", "type": "xsd:double"}}},
  "wasDerivedFrom": {"_:d": {"prov:generatedEntity": "ex:file", "prov:usedEntity": "ex:missing"}}
}"""
written = json.loads(ProvDocument.deserialize(content=text, format="json").serialize(format="json"))
file = written["entity"]["ex:file"]
for key in ["size", "share"]:
    print(f"{key}: {file['ex:' + key]['$']} {file['ex:' + key]['type']}")
for relation in written["wasDerivedFrom"].values():
    print("used entity:", relation["prov:usedEntity"])
END
PYTHONPATH=$work/root/usr/lib/python3/dist-packages /usr/bin/python3 round_trip.py > out
seen out
