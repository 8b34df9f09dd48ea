package dev.gatehouse.server;

/**
 * A gateway that runs in this process.
 *
 * @param port where it listens
 * @param end ends it as kindly as it can
 */
public record RunningGateway(int port, Runnable end) implements AutoCloseable {
  /** Ends it with the process. */
  public void endWithProcess() {
    Runtime.getRuntime().addShutdownHook(new Thread(end, "drain"));
  }

  @Override
  public void close() {
    end.run();
  }
}
