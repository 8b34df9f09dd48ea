package dev.gatehouse;

/**
 * A gateway that runs in this process.
 *
 * @param port where it listens
 * @param end ends it as kindly as it can
 */
record Running(int port, Runnable end) implements AutoCloseable {
  /** Ends it with the process. */
  void endWithProcess() {
    Runtime.getRuntime().addShutdownHook(new Thread(end, "drain"));
  }

  @Override
  public void close() {
    end.run();
  }
}
