package dev.gatehouse.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.workspace.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A workspace that answers as the program in it does, and runs nothing. */
public final class FakeLinks implements WorkspaceLinks {
  private final Map<String, String> states = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();
  private boolean ready = true;
  private List<String> logs = List.of();

  /** From now on services accept connections as soon as they are started, or never. */
  public synchronized void ready(boolean accepts) {
    ready = accepts;
  }

  /** From now on that is what services have written. */
  public synchronized void logs(String... lines) {
    logs = List.of(lines);
  }

  /** From now on a service is so, such as {@code failed 0 0 0 127}. */
  public synchronized void state(String service, String state) {
    states.put(service, state);
  }

  /** What was asked for, such as {@code start jupyter}. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public WorkspaceLink open(Endpoint endpoint, Duration limit) {
    return new FakeLink();
  }

  private synchronized String answer(String request) {
    var what = value(request, "do");
    var name = value(request, "name");
    asked.add((what + " " + name).strip());
    var answer = new StringBuilder("noise of a shell\ngatehouse-service 1\nhome /home/alice\n");
    switch (what) {
      case "start" -> {
        if (!states.getOrDefault(name, "stopped").startsWith("failed")) {
          states.put(name, "starting 42 1764500000 0 0");
        }
        answer.append(line(name));
        if (ready) {
          states.put(name, "running 42 1764500000 0 0");
          answer.append(line(name));
        } else {
          logs.forEach(log -> answer.append("log ").append(log).append('\n'));
        }
      }
      case "stop" -> {
        if (states.containsKey(name)) {
          states.put(name, "stopped 0 1764500001 0 143");
          answer.append(line(name));
        }
      }
      case "states" -> states.keySet().forEach(n -> answer.append(line(n)));
      case "logs" -> logs.forEach(log -> answer.append("log ").append(log).append('\n'));
      case "token" -> answer.append("token 5ec7e7\n");
      default -> answer.append("error request unknown\n");
    }
    return answer.toString();
  }

  private String line(String name) {
    return "state %s %s%n".formatted(name, states.get(name));
  }

  private static String value(String request, String key) {
    return request
        .lines()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElse("");
  }

  private final class FakeLink implements WorkspaceLink {
    @Override
    public Stream subsystem(String name) {
      return new FakeStream();
    }

    @Override
    public Optional<Stream> port(int number, Duration limit) {
      synchronized (FakeLinks.this) {
        return ready ? Optional.of(new FakeStream()) : Optional.empty();
      }
    }

    @Override
    public Optional<Stream> socket(String path, Duration limit) {
      return port(0, limit);
    }

    @Override
    public void close() {}
  }

  /** Answers when the request is whole. */
  private final class FakeStream implements WorkspaceLink.Stream {
    private final ByteArrayOutputStream request = new ByteArrayOutputStream();
    private InputStream answer = InputStream.nullInputStream();

    @Override
    public InputStream in() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          return answer.read();
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
          return answer.read(into, from, length);
        }
      };
    }

    @Override
    public OutputStream out() {
      return new OutputStream() {
        @Override
        public void write(int b) {
          request.write(b);
          if (request.toString(UTF_8).endsWith("\n\n")) {
            answer = new ByteArrayInputStream(answer(request.toString(UTF_8)).getBytes(UTF_8));
          }
        }
      };
    }

    @Override
    public void close() {}
  }
}
