package dev.gatehouse.app;

import dev.gatehouse.cluster.App;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to apps. All methods may be called by many threads. */
public final class AppDialer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AppDialer.class);

  /** For all of it: the name, and each address that the name has. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final int LOOKUPS = 4;
  private static final int LOOKUPS_WAITING = 1024;
  private static final Duration IDLE = Duration.ofSeconds(30);

  /**
   * Names are looked up on threads of the platform: a lookup is native code, so a slow DNS would
   * take away the few that carry all virtual threads.
   */
  private final ThreadPoolExecutor lookups =
      new ThreadPoolExecutor(
          LOOKUPS,
          LOOKUPS,
          IDLE.toSeconds(),
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(LOOKUPS_WAITING),
          Thread.ofPlatform().daemon().name("app-lookup-", 0).factory());

  public AppDialer() {
    lookups.allowCoreThreadTimeOut(true);
  }

  /**
   * Connects; called on a virtual thread.
   *
   * @param port one of the app's
   * @throws FailureException if nothing answers within ten seconds
   */
  public Socket dial(App app, int port) {
    var deadline = System.nanoTime() + LIMIT.toNanos();
    try {
      return connect(addresses(app.host(), deadline), port, deadline);
    } catch (IOException e) {
      LOG.warn(
          "[app-unreachable] {} at {} port {}: {}",
          app.name(),
          Quote.plain(app.host()),
          port,
          reason(e));
      throw new FailureException(
          new Failure.Unavailable(
              "app-unreachable",
              "app %s does not answer on port %d: %s"
                  .formatted(app.name(), port, reason(e) + advice(e))),
          e);
    }
  }

  @Override
  public void close() {
    lookups.shutdownNow();
  }

  private List<InetAddress> addresses(String host, long deadline) throws IOException {
    try {
      var lookup = lookups.submit(() -> InetAddress.getAllByName(host));
      try {
        return List.of(lookup.get(left(deadline).toNanos(), TimeUnit.NANOSECONDS));
      } finally {
        lookup.cancel(false);
      }
    } catch (ExecutionException e) {
      throw new UnknownHostException(host);
    } catch (TimeoutException | RejectedExecutionException e) {
      throw new SocketTimeoutException("the DNS does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Tries one address after the other. */
  private static Socket connect(List<InetAddress> addresses, int port, long deadline)
      throws IOException {
    var last = new IOException("no address");
    for (var address : addresses) {
      try {
        return connect(new InetSocketAddress(address, port), left(deadline));
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static Socket connect(InetSocketAddress address, Duration limit) throws IOException {
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      // A pod whose node has died says nothing.
      socket.setKeepAlive(true);
      socket.connect(address, (int) limit.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** One millisecond at least: 0 would be for ever. */
  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(deadline - System.nanoTime(), 1_000_000));
  }

  /** Nobody listens, or a Service has no pod that is ready: its pods wait for a node, or fail. */
  private static boolean isNotRunning(IOException e) {
    return e instanceof ConnectException;
  }

  private static String advice(IOException e) {
    return isNotRunning(e)
        ? "; it is not running, or not ready yet: try again in a minute, or tell an administrator"
        : "; try again, or tell an administrator";
  }

  private static String reason(IOException e) {
    return e instanceof UnknownHostException
        // A headless Service without a ready pod has no address either.
        ? "its host is not known, or none of it is running"
        : Quote.plain(
            Optional.ofNullable(e.getMessage()).orElse("no connection").toLowerCase(Locale.ROOT));
  }
}
