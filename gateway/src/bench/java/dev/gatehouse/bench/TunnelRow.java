package dev.gatehouse.bench;

import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Running;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Bulk data through {@code -L}, in one stream or in several at once. */
record TunnelRow(boolean up, int streams, long mib, double goal) implements Row {
  private static final double GIB = 1 << 30;
  private static final int WARM_UP = 8; // the part of the bytes
  private static final int CHUNK = 64 << 10;

  @Override
  public String name() {
    return "-L %s, %d stream%s".formatted(up ? "up" : "down", streams, streams == 1 ? "" : "s");
  }

  @Override
  public String unit() {
    return "MB/s";
  }

  @Override
  public boolean more() {
    return true;
  }

  /** Of so many bytes each that one turn averages over seconds. */
  @Override
  public int rounds() {
    return 3;
  }

  @Override
  public Row warmUp() {
    return new TunnelRow(up, streams, mib / WARM_UP, goal);
  }

  @Override
  public Sample run(Contender contender) throws Exception {
    var bytes = (mib << 20) / streams * streams;
    try (var server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var tunnel = open(contender, server)) {
      var port = tunnel.port();
      Poll.until("the tunnel is open", () -> greets(port, server));
      var cpu = contender.cpuSeconds();
      var began = System.nanoTime();
      var work = new ArrayList<Callable<Void>>();
      for (var i = 0; i < streams; i++) {
        work.add(() -> pass(new Socket(InetAddress.getLoopbackAddress(), port), up, bytes));
        work.add(() -> pass(server.accept(), !up, bytes));
      }
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
      var seconds = (System.nanoTime() - began) / 1e9;
      return new Sample(bytes / 1e6 / seconds, (contender.cpuSeconds() - cpu) / (bytes / GIB));
    }
  }

  private record Tunnel(Running ssh, int port) implements AutoCloseable {
    @Override
    public void close() {
      ssh.close();
    }
  }

  private static Tunnel open(Contender contender, ServerSocket server) {
    var port = Ports.free();
    var forward = "%d:127.0.0.1:%d".formatted(port, server.getLocalPort());
    return new Tunnel(
        Program.in(Path.of("/"), contender.ssh("-N", "-L", forward, "target"))
            .within(Duration.ofMinutes(10))
            .start(),
        port);
  }

  /** One byte through the tunnel, so that what follows finds everything made. */
  private static boolean greets(int port, ServerSocket server) throws IOException {
    try (var near = new Socket(InetAddress.getLoopbackAddress(), port);
        var far = server.accept()) {
      far.getOutputStream().write('x');
      return near.getInputStream().read() == 'x';
    }
  }

  private Void pass(Socket socket, boolean sends, long total) throws IOException {
    try (socket) {
      var share = total / streams;
      if (sends) {
        send(socket.getOutputStream(), share);
        socket.shutdownOutput();
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } else {
        receive(socket.getInputStream(), share);
      }
      return null;
    }
  }

  private static void send(OutputStream out, long bytes) throws IOException {
    var chunk = new byte[CHUNK];
    for (var left = bytes; left > 0; left -= chunk.length) {
      out.write(chunk, 0, (int) Math.min(left, chunk.length));
    }
  }

  private static void receive(InputStream in, long bytes) throws IOException {
    var chunk = new byte[CHUNK];
    for (var left = bytes; left > 0; ) {
      var n = in.read(chunk);
      if (n < 0) {
        throw new IOException(left + " bytes are missing");
      }
      left -= n;
    }
  }
}
