package dev.gatehouse.aws.stacks;

import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.platform.Rollouts.Pause;
import dev.gatehouse.platform.stacks.ResourceChange;
import dev.gatehouse.platform.stacks.ResourceChange.Action;
import dev.gatehouse.platform.stacks.ResourceChange.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.PolicyAction;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceTargetDefinition;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** Asks CloudFormation what an update would change. */
final class ChangeSets {
  private static final String PREFIX = "gatehouse-";
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int MOST_PAUSES = 300;

  private final StackCalls calls;
  private final Pause pause;

  ChangeSets(StackCalls calls, Pause pause) {
    this.calls = calls;
    this.pause = pause;
  }

  /**
   * One that is ready to be executed, or that changes nothing.
   *
   * @param id its ARN
   */
  record Ready(String id, List<ResourceChange> changes, boolean isNothing) {}

  /** What a stack is to be made of. */
  record Wanted(String stack, String template, Map<String, String> parameters, List<Tag> tags) {}

  Ready make(Wanted wanted) throws InterruptedException {
    deleteLeftovers(wanted.stack());
    var name = PREFIX + UUID.randomUUID();
    var id =
        AwsFailures.told(
                "make a change set of the stack " + wanted.stack(),
                () ->
                    calls
                        .client()
                        .createChangeSet(
                            r ->
                                r.stackName(wanted.stack())
                                    .changeSetName(name)
                                    // The SDK repeats a request that got no answer.
                                    .clientToken(name)
                                    .changeSetType(ChangeSetType.UPDATE)
                                    .templateBody(wanted.template())
                                    .parameters(parameters(wanted.parameters()))
                                    .capabilities(Capability.CAPABILITY_IAM)
                                    .tags(wanted.tags())))
            .id();
    return await(wanted.stack(), id);
  }

  static List<Parameter> parameters(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> Parameter.builder().parameterKey(e.getKey()).parameterValue(e.getValue()).build())
        .toList();
  }

  void delete(String id) {
    AwsFailures.told(
        "delete a change set", () -> calls.client().deleteChangeSet(r -> r.changeSetName(id)));
  }

  /** Of a plan or an apply that has died. */
  private void deleteLeftovers(String stack) {
    var leftovers =
        AwsFailures.told(
            "list the change sets of the stack " + stack,
            () ->
                calls.client().listChangeSetsPaginator(r -> r.stackName(stack)).summaries().stream()
                    .filter(s -> s.changeSetName().startsWith(PREFIX))
                    .filter(s -> s.status() != ChangeSetStatus.DELETE_COMPLETE)
                    .toList());
    leftovers.forEach(s -> delete(s.changeSetId()));
  }

  private Ready await(String stack, String id) throws InterruptedException {
    for (var i = 0; i < MOST_PAUSES; i++) {
      var set =
          AwsFailures.told(
              "read a change set of the stack " + stack,
              () -> calls.client().describeChangeSet(request(id)));
      switch (set.status()) {
        case CREATE_COMPLETE -> {
          return new Ready(id, changes(stack, id), false);
        }
        case FAILED -> {
          if (isNothing(set.statusReason())) {
            return new Ready(id, List.of(), true);
          }
          delete(id);
          throw new FailureException(
              new Failure.Broken(
                  "stack-refused",
                  "CloudFormation does not take the template or its parameters for the stack %s: %s"
                      .formatted(stack, Quote.plain(String.valueOf(set.statusReason())))));
        }
        default -> pause.take(PAUSE);
      }
    }
    throw new FailureException(
        new Failure.Unavailable(
            "stack-busy",
            "CloudFormation has not made a change set of the stack %s within %d minutes; run this"
                    .formatted(stack, PAUSE.multipliedBy(MOST_PAUSES).toMinutes())
                + " again"));
  }

  private static DescribeChangeSetRequest request(String id) {
    return DescribeChangeSetRequest.builder().changeSetName(id).includePropertyValues(true).build();
  }

  /** There is no code for it. */
  private static boolean isNothing(@Nullable String reason) {
    return reason != null
        && (reason.contains("didn't contain changes")
            || reason.contains("No updates are to be performed"));
  }

  private List<ResourceChange> changes(String stack, String id) {
    var changes = new ArrayList<ResourceChange>();
    var page = request(id);
    while (true) {
      var asked = page;
      var set =
          AwsFailures.told(
              "read a change set of the stack " + stack,
              () -> calls.client().describeChangeSet(asked));
      set.changes().stream()
          .map(Change::resourceChange)
          .map(ChangeSets::change)
          .forEach(changes::add);
      if (set.nextToken() == null) {
        changes.sort(Comparator.comparing(ResourceChange::id));
        return List.copyOf(changes);
      }
      page = page.toBuilder().nextToken(set.nextToken()).build();
    }
  }

  private static ResourceChange change(
      software.amazon.awssdk.services.cloudformation.model.ResourceChange change) {
    var action = action(change);
    var mayReplace = change.replacement() == Replacement.CONDITIONAL;
    var stays =
        change.policyAction() == PolicyAction.RETAIN
            || change.policyAction() == PolicyAction.REPLACE_AND_RETAIN;
    return new ResourceChange(
        change.logicalResourceId(),
        change.resourceType(),
        action,
        properties(change),
        note(action, mayReplace, stays),
        HeldData.refusal(change, action, mayReplace, stays));
  }

  private static Action action(
      software.amazon.awssdk.services.cloudformation.model.ResourceChange change) {
    return change.action() == ChangeAction.ADD || change.action() == ChangeAction.IMPORT
        ? Action.CREATE
        : change.action() == ChangeAction.REMOVE
            ? Action.DELETE
            : change.replacement() == Replacement.TRUE ? Action.REPLACE : Action.CHANGE;
  }

  private static Optional<String> note(Action action, boolean mayReplace, boolean stays) {
    if (action == Action.DELETE && stays) {
      return Optional.of("leaves the stack, and stays in the account");
    }
    return mayReplace ? Optional.of("may be made anew") : Optional.empty();
  }

  /** A property that depends on another is told twice. */
  private static List<Property> properties(
      software.amazon.awssdk.services.cloudformation.model.ResourceChange change) {
    var properties = new TreeMap<String, Property>();
    for (var detail : change.details()) {
      var target = detail.target();
      if (target != null) {
        var path = path(target);
        properties.put(
            path,
            new Property(
                path,
                Optional.ofNullable(target.beforeValue()),
                Optional.ofNullable(target.afterValue())));
      }
    }
    return List.copyOf(properties.values());
  }

  private static String path(ResourceTargetDefinition target) {
    return Optional.ofNullable(target.path())
        .map(path -> path.replaceFirst("^/", "").replace('/', '.'))
        .or(() -> Optional.ofNullable(target.name()))
        .orElseGet(target::attributeAsString);
  }
}
