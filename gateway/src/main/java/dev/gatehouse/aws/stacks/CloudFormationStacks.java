package dev.gatehouse.aws.stacks;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.platform.Rollouts.Pause;
import dev.gatehouse.platform.stacks.ResourceChange;
import dev.gatehouse.platform.stacks.ResourceChange.Action;
import dev.gatehouse.platform.stacks.Stack.Output;
import dev.gatehouse.platform.stacks.Stack.Text;
import dev.gatehouse.platform.stacks.StackEngine;
import dev.gatehouse.platform.stacks.StackPlan;
import dev.gatehouse.platform.stacks.StackTemplate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.OnFailure;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackDriftDetectionStatus;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDriftStatus;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.Tag;

/** The stacks of one cluster. */
public final class CloudFormationStacks implements StackEngine {
  /** Marks a stack as one of ours, and everything that the stack makes. */
  static final String TAG = "gatehouse.dev/cluster";

  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final String PROTECTION = "DeletionProtection";

  /** Clocks of AWS and of this machine differ a little. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final StackCalls calls;
  private final ChangeSets changeSets;
  private final Leftovers leftovers;
  private final String cluster;
  private final InstantSource clock;
  private final Pause pause;

  /**
   * @param aws stays the caller's
   * @param cluster its name
   */
  public CloudFormationStacks(Aws aws, String cluster, InstantSource clock, Pause pause) {
    this.calls = new StackCalls(aws);
    this.changeSets = new ChangeSets(calls, pause);
    this.leftovers = new Leftovers(aws, cluster);
    this.cluster = cluster;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public StackPlan plan(dev.gatehouse.platform.stacks.Stack stack) {
    try {
      return planned(stack);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException(
          new Failure.Unavailable(
              "stack-busy", "the plan of %s was ended".formatted(stack.name())));
    }
  }

  private StackPlan planned(dev.gatehouse.platform.stacks.Stack stack) throws InterruptedException {
    var there = calls.find(stack.name());
    if (there.isEmpty()) {
      return creation(stack, Optional.empty());
    }
    var refusal = refusal(there.get());
    if (refusal.isPresent()) {
      return StackPlan.refused(refusal.get());
    }
    if (isUnderWay(there.get())) {
      return StackPlan.unfinished(
          "an earlier apply is at work: " + there.get().stackStatusAsString());
    }
    if (isNothing(there.get())) {
      return creation(stack, Optional.of(nothing(there.get())));
    }
    var parameters = values(stack);
    if (parameters.isEmpty()) {
      return StackPlan.unfinished("its changes are known when the stacks before it are there");
    }
    var set = changeSets.make(wanted(stack, parameters.get()));
    changeSets.delete(set.id());
    return StackPlan.of(set.changes());
  }

  /** Nothing is asked: a change set of a stack that is not there would leave a stack behind. */
  private StackPlan creation(
      dev.gatehouse.platform.stacks.Stack stack, Optional<String> unfinished) {
    var known = new HashMap<String, String>();
    stack
        .parameters()
        .forEach(
            (name, value) -> {
              switch (value) {
                case Text text -> known.put(name, text.text());
                // Whatever it will be, it is not empty.
                case Output output -> known.put(name, output.output());
              }
            });
    var changes =
        StackTemplate.read(stack.template()).resources(known).stream()
            .map(
                r ->
                    new ResourceChange(
                        r.id(),
                        r.type(),
                        Action.CREATE,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()))
            .toList();
    return new StackPlan(changes, unfinished, Optional.empty());
  }

  @Override
  public void apply(
      dev.gatehouse.platform.stacks.Stack stack, StackPlan shown, Consumer<String> waits)
      throws InterruptedException {
    var there = calls.find(stack.name());
    there.flatMap(this::refusal).ifPresent(this::refuse);
    if (there.filter(CloudFormationStacks::isUnderWay).isPresent()) {
      there = settled(there.get(), waits);
      there.flatMap(this::refusal).ifPresent(this::refuse);
    }
    if (there.filter(CloudFormationStacks::isNothing).isPresent()) {
      delete(there.get(), waits);
      there = Optional.empty();
    }
    if (there.isEmpty()) {
      create(stack, waits);
    } else if (!shown.equals(StackPlan.NOTHING)) {
      update(stack, shown, waits);
    }
  }

  private void create(dev.gatehouse.platform.stacks.Stack stack, Consumer<String> waits)
      throws InterruptedException {
    var template = StackTemplate.read(stack.template()).text();
    var parameters = values(stack).orElseThrow(() -> missing(stack));
    var since = clock.instant().minus(SLACK);
    // The SDK repeats a request that got no answer; with the token it is one creation.
    var token = UUID.randomUUID().toString();
    var id =
        AwsFailures.told(
            "create the stack " + stack.name(),
            () -> {
              try {
                return calls
                    .client()
                    .createStack(
                        r ->
                            r.stackName(stack.name())
                                .templateBody(template)
                                .parameters(ChangeSets.parameters(parameters))
                                .capabilities(Capability.CAPABILITY_IAM)
                                .onFailure(OnFailure.ROLLBACK)
                                .clientRequestToken(token)
                                .tags(tags()))
                    .stackId();
              } catch (AlreadyExistsException e) {
                throw outdated(stack.name(), e);
              }
            });
    await(id, since, waits);
  }

  private void update(
      dev.gatehouse.platform.stacks.Stack stack, StackPlan shown, Consumer<String> waits)
      throws InterruptedException {
    var set = changeSets.make(wanted(stack, values(stack).orElseThrow(() -> missing(stack))));
    if (set.isNothing()) {
      changeSets.delete(set.id());
      return;
    }
    var refused = set.changes().stream().flatMap(c -> c.refusal().stream()).findFirst();
    // What was not known could not be shown.
    var isAsShown = shown.unfinished().isPresent() || set.changes().equals(shown.changes());
    if (refused.isPresent() || !isAsShown) {
      changeSets.delete(set.id());
      refused.ifPresent(this::refuse);
      throw outdated(stack.name(), null);
    }
    var since = clock.instant().minus(SLACK);
    var token = UUID.randomUUID().toString();
    AwsFailures.told(
        "update the stack " + stack.name(),
        () ->
            calls
                .client()
                .executeChangeSet(r -> r.changeSetName(set.id()).clientRequestToken(token)));
    await(calls.find(stack.name()).orElseThrow(() -> missing(stack)).stackId(), since, waits);
  }

  /** Waits until it is as it was asked to be. */
  private void await(String id, Instant since, Consumer<String> waits) throws InterruptedException {
    var progress = new StackProgress(calls, id, since, clock);
    while (true) {
      var stack = calls.find(id);
      progress.read();
      if (stack.filter(CloudFormationStacks::isUnderWay).isEmpty()) {
        stack
            .filter(s -> !isGood(s))
            .ifPresent(
                s ->
                    refuse(
                        refusal(s).orElseGet(() -> StackTrouble.failed(s, progress.failures()))));
        return;
      }
      waits.accept(progress.line());
      pause.take(PAUSE);
    }
  }

  /** Waits for the end of what another has begun, whatever that is. */
  private Optional<Stack> settled(Stack stack, Consumer<String> waits) throws InterruptedException {
    var progress = new StackProgress(calls, stack.stackId(), clock.instant().minus(SLACK), clock);
    while (true) {
      var now = calls.find(stack.stackName());
      if (now.filter(CloudFormationStacks::isUnderWay).isEmpty()) {
        return now;
      }
      progress.read();
      waits.accept(progress.line());
      pause.take(PAUSE);
    }
  }

  @Override
  public List<String> present() {
    return calls.all().stream().filter(this::isOurs).map(Stack::stackName).sorted().toList();
  }

  @Override
  public List<String> kept(String name) {
    return calls.resources(name).stream()
        .filter(r -> HeldData.isOf(r.resourceType()))
        .filter(
            r -> r.resourceType().startsWith("AWS::S3") || r.resourceType().startsWith("AWS::EFS"))
        .map(r -> "%s %s".formatted(r.resourceType(), Quote.plain(r.physicalResourceId())))
        .toList();
  }

  @Override
  public void remove(String name, Consumer<String> waits) throws InterruptedException {
    var there = calls.find(name);
    if (there.isEmpty()) {
      return;
    }
    if (!isOurs(there.get())) {
      refuse(others(there.get()));
    }
    if (isUnderWay(there.get()) && there.get().stackStatus() != StackStatus.DELETE_IN_PROGRESS) {
      there = settled(there.get(), waits);
    }
    if (there.filter(this::isProtected).isPresent()) {
      unprotect(there.get(), waits);
    }
    if (there.isPresent()) {
      delete(there.get(), waits);
    }
  }

  private boolean isProtected(Stack stack) {
    return (isGood(stack) || stack.stackStatus() == StackStatus.UPDATE_ROLLBACK_COMPLETE)
        && stack.parameters().stream()
            .anyMatch(
                p -> p.parameterKey().equals(PROTECTION) && "true".equals(p.parameterValue()));
  }

  private void unprotect(Stack stack, Consumer<String> waits) throws InterruptedException {
    var since = clock.instant().minus(SLACK);
    var parameters =
        stack.parameters().stream()
            .map(
                p ->
                    p.parameterKey().equals(PROTECTION)
                        ? Parameter.builder()
                            .parameterKey(PROTECTION)
                            .parameterValue("false")
                            .build()
                        : Parameter.builder()
                            .parameterKey(p.parameterKey())
                            .usePreviousValue(true)
                            .build())
            .toList();
    AwsFailures.told(
        "take the protection from deletion off the stack " + stack.stackName(),
        () ->
            calls
                .client()
                .updateStack(
                    r ->
                        r.stackName(stack.stackName())
                            .usePreviousTemplate(true)
                            .parameters(parameters)
                            .capabilities(Capability.CAPABILITY_IAM)
                            .clientRequestToken(UUID.randomUUID().toString())));
    await(stack.stackId(), since, waits);
  }

  private void delete(Stack stack, Consumer<String> waits) throws InterruptedException {
    var since = clock.instant().minus(SLACK);
    if (stack.stackStatus() != StackStatus.DELETE_IN_PROGRESS) {
      AwsFailures.told(
          "delete the stack " + stack.stackName(),
          () -> calls.client().deleteStack(r -> r.stackName(stack.stackId())));
    }
    var progress = new StackProgress(calls, stack.stackId(), since, clock);
    while (true) {
      // By its id it is found when it is gone, too.
      var now = calls.find(stack.stackId());
      if (now.isEmpty() || now.get().stackStatus() == StackStatus.DELETE_COMPLETE) {
        return;
      }
      if (now.get().stackStatus() == StackStatus.DELETE_FAILED) {
        refuse(leftovers.explain(now.get(), calls.resources(stack.stackId())));
      }
      progress.read();
      waits.accept(progress.line());
      pause.take(PAUSE);
    }
  }

  @Override
  public List<String> drift(String name) throws InterruptedException {
    var id =
        AwsFailures.told(
                "look for drift of the stack " + name,
                () -> calls.client().detectStackDrift(r -> r.stackName(name)))
            .stackDriftDetectionId();
    while (AwsFailures.told(
                "look for drift of the stack " + name,
                () ->
                    calls
                        .client()
                        .describeStackDriftDetectionStatus(r -> r.stackDriftDetectionId(id)))
            .detectionStatus()
        == StackDriftDetectionStatus.DETECTION_IN_PROGRESS) {
      pause.take(PAUSE);
    }
    var lines = new ArrayList<String>();
    AwsFailures.told(
            "read the drift of the stack " + name,
            () ->
                calls
                    .client()
                    .describeStackResourceDriftsPaginator(
                        r ->
                            r.stackName(name)
                                .stackResourceDriftStatusFilters(
                                    StackResourceDriftStatus.MODIFIED,
                                    StackResourceDriftStatus.DELETED))
                    .stream()
                    .flatMap(page -> page.stackResourceDrifts().stream())
                    .toList())
        .forEach(
            drift ->
                lines.add(
                    drift.stackResourceDriftStatus() == StackResourceDriftStatus.DELETED
                        ? "%s (%s) is deleted"
                            .formatted(
                                Quote.plain(drift.logicalResourceId()),
                                Quote.plain(drift.resourceType()))
                        : drift.propertyDifferences().stream()
                            .map(
                                d ->
                                    "%s%s: %s, and the template says %s"
                                        .formatted(
                                            Quote.plain(drift.logicalResourceId()),
                                            Quote.plain(d.propertyPath()).replace('/', '.'),
                                            Quote.plain(d.actualValue()),
                                            Quote.plain(d.expectedValue())))
                            .reduce((a, b) -> a + "; " + b)
                            .orElse(Quote.plain(drift.logicalResourceId()) + " is changed")));
    return List.copyOf(lines);
  }

  private ChangeSets.Wanted wanted(
      dev.gatehouse.platform.stacks.Stack stack, Map<String, String> parameters) {
    return new ChangeSets.Wanted(
        stack.name(), StackTemplate.read(stack.template()).text(), parameters, tags());
  }

  private List<Tag> tags() {
    return List.of(Tag.builder().key(TAG).value(cluster).build());
  }

  /** Empty if one of them is not known yet. */
  private Optional<Map<String, String>> values(dev.gatehouse.platform.stacks.Stack stack) {
    var outputs = new HashMap<String, Map<String, String>>();
    var values = new TreeMap<String, String>();
    for (var parameter : stack.parameters().entrySet()) {
      switch (parameter.getValue()) {
        case Text text -> values.put(parameter.getKey(), text.text());
        case Output output -> {
          var value = outputs.computeIfAbsent(output.stack(), calls::outputs).get(output.output());
          if (value == null) {
            return Optional.empty();
          }
          values.put(parameter.getKey(), value);
        }
      }
    }
    return Optional.of(values);
  }

  private boolean isOurs(Stack stack) {
    return stack.tags().stream().anyMatch(t -> t.key().equals(TAG) && t.value().equals(cluster));
  }

  private Optional<Failure> refusal(Stack stack) {
    return isOurs(stack)
        ? StackTrouble.stuck(
            stack,
            stack.stackStatusAsString().endsWith("_FAILED")
                ? calls.resources(stack.stackName())
                : List.of())
        : Optional.of(others(stack));
  }

  private Failure others(Stack stack) {
    return new Failure.Denied(
        "stack-not-ours",
        "there is a stack %s that is not of this cluster: it has no tag %s=%s. Rename cloud.aws.cluster; or, if the stack is yours and of Gatehouse's template, give it that tag"
            .formatted(stack.stackName(), TAG, cluster));
  }

  private void refuse(Failure why) {
    throw new FailureException(why);
  }

  private static FailureException outdated(String stack, @Nullable Throwable cause) {
    var failure =
        new Failure.Unavailable(
            "plan-outdated",
            "the stack %s has changed since this plan was made; run this again to see how"
                .formatted(stack));
    return cause == null ? new FailureException(failure) : new FailureException(failure, cause);
  }

  private static FailureException missing(dev.gatehouse.platform.stacks.Stack stack) {
    return new FailureException(
        new Failure.Unavailable(
            "stack-busy",
            "the stack %s needs what a stack before it does not tell; run this again"
                .formatted(stack.name())));
  }

  private static boolean isUnderWay(Stack stack) {
    return stack.stackStatusAsString().endsWith("_IN_PROGRESS")
        && stack.stackStatus() != StackStatus.REVIEW_IN_PROGRESS;
  }

  private static boolean isGood(Stack stack) {
    return switch (stack.stackStatus()) {
      case CREATE_COMPLETE, UPDATE_COMPLETE, IMPORT_COMPLETE -> true;
      default -> false;
    };
  }

  /** One that has no resources, and can only be deleted. */
  private static boolean isNothing(Stack stack) {
    return switch (stack.stackStatus()) {
      case ROLLBACK_COMPLETE, ROLLBACK_FAILED, CREATE_FAILED, REVIEW_IN_PROGRESS -> true;
      default -> false;
    };
  }

  private static String nothing(Stack stack) {
    return stack.stackStatus() == StackStatus.REVIEW_IN_PROGRESS
        ? "a change set was made and never carried out: REVIEW_IN_PROGRESS; it is deleted first"
        : "its creation failed: %s; it is deleted first".formatted(stack.stackStatusAsString());
  }
}
