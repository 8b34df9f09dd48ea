package dev.gatehouse.aws;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first asked for. */
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private @Nullable T made;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    var value = made == null ? maker.get() : made;
    made = value;
    return value;
  }

  /** Does something with the value, unless nobody has asked for it. */
  synchronized void ifMade(Consumer<T> action) {
    if (made != null) {
      action.accept(made);
    }
  }
}
