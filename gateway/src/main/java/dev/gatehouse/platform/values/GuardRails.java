package dev.gatehouse.platform.values;

import dev.gatehouse.cluster.ByteQuantity;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.CpuQuantity;
import dev.gatehouse.cluster.FoundationSettings;
import dev.gatehouse.cluster.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What only a person with credentials may go beyond: who breaks into a gateway can write the
 * definition, and the operator would make it so.
 *
 * @param limits by the path of the setting in the definition
 */
public record GuardRails(Map<String, Object> limits) {
  public static final String CONFIG_MAP = "gatehouse-guard-rails";
  public static final String KEY = "guard-rails.yaml";

  public static final String FOUNDATION = "gatehouse-foundation";
  public static final String GATEWAY = "gatehouse";
  public static final String DIRECTORY = "directory";

  /** So many gateways the console may ask for, even where the person has fewer. */
  private static final int MOST_GATEWAYS = 10;

  /** Of these less is always allowed. */
  private static final Pattern UPPER_LIMITS =
      Pattern.compile(
          "gateway\\.replicas|pools\\..+\\.(max|disk|cpu|memory|gpus)|workspaces\\.drainsAtOnce"
              + "|kubernetes\\.quota\\.(pods|cpu|memory|gpus|claims|storage)");

  private static final Pattern INSTANCE_TYPES = Pattern.compile("pools\\..+\\.instanceTypes");
  private static final Pattern POOL = Pattern.compile("pools\\.([^.]+)\\..*");
  private static final String UNBOUNDED = "unbounded";
  private static final String DRAINS_AT_ONCE = "workspaces.drainsAtOnce";
  private static final String ALLOW = "kubernetes.network.allow";
  private static final String PRIVATE = "kubernetes.network.private";

  /** A tag or a digest behind the last slash. */
  private static final Pattern VERSION = Pattern.compile("@.*$|:[^:/]*$");

  /**
   * A setting that goes beyond.
   *
   * @param part that is not made so
   */
  public record Beyond(String part, String path, String limit, String wanted) {
    /** As a sentence without its end. */
    public String text() {
      return "%s %s → %s waits for gatehouse apply by a person with credentials"
          .formatted(path, limit, wanted);
    }
  }

  /** What a definition asks for; and, if a person applies it, may be asked for from then on. */
  public static GuardRails of(ClusterDefinition definition) {
    var limits = asked(definition);
    limits.put(
        "gateway.replicas", Math.max(MOST_GATEWAYS, definition.gateway().deployment().replicas()));
    definition
        .pools()
        .forEach(
            (name, pool) ->
                pool.ceiling().ifPresent(most -> limits.put("pools.%s.max".formatted(name), most)));
    return new GuardRails(limits);
  }

  /** Returns what a definition asks for beyond these. A limit that is not there allows nothing. */
  public List<Beyond> beyond(ClusterDefinition definition) {
    var beyond = new ArrayList<Beyond>();
    asked(definition)
        .forEach(
            (path, wanted) -> {
              if (!allows(path, limits.get(path), wanted)) {
                beyond.add(
                    new Beyond(
                        part(path),
                        path,
                        limits.containsKey(path) ? String.valueOf(limits.get(path)) : "none",
                        String.valueOf(wanted)));
              }
            });
    return beyond;
  }

  /** Returns how many nodes may be emptied at a time for a definition that wants so many. */
  public int drainsAtOnce(int wanted) {
    return limits.get(DRAINS_AT_ONCE) instanceof Integer most ? Math.min(wanted, most) : 1;
  }

  private static TreeMap<String, Object> asked(ClusterDefinition definition) {
    var asked = new TreeMap<String, Object>();
    var deployment = definition.gateway().deployment();
    var kubernetes = definition.kubernetes();
    asked.put("images.gateway", repository(definition.images().gateway()));
    asked.put("gateway.replicas", deployment.replicas());
    // A cloud's controller acts on annotations with rights of its own.
    asked.put("gateway.service.annotations", new TreeMap<>(deployment.service().annotations()));
    asked.put(
        "gateway.service.sourceRanges",
        deployment.service().sourceRanges().stream().map(Object::toString).toList());
    asked.put("directory.administrators", definition.directory().administrators().toString());
    definition
        .directory()
        .deployed()
        .ifPresent(
            _ -> {
              asked.put("images.directory", repository(definition.images().directory()));
              asked.put("images.ldapUi", repository(definition.images().ldapUi()));
            });
    asked.put("kubernetes.namespace", kubernetes.namespace());
    asked.put("kubernetes.gatewayNamespace", kubernetes.gatewayNamespace().orElse("gatehouse"));
    // One at a time needs nobody's leave.
    if (definition.workspaces().drainsAtOnce() > 1) {
      asked.put(DRAINS_AT_ONCE, definition.workspaces().drainsAtOnce());
    }
    asked.put("machineTypes.root", FoundationValues.allowsRoot(definition));
    foundation(kubernetes.foundation(), asked);
    definition.pools().values().forEach(pool -> pool(pool, asked));
    definition
        .cloud()
        .aws()
        .ifPresent(
            aws -> {
              CloudRails.of(aws, asked);
              // In another account or cluster the operator makes no node.
              definition
                  .pools()
                  .keySet()
                  .forEach(
                      pool ->
                          asked.put(
                              "pools.%s.cluster".formatted(pool),
                              "%s in %s".formatted(aws.cluster(), aws.region())));
            });
    return asked;
  }

