package dev.gatehouse.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for programs that cannot be told to take any and say which. */
public final class Ports {
  private static final int LOWEST = 15_000;

  /** Linux gives out ports from here on to outgoing connections, which would get in between. */
  private static final int EPHEMERAL = 32_768;

  private Ports() {}

  /** A TCP port of the loopback address that nobody listens on now. */
  public static int free() {
    while (true) {
      var port = ThreadLocalRandom.current().nextInt(LOWEST, EPHEMERAL);
      if (isFree(port)) {
        return port;
      }
    }
  }

  /** Whether somebody listens; unlike {@link #isFree} this takes the port from nobody. */
  public static boolean isListening(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Takes the port for a moment: a server that starts meanwhile finds it taken. */
  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
