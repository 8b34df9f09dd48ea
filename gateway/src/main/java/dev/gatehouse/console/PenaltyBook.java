package dev.gatehouse.console;

import dev.gatehouse.net.Cidr;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sources that are made to wait because of what they did (PerSourcePenalties). */
public interface PenaltyBook {
  /**
   * @param reason for what the last penalty was given, such as {@code authFail}
   * @param active whether connections are refused now, or only might be if more comes
   */
  record Penalty(Cidr source, Instant until, String reason, boolean active) {}

  /** Those with the most time left first, at most {@code most}. */
  List<Penalty> list(int most);

  /**
   * Forgets them.
   *
   * @param address only the source that this address belongs to
   * @return how many there were
   */
  int clear(Optional<InetAddress> address);
}
