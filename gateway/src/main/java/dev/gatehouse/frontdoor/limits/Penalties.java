package dev.gatehouse.frontdoor.limits;

import dev.gatehouse.console.PenaltyBook;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What sources are made to wait for. */
public final class Penalties implements PenaltyBook {
  @Override
  public List<Penalty> list(int most) {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public int clear(Optional<InetAddress> address) {
    throw new UnsupportedOperationException("skeleton");
  }
}
