package dev.gatehouse.testkit.aws;

import dev.gatehouse.platform.objects.Trees;
import dev.gatehouse.platform.stacks.StackTemplate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/**
 * One stack of the stand-in. What is to happen to it happens step by step, one step each time that
 * somebody looks: CloudFormation works while nobody waits, too.
 */
final class FakeStack {
  final String name;
  final String id;
  String status;
  @Nullable String reason;
  String template = "";
  Map<String, String> parameters = Map.of();
  List<Tag> tags = List.of();

  /** What is there: the physical ids, in the order in which they were made. */
  final Map<String, Resource> resources = new LinkedHashMap<>();

  final List<StackEvent> events = new ArrayList<>();
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final Supplier<Instant> clock;
  private int made;

  /** What is there of one resource. */
  record Resource(
      String physical,
      String type,
      Map<String, Object> properties,
      String status,
      @Nullable String reason) {}

  FakeStack(String name, String id, String status, Supplier<Instant> clock) {
    this.name = name;
    this.id = id;
    this.status = status;
    this.clock = clock;
  }

  void then(Runnable step) {
    steps.add(step);
  }

  void step() {
    var next = steps.poll();
    if (next != null) {
      next.run();
    }
  }

  void dropSteps() {
    steps.clear();
  }

  StackValues values() {
    return values(template, parameters);
  }

  StackValues values(String text, Map<String, String> given) {
    var tree = StackTemplate.parse(text).tree();
    var all = new LinkedHashMap<String, String>();
    Trees.map(tree.get("Parameters"))
        .forEach((key, about) -> all.put(key, Trees.text(Trees.map(about).get("Default"))));
    all.putAll(given);
    var physical = new LinkedHashMap<String, String>();
    resources.forEach((key, resource) -> physical.put(key, resource.physical()));
    return new StackValues(name, tree, all, physical);
  }

  void status(String next, @Nullable String why) {
    status = next;
    reason = why;
    event(name, "AWS::CloudFormation::Stack", id, next, why);
  }

  void set(String key, Resource resource) {
    resources.put(key, resource);
    event(key, resource.type(), resource.physical(), resource.status(), resource.reason());
  }

  /** What was there before an update that failed. */
  void restore(String key, @Nullable Resource before) {
    if (before == null) {
      resources.remove(key);
    } else {
      resources.put(key, before);
    }
  }

  void event(String key, String type, String physical, String state, @Nullable String why) {
    events.add(
        StackEvent.builder()
            .eventId("event-%05d".formatted(events.size()))
            .stackId(id)
            .stackName(name)
            .logicalResourceId(key)
            .physicalResourceId(physical)
            .resourceType(type)
            .resourceStatus(state)
            .resourceStatusReason(why)
            .timestamp(clock.get())
            .build());
  }

  String newPhysical(String key, String type) {
    made++;
    var prefix =
        switch (type) {
          case "AWS::EC2::VPC" -> "vpc";
          case "AWS::EC2::Subnet" -> "subnet";
          case "AWS::EFS::FileSystem" -> "fs";
          case "AWS::EC2::SecurityGroup" -> "sg";
          default -> name;
        };
    return "%s-%s-%d".formatted(prefix, key.toLowerCase(Locale.ROOT), made);
  }

  Stack told() {
    return Stack.builder()
        .stackId(id)
        .stackName(name)
        .stackStatus(status)
        .stackStatusReason(reason)
        .creationTime(Instant.parse("2026-11-30T09:00:00Z"))
        .tags(tags)
        .parameters(
            (template.isEmpty() ? parameters : values().parameters())
                .entrySet().stream()
                    .map(
                        e ->
                            Parameter.builder()
                                .parameterKey(e.getKey())
                                .parameterValue(e.getValue())
                                .build())
                    .toList())
        .outputs(
            status.endsWith("COMPLETE") && !template.isEmpty() && !status.startsWith("ROLLBACK")
                ? values().outputs().entrySet().stream()
                    .map(
                        e ->
                            Output.builder()
                                .outputKey(e.getKey())
                                .outputValue(e.getValue())
                                .build())
                    .toList()
                : List.of())
        .build();
  }

  List<StackResourceSummary> summaries() {
    return resources.entrySet().stream()
        .map(
            e ->
                StackResourceSummary.builder()
                    .logicalResourceId(e.getKey())
                    .physicalResourceId(e.getValue().physical())
                    .resourceType(e.getValue().type())
                    .resourceStatus(e.getValue().status())
                    .resourceStatusReason(e.getValue().reason())
                    .build())
        .toList();
  }
}
