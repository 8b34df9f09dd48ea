package dev.gatehouse.testkit;

import java.nio.file.Path;

/** A server that real clients log in to, on this machine. */
public interface SshTarget extends AutoCloseable {
  default String host() {
    return "127.0.0.1";
  }

  int port();

  String login();

  /** A private key without passphrase that may log in; its public half is beside it. */
  Path identity();

  /** What the server's host key must be, in OpenSSH's known_hosts format. */
  Path knownHosts();

  /** The home folder of the remote login; tests look into it to see what a session did. */
  Path home();

  /** Sessions shall be able to read and write this folder, which the test has made at home. */
  default void share(Path folder) {}

  /** What the server has to say about a test that failed. */
  default String log() {
    return "";
  }

  @Override
  void close();
}
