package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.name.MachineTypeName;
import java.time.Duration;

/**
 * The section {@code workspaces}.
 *
 * @param file the whole file
 */
record WorkspacesReader(Section file, Section machineTypes, Problems problems) {
  private static final Duration LONGEST_WARNING = Duration.ofDays(7);

  WorkspaceSettings read() {
    var section = file.section("workspaces");
    var settings =
        new WorkspaceSettings(
            section
                .get("defaultType", Values.name(MachineTypeName::new))
                .orElse(MachineTypesReader.STANDARD),
            section
                .get("startTimeout", Amounts.duration(Duration.ofSeconds(1), Duration.ofHours(1)))
                .orElse(Duration.ofMinutes(5)),
            section.get("perPerson", Amounts.integer(1, 100)).orElse(5),
            new IdleReader(section.section("idle"), IdlePolicy.DEFAULT).read(),
            section
                .get("drainWarning", Amounts.durationOrNone(Duration.ofSeconds(1), LONGEST_WARNING))
                .orElse(WorkspaceSettings.DRAIN_WARNING),
            section.get("drainsAtOnce", Amounts.integer(1, 100)).orElse(1));
    section.refuseUnknownKeys();
    requireDefined(settings.defaultType(), section);
    return settings;
  }

  private void requireDefined(MachineTypeName type, Section workspaces) {
    var known = machineTypes.keys();
    if (known.isEmpty() ? type.equals(MachineTypesReader.STANDARD) : known.contains(type.value())) {
      return;
    }
    workspaces
        .place("defaultType")
        .or(() -> file.place("machineTypes"))
        .ifPresent(
            place ->
                problems.add(
                    place,
                    "workspaces.defaultType is %s, which is none of the machineTypes%s"
                        .formatted(Quote.of(type.value()), Suggestion.among(known, type.value()))));
  }
}
