package dev.gatehouse.frontdoor;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.session.Session;

/** The connections of people who have logged in. */
public final class Connections {
  private final AtomicInteger open = new AtomicInteger();

  public int count() {
    return open.get();
  }

  void add(Session session) {
    open.incrementAndGet();
    session.addCloseFutureListener(closed -> open.decrementAndGet());
  }
}