  /** What the nodes of a pool may cost, and what they boot. */
  private static void pool(Pool pool, Map<String, Object> asked) {
    var path = "pools.%s.".formatted(pool.name());
    asked.put(path + "max", pool.max().or(pool::nodes).<Object>map(n -> n).orElse(UNBOUNDED));
    asked.put(path + "instanceTypes", pool.instanceTypes().stream().sorted().toList());
    asked.put(path + "image", pool.image().orElse("the usual"));
    pool.disk().ifPresent(disk -> asked.put(path + "disk", disk.text()));
    if (pool.instanceTypes().isEmpty()) {
      asked.put(path + "cpu", pool.cpu().<Object>map(CpuQuantity::text).orElse(UNBOUNDED));
      asked.put(path + "memory", pool.memory().<Object>map(ByteQuantity::text).orElse(UNBOUNDED));
      asked.put(path + "gpus", pool.gpus());
    }
  }

  private static void foundation(FoundationSettings foundation, Map<String, Object> asked) {
    var quota = foundation.quota();
    asked.put("kubernetes.quota.pods", quota.pods());
    asked.put("kubernetes.quota.cpu", quota.cpu().text());
    asked.put("kubernetes.quota.memory", quota.memory().text());
    asked.put("kubernetes.quota.gpus", quota.gpus());
    asked.put("kubernetes.quota.claims", quota.claims());
    asked.put("kubernetes.quota.storage", quota.storage().text());
    var network = foundation.network();
    asked.put("kubernetes.network.ipv6", network.ipv6());
    asked.put(PRIVATE, network.privateNetworks().stream().map(Object::toString).toList());
    asked.put(
        ALLOW,
        network.allow().stream().map(a -> FoundationValues.allowance(a).toString()).toList());
    foundation
        .storageClasses()
        .forEach(
            (name, kind) ->
                asked.put(
                    "kubernetes.storageClasses." + name,
                    FoundationValues.storageClass(kind).toString()));
  }

  private static boolean allows(String path, @Nullable Object limit, Object wanted) {
    if (limit == null) {
      return false;
    }
    if (limit.equals(UNBOUNDED)) {
      return true;
    }
    if (INSTANCE_TYPES.matcher(path).matches()) {
      // Without a name any type may be meant.
      return limit instanceof List<?> all
          && all.containsAll((List<?>) wanted)
          && (all.isEmpty() || !((List<?>) wanted).isEmpty());
    }
    if (UPPER_LIMITS.matcher(path).matches()) {
      return Amount.isAtMost(String.valueOf(wanted), String.valueOf(limit));
    }
    return switch (path) {
      case ALLOW -> limit instanceof List<?> all && all.containsAll((List<?>) wanted);
      case PRIVATE -> limit instanceof List<?> least && ((List<?>) wanted).containsAll(least);
      default -> wanted.equals(false) || String.valueOf(wanted).equals(String.valueOf(limit));
    };
  }

  /** Where it is not a release's, it is the foundation's, which a person alone applies. */
  private static String part(String path) {
    return switch (path) {
      case "images.directory", "images.ldapUi", "directory.administrators" -> DIRECTORY;
      case "images.gateway" -> GATEWAY;
      default -> path.startsWith("gateway.") ? GATEWAY : poolOrFoundation(path);
    };
  }

  private static String poolOrFoundation(String path) {
    var pool = POOL.matcher(path);
    return pool.matches() ? ofPool(pool.group(1)) : FOUNDATION;
  }

  /** The part that makes the nodes of a pool. */
  public static String ofPool(String name) {
    return "pool-" + name;
  }

  private static String repository(String image) {
    return VERSION.matcher(image).replaceFirst("");
  }
}
