package dev.gatehouse.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** A connection of the gateway's own to the sshd of a workspace. Calls block. */
public interface WorkspaceLink extends AutoCloseable {
  /**
   * Runs a subsystem (RFC 4254, 6.5).
   *
   * @throws IOException if the sshd refuses it, or the connection is lost
   */
  Stream subsystem(String name) throws IOException;

  /**
   * Connects to a port of the workspace's loopback interface.
   *
   * @param limit it is closed after that time
   * @return empty if nothing listens there
   * @throws IOException if the connection to the workspace is lost
   */
  Optional<Stream> port(int number, Duration limit) throws IOException;

  /** As {@link #port}, to a unix socket. */
  Optional<Stream> socket(String path, Duration limit) throws IOException;

  @Override
  void close();

  /** Bytes to and from something in the workspace. */
  interface Stream extends AutoCloseable {
    /** What it writes; ends when it does, or when the link is closed. */
    InputStream in();

    /** What it reads. */
    OutputStream out();

    @Override
    void close();
  }
}
