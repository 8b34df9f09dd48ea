package dev.gatehouse.file;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder of small files that several gateways have alike, each as files of its own. Calls may
 * block on the network.
 */
public interface SharedFolder {
  /** Where the files are on this machine. */
  Path path();

  /**
   * Takes over what others have changed.
   *
   * @return whether that was anything
   * @throws IOException if they cannot be asked now; the files are as they were
   */
  boolean refresh() throws IOException;

  /**
   * Changes files here and then for all: when it returns, the others find the change, and if it
   * throws, nobody does. Where another gateway was first, theirs is taken over and the change runs
   * again.
   */
  void change(Change change) throws IOException;

  /** Works on the files below {@link #path}. */
  @FunctionalInterface
  interface Change {
    void run() throws IOException;
  }

  /** One that a single gateway has for itself. */
  static SharedFolder alone(Path path) {
    return new SharedFolder() {
      @Override
      public Path path() {
        return path;
      }

      @Override
      public boolean refresh() {
        return false;
      }

      @Override
      public void change(Change change) throws IOException {
        change.run();
      }
    };
  }
}
