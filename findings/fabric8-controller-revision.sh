#!/usr/bin/env bash
# fabric8 kubernetes-client 8.0.0: ControllerRevision.getData() is not what setData() was given, once it was read from a cluster.
# A guess: an object that is written and read again is equal. In fact data is declared as Object: what is set is kept as it is (a
# Map), and what is read is wrapped in a RawExtension, so that a cast to Map works in a test and fails in a cluster.
# Whoever reads it should unwrap: data instanceof AnyType any ? any.getValue() : data (RawExtension is an AnyType).
#
# Seen:
#   as it was set: java.util.ImmutableCollections$Map1
#   read again: io.fabric8.kubernetes.api.model.runtime.RawExtension
#   equal: false
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
jars io.fabric8:kubernetes-client:8.0.0

cat > Revision.java <<'END'
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

class Revision {
  public static void main(String[] args) {
    var made =
        new ControllerRevisionBuilder()
            .withNewMetadata()
            .withName("example")
            .endMetadata()
            .withRevision(1L)
            .withData(Map.of("text", "a: 1"))
            .build();
    var read = Serialization.unmarshal(Serialization.asJson(made), ControllerRevision.class);
    System.out.println("as it was set: " + ((Object) made.getData()).getClass().getName());
    System.out.println("read again: " + ((Object) read.getData()).getClass().getName());
    System.out.println("equal: " + made.equals(read));
  }
}
END
java_run Revision.java > out
seen out
