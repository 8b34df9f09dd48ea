package dev.gatehouse.aws;

import dev.gatehouse.cluster.AwsSettings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The clients of this process, by region and account. A definition changes while an operator runs,
 * and mostly not in these.
 */
public final class AwsAccounts implements AutoCloseable {
  private final Map<Key, Aws> clients = new ConcurrentHashMap<>();

  private final BiFunction<String, Optional<String>, Aws> maker;

  public AwsAccounts() {
    this(Aws::new);
  }

  /**
   * @param maker of the clients for a region and an account
   */
  public AwsAccounts(BiFunction<String, Optional<String>, Aws> maker) {
    this.maker = maker;
  }

  private record Key(String region, Optional<String> account) {}

  /** Returns those for the account that the definition names. Asks nobody. */
  public Aws of(AwsSettings settings) {
    return clients.computeIfAbsent(
        new Key(settings.region(), settings.account()), k -> maker.apply(k.region(), k.account()));
  }

  @Override
  public void close() {
    clients.values().forEach(Aws::close);
  }
}
