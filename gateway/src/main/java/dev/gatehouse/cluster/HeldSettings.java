package dev.gatehouse.cluster;

import dev.gatehouse.cluster.InForceAfter.What;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings that are marked with {@link InForceAfter}, in a definition and all its sections. */
final class HeldSettings {
  private HeldSettings() {}

  /**
   * Returns the definition with marked settings of another one.
   *
   * @param running the definition in force
   * @param held which of the marked settings
   */
  static ClusterDefinition keep(ClusterDefinition next, ClusterDefinition running, Set<What> held) {
    return keep(ClusterDefinition.class, next, running, held);
  }

  /** Returns the marked settings that differ, in the order of the definition. */
  static List<Unapplied> differing(ClusterDefinition written, ClusterDefinition running) {
    var found = new ArrayList<Unapplied>();
    compare("", ClusterDefinition.class, written, running, found);
    return List.copyOf(found);
  }

  /** Returns the settings with that mark and their values, in the order of the definition. */
  static List<String> values(ClusterDefinition definition, What after) {
    var found = new ArrayList<String>();
    collect("", ClusterDefinition.class, definition, after, found);
    return List.copyOf(found);
  }

  private static void collect(
      String prefix,
      Class<? extends Record> type,
      @Nullable Object record,
      What after,
      List<String> found) {
    for (var component : type.getRecordComponents()) {
      var key = prefix + component.getName();
      var value = value(component, record);
      var mark = mark(component);
      if (mark.isEmpty()) {
        section(component).ifPresent(s -> collect(key + ".", s, value, after, found));
      } else if (mark.get() == after) {
        found.add(key + "=" + value);
      }
    }
  }

  private static <R extends Record> R keep(Class<R> type, R next, R running, Set<What> held) {
    var components = type.getRecordComponents();
    var values = new @Nullable Object[components.length];
    for (var i = 0; i < components.length; i++) {
      var component = components[i];
      var section = section(component);
      if (mark(component).filter(held::contains).isPresent()) {
        values[i] = value(component, running);
      } else if (section.isPresent()) {
        values[i] = keepSection(section.get(), component, next, running, held);
      } else {
        values[i] = value(component, next);
      }
    }
    return make(type, components, values);
  }

  private static <S extends Record> S keepSection(
      Class<S> section, RecordComponent component, Record next, Record running, Set<What> held) {
    return keep(
        section,
        section.cast(Objects.requireNonNull(value(component, next))),
        section.cast(Objects.requireNonNull(value(component, running))),
        held);
  }

  private static void compare(
      String prefix,
      Class<? extends Record> type,
      @Nullable Object written,
      @Nullable Object running,
      List<Unapplied> found) {
    for (var component : type.getRecordComponents()) {
      var key = prefix + component.getName();
      var here = value(component, written);
      var there = value(component, running);
      var mark = mark(component);
      if (mark.isEmpty()) {
        section(component).ifPresent(s -> compare(key + ".", s, here, there, found));
      } else if (!Objects.equals(here, there)) {
        found.add(new Unapplied(key, mark.get()));
      }
    }
  }

  private static Optional<What> mark(RecordComponent component) {
    return Optional.ofNullable(component.getAnnotation(InForceAfter.class))
        .map(InForceAfter::value);
  }

  /** A part of the definition that is never absent, and so may have marks of its own. */
  private static Optional<Class<? extends Record>> section(RecordComponent component) {
    return component.getType().isRecord()
        ? Optional.of(component.getType().asSubclass(Record.class))
        : Optional.empty();
  }

  private static @Nullable Object value(RecordComponent component, @Nullable Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  private static <R extends Record> R make(
      Class<R> type, RecordComponent[] components, @Nullable Object[] values) {
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }
}
