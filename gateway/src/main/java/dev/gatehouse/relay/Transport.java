package dev.gatehouse.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.core.CoreModuleProperties;

/** Settings of MINA that both legs of a relay need, whoever makes them. */
public final class Transport {
  /**
   * OpenSSH sends eow@openssh.com and no-more-sessions@openssh.com only to peers that begin like
   * this, and without the first {@code ssh host yes | head -1} never ends. The comment tells who we
   * are (RFC 4253, 4.2).
   */
  public static final String IDENTIFICATION = "OpenSSH_9.9 Gatehouse";

  private Transport() {}

  /** Idle connections live, small packets go out at once, and a stalled TCP peer is not cut off. */
  public static void configure(PropertyResolver mina) {
    CoreModuleProperties.IDLE_TIMEOUT.set(mina, Duration.ZERO);
    CoreModuleProperties.NIO2_MIN_WRITE_TIMEOUT.set(mina, Duration.ZERO);
    CoreModuleProperties.TCP_NODELAY.set(mina, true);
    CoreModuleProperties.IGNORE_MESSAGE_FREQUENCY.set(mina, 0L);
  }

  /**
   * The available algorithms of these names, in the order of the names.
   *
   * @throws IllegalStateException if one is missing: an old Bouncy Castle makes some vanish
   *     silently
   */
  public static <T extends NamedResource> List<T> pick(List<T> available, List<String> names) {
    var picked = new ArrayList<T>();
    for (var name : names) {
      picked.add(
          available.stream()
              .filter(a -> a.getName().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("algorithm not available: " + name)));
    }
    return picked;
  }
}
