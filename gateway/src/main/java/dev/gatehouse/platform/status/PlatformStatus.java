package dev.gatehouse.platform.status;

import dev.gatehouse.platform.status.PartStatus.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the operator says: {@code status.json} of the ConfigMap {@code gatehouse-status}.
 *
 * @param revision the newest of the definition that it has seen; 0 if none
 * @param parts in the order in which they are applied
 * @param tried the time of the last request to try again that it has done all it can for
 */
public record PlatformStatus(long revision, List<PartStatus> parts, Optional<Instant> tried) {
  public static final PlatformStatus NONE = new PlatformStatus(0, List.of(), Optional.empty());

  private static final JsonMapper JSON = new JsonMapper();

  public Optional<PartStatus> of(String part) {
    return parts.stream().filter(p -> p.part().equals(part)).findFirst();
  }

  /** With another status of one part; its time stays if it says the same. */
  public PlatformStatus with(long newest, PartStatus status) {
    var now = new ArrayList<PartStatus>();
    var isKnown = false;
    for (var part : parts) {
      if (part.part().equals(status.part())) {
        isKnown = true;
        now.add(part.isAs(status) ? part : status);
      } else {
        now.add(part);
      }
    }
    if (!isKnown) {
      now.add(status);
    }
    return new PlatformStatus(newest, List.copyOf(now), tried);
  }

  /** Without parts that there are no longer. */
  public PlatformStatus only(List<String> names) {
    return new PlatformStatus(
        revision, names.stream().flatMap(name -> of(name).stream()).toList(), tried);
  }

  /** With the request to try again that is answered now. */
  public PlatformStatus answering(Optional<Instant> request) {
    return new PlatformStatus(revision, parts, request);
  }

  public String json() {
    var json = JSON.createObjectNode().put("revision", revision);
    var list = json.putArray("parts");
    for (var part : parts) {
      var entry =
          list.addObject()
              .put("part", part.part())
              .put("state", part.state().word())
              .put("revision", part.revision())
              .put("since", part.since().toString());
      part.code().ifPresent(code -> entry.put("code", code));
      entry.put("message", part.message());
    }
    tried.ifPresent(at -> json.put("tried", at.toString()));
    return json.toPrettyString();
  }

  /** Reads what {@link #json} wrote; empty if it is something else. */
  public static Optional<PlatformStatus> read(String json) {
    try {
      var tree = JSON.readTree(json);
      return Optional.of(
          new PlatformStatus(
              tree.path("revision").asLong(0),
              tree.path("parts").valueStream().map(PlatformStatus::part).toList(),
              Optional.ofNullable(tree.path("tried").asString(null)).map(Instant::parse)));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static PartStatus part(JsonNode entry) {
    return new PartStatus(
        entry.path("part").asString(""),
        State.valueOf(entry.path("state").asString("").toUpperCase(Locale.ROOT)),
        entry.path("revision").asLong(0),
        Instant.parse(entry.path("since").asString("")),
        Optional.ofNullable(entry.path("code").asString(null)),
        entry.path("message").asString(""));
  }
}
