package dev.gatehouse.frontdoor;

import dev.gatehouse.console.LiveSessions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.session.Session;

/** The connections of people who have logged in. */
public final class Connections implements LiveSessions {
  private final AtomicInteger open = new AtomicInteger();

  public int count() {
    return open.get();
  }

  @Override
  public List<LiveSession> all() {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public boolean kill(long id, String reason) {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public int message(long id, String text) {
    throw new UnsupportedOperationException("skeleton");
  }

  void add(Session session) {
    open.incrementAndGet();
    session.addCloseFutureListener(closed -> open.decrementAndGet());
  }
}
