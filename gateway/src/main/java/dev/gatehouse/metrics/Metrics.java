package dev.gatehouse.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page that Prometheus reads. The library behind it is loaded at the first scrape, so that no
 * start waits for it.
 */
public final class Metrics implements AutoCloseable {
  private static final List<String> STATES = List.of("stopped", "starting", "running", "stopping");
  private static final Duration[] START_BUCKETS =
      Stream.of(1, 2, 5, 10, 20, 30, 60, 120, 300, 600)
          .map(Duration::ofSeconds)
          .toArray(Duration[]::new);

  private final String version;
  private final Supplier<Readings> reader;
  private final Counted counted;

  /** Of the scrape under way. Guarded by this. */
  private Readings now = Readings.NONE;

  /** Guarded by this. */
  private @Nullable Page page;

  /** What there is from the first scrape on. */
  private record Page(PrometheusMeterRegistry registry, Timer startTimes, JvmGcMetrics gc) {}

  /**
   * @param reader is asked once a scrape, and must not block
   */
  public Metrics(String version, Supplier<Readings> reader, Counted counted) {
    this.version = version;
    this.reader = reader;
    this.counted = counted;
  }

  /** In text format 0.0.4. */
  public synchronized String scrape() {
    now = reader.get();
    var current = page;
    if (current == null) {
      current = open();
      page = current;
    }
    refresh(current);
    return current.registry.scrape();
  }

  @Override
  public synchronized void close() {
    if (page != null) {
      page.gc.close();
      page.registry.close();
    }
  }

  private Page open() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    gauge(registry, "version", _ -> 1, "Always 1; what runs", Tags.of("version", version));
    directory(registry);
    connections(registry);
    workspaces(registry);
    var gc = new JvmGcMetrics();
    Stream.of(
            gc,
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics())
        .forEach(m -> m.bindTo(registry));
    var startTimes =
        Timer.builder("gatehouse.workspace.start")
            .description("How long starts of workspaces took that succeeded")
            .serviceLevelObjectives(START_BUCKETS)
            .register(registry);
    return new Page(registry, startTimes, gc);
  }

  private void directory(MeterRegistry registry) {
    gauge(registry, "directory.up", Readings::directoryUp, "1 if an LDAP server answers");
    gauge(registry, "directory.people", Readings::people, "People in the copy of the directory");
    seconds(
        registry,
        "directory.copy.age",
        Readings::copyAge,
        "Since when the copy of the directory is not confirmed");
  }

  private void connections(MeterRegistry registry) {
    gauge(registry, "connections", Readings::connections, "Connections that have logged in");
    for (var type : ChannelType.NAMES) {
      gauge(registry, "channels", r -> r.channels(type), "Open channels", Tags.of("type", type));
    }
    gauge(registry, "startups", Readings::startups, "Connections that have not logged in yet");
    gauge(registry, "penalties", Readings::penalties, "Sources that are made to wait");
    bytes(registry, "in", Readings::bytesIn);
    bytes(registry, "out", Readings::bytesOut);
  }

  private void workspaces(MeterRegistry registry) {
    for (var state : STATES) {
      gauge(
          registry,
          "workspaces",
          r -> r.workspaces(state),
          "Workspaces of the whole cluster",
          Tags.of("state", state));
    }
    gauge(
        registry,
        "workspace.connections.kept",
        Readings::spares,
        "Connections to workspaces that wait for the next session");
  }

  /** A kind that has been counted for the first time becomes a time series. */
  private void refresh(Page current) {
    counted.starts().durations().take().forEach(current.startTimes::record);
    outcomes(current.registry, "logins", counted.logins(), "Logins by how they ended");
    outcomes(
        current.registry,
        "workspace.starts",
        counted.starts().outcomes(),
        "Starts by how they ended");
    counted
        .refusals()
        .counts()
        .keySet()
        .forEach(
            why ->
                counter(
                    current.registry,
                    "connections.refused",
                    counted.refusals(),
                    t -> t.of(why),
                    Tags.of("reason", why),
                    "Connections that were not let begin"));
  }

  private static void outcomes(
      MeterRegistry registry, String name, Tally<Outcome> tally, String help) {
    for (var outcome : tally.counts().keySet()) {
      counter(
          registry,
          name,
          tally,
          t -> t.of(outcome),
          Tags.of("outcome", outcome.name(), "code", outcome.code()),
          help);
    }
  }

  private static <T> void counter(
      MeterRegistry registry,
      String name,
      T counted,
      ToDoubleFunction<T> count,
      Tags tags,
      String help) {
    FunctionCounter.builder("gatehouse." + name, counted, count)
        .tags(tags)
        .description(help)
        .register(registry);
  }

  private void bytes(MeterRegistry registry, String direction, ToDoubleFunction<Readings> value) {
    FunctionCounter.builder("gatehouse.relayed", this, m -> value.applyAsDouble(m.now))
        .tags(Tags.of("direction", direction))
        .baseUnit("bytes")
        .description("SSH messages of clients after their login, inside the encryption")
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, ToDoubleFunction<Readings> value, String help) {
    gauge(registry, name, value, help, Tags.empty());
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      ToDoubleFunction<Readings> value,
      String help,
      Tags tags) {
    builder(name, value, help).tags(tags).register(registry);
  }

  private void seconds(
      MeterRegistry registry, String name, ToDoubleFunction<Readings> value, String help) {
    builder(name, value, help).baseUnit("seconds").register(registry);
  }

  private Gauge.Builder<Metrics> builder(
      String name, ToDoubleFunction<Readings> value, String help) {
    return Gauge.builder("gatehouse." + name, this, m -> value.applyAsDouble(m.now))
        .description(help);
  }
}
