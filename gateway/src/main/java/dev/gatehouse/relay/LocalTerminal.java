package dev.gatehouse.relay;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The client's terminal, for a program inside the gateway. */
final class LocalTerminal implements LocalSession.Terminal {
  private final String type;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile int columns;
  private volatile int rows;

  private LocalTerminal(String type) {
    this.type = type;
  }

  /** The terminal that these requests ask for, if they do. */
  static @Nullable LocalTerminal of(List<HeldRequest> requests) {
    LocalTerminal terminal = null;
    for (var request : requests) {
      if (request.is("pty-req")) {
        var fields = request.fields();
        terminal = new LocalTerminal(fields.getString());
        terminal.resize(fields);
      } else if (terminal != null && request.is("window-change")) {
        terminal.resize(request.fields());
      }
    }
    return terminal;
  }

  void resize(Buffer fields) {
    columns = clamp(fields.getUInt());
    rows = clamp(fields.getUInt());
    listeners.forEach(Runnable::run);
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void onResize(Runnable listener) {
    listeners.add(listener);
  }

  /** No terminal is that large; a program may allocate by it. */
  private static int clamp(long size) {
    return (int) Math.min(size, 2000);
  }
}
