package dev.gatehouse.platform.values;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.DeployedDirectory;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of the chart directory. */
public final class DirectoryValues {
  private DirectoryValues() {}

  public static Map<String, Object> of(ClusterDefinition definition, DeployedDirectory deployed) {
    var values = new LinkedHashMap<String, Object>();
    values.put(
        "images",
        Map.of(
            "directory", definition.images().directory(), "ldapUi", definition.images().ldapUi()));
    values.put("imagePullSecrets", definition.images().pullSecrets());
    values.put("suffix", deployed.base());
    values.put("administrators", definition.directory().administrators().toString());
    values.put("servers", deployed.servers());
    values.put("storage", deployed.storage().text());
    values.put("storageClass", deployed.storageClass().orElse(""));
    values.put(
        "backup",
        Map.of(
            "schedule", deployed.backup().schedule(),
            "keep", deployed.backup().keep(),
            "storage", deployed.backup().storage().text()));
    values.put("webUi", deployed.webUi());
    return values;
  }
}
