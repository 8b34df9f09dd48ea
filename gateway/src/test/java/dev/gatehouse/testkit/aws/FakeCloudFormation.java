package dev.gatehouse.testkit.aws;

import dev.gatehouse.platform.objects.Trees;
import dev.gatehouse.platform.stacks.StackTemplate;
import dev.gatehouse.testkit.aws.FakeStack.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetSummary;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackRequest;
import software.amazon.awssdk.services.cloudformation.model.DeleteStackResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackDriftDetectionStatusRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackDriftDetectionStatusResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackEventsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceDriftsRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStackResourceDriftsResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.DetectStackDriftRequest;
import software.amazon.awssdk.services.cloudformation.model.DetectStackDriftResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.ExecuteChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ListChangeSetsRequest;
import software.amazon.awssdk.services.cloudformation.model.ListChangeSetsResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;
import software.amazon.awssdk.services.cloudformation.model.ResourceChangeDetail;
import software.amazon.awssdk.services.cloudformation.model.StackResourceDrift;
import software.amazon.awssdk.services.cloudformation.model.Tag;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackResponse;

/**
 * CloudFormation: it reads the templates, and makes of each resource no more than an id. What
 * exists under a name of the account's own, as a cluster of EKS does, is told to a listener.
 */
public final class FakeCloudFormation extends AwsService {
  private static final String DATA = "Retain";

  private final Supplier<Instant> clock;
  private final Map<String, FakeStack> stacks = new LinkedHashMap<>();
  private final Map<String, ChangeSet> changeSets = new LinkedHashMap<>();
  private final Map<String, String> failing = new HashMap<>();
  private final Map<String, String> failingToDelete = new HashMap<>();
  private final Map<String, String> failingToRollBack = new HashMap<>();
  private final Set<String> replacing = new TreeSet<>();
  private final List<StackResourceDrift> drifts = new ArrayList<>();
  private final List<String> retained = new ArrayList<>();
  private final Map<String, String> tokens = new HashMap<>();
  private Made listener = (_, _, _) -> {};
  private int pageSize = 100;
  private int ids;

  private static final class ChangeSet {
    final String id;
    final String name;
    final FakeStack stack;
    final String template;
    final Map<String, String> parameters;
    final List<Tag> tags;
    int looks;

    ChangeSet(
        String id,
        String name,
        FakeStack stack,
        String template,
        Map<String, String> parameters,
        List<Tag> tags) {
      this.id = id;
      this.name = name;
      this.stack = stack;
      this.template = template;
      this.parameters = parameters;
      this.tags = tags;
    }
  }

  /** Is told of each resource that is there now, or no more. */
  public interface Made {
    void changed(String type, Map<String, Object> properties, boolean isThere);
  }

  /**
   * @param clock of the events
   */
  public FakeCloudFormation(Supplier<Instant> clock) {
    super("cloudformation", Protocol.QUERY);
    this.clock = clock;
    on(DescribeStacksRequest.class, this::describe);
    on(CreateStackRequest.class, this::create, "StackName");
    on(UpdateStackRequest.class, this::update, "StackName");
    on(DeleteStackRequest.class, this::delete, "StackName");
    on(DescribeStackEventsRequest.class, this::events, "StackName");
    on(ListStackResourcesRequest.class, this::resources, "StackName");
    on(CreateChangeSetRequest.class, this::createChangeSet, "StackName", "ChangeSetName");
    on(DescribeChangeSetRequest.class, this::describeChangeSet, "ChangeSetName");
    on(ListChangeSetsRequest.class, this::listChangeSets, "StackName");
    on(DeleteChangeSetRequest.class, this::deleteChangeSet, "ChangeSetName");
    on(ExecuteChangeSetRequest.class, this::execute, "ChangeSetName");
    on(
        DetectStackDriftRequest.class,
        r ->
            DetectStackDriftResponse.builder()
                .stackDriftDetectionId(found(r.stackName()).id)
                .build(),
        "StackName");
    on(
        DescribeStackDriftDetectionStatusRequest.class,
        r ->
            DescribeStackDriftDetectionStatusResponse.builder()
                .stackDriftDetectionId(r.stackDriftDetectionId())
                .stackId(r.stackDriftDetectionId())
                .timestamp(clock.get())
                .detectionStatus("DETECTION_COMPLETE")
                .build(),
        "StackDriftDetectionId");
    on(DescribeStackResourceDriftsRequest.class, this::drifts, "StackName");
  }

  public void pageSize(int size) {
    pageSize = size;
  }

  public void listen(Made made) {
    listener = made;
  }

  /** The next that makes or changes the resource fails so, and everything is rolled back. */
  public void fail(String logicalId, String reason) {
    failing.put(logicalId, reason);
  }

  public void failToDelete(String logicalId, String reason) {
    failingToDelete.put(logicalId, reason);
  }

  public void noMoreFailures() {
    failing.clear();
    failingToDelete.clear();
    failingToRollBack.clear();
  }

  /** A rollback cannot set back the resource. */
  public void failToRollBack(String logicalId, String reason) {
    failingToRollBack.put(logicalId, reason);
  }

  /** A change of that property makes the resource anew. */
  public void replaces(String typeAndProperty) {
    replacing.add(typeAndProperty);
  }

  public void drifted(StackResourceDrift drift) {
    drifts.add(drift);
  }

  /** What stayed in the account when its stack went. */
  public List<String> retained() {
    return List.copyOf(retained);
  }

  /** Puts a stack there as if somebody else had made it. */
  public void put(String name, String status, Tag... tags) {
    var stack = new FakeStack(name, newId(name), status, clock);
    stack.tags = List.of(tags);
    stacks.put(stack.id, stack);
  }

  /** The status of the stack of that name, if there is one. */
  public Optional<String> status(String name) {
    return there(name).map(s -> s.status);
  }

  /** The parameters of the stack of that name. */
  public Map<String, String> parameters(String name) {
    return there(name).orElseThrow().parameters;
  }

  /** The change sets that are there. */
  public List<String> changeSets() {
    return changeSets.values().stream().map(c -> c.stack.name).toList();
  }

  /** The names of the stacks that are there. */
  public List<String> names() {
    return stacks.values().stream()
        .filter(s -> !s.status.equals("DELETE_COMPLETE"))
        .map(s -> s.name)
        .toList();
  }

  private Optional<FakeStack> there(String name) {
    return stacks.values().stream()
        .filter(s -> s.name.equals(name) && !s.status.equals("DELETE_COMPLETE"))
        .findFirst();
  }

  private FakeStack found(String name) {
    return Optional.ofNullable(stacks.get(name))
        .or(() -> there(name))
        .orElseThrow(
            () ->
                AwsError.bad("ValidationError", "Stack with id %s does not exist".formatted(name)));
  }

  private DescribeStacksResponse describe(DescribeStacksRequest request) {
    if (request.stackName() != null) {
      var stack = found(request.stackName());
      var told = stack.told();
      stack.step();
      return DescribeStacksResponse.builder().stacks(told).build();
    }
    var all =
        stacks.values().stream()
            .filter(s -> !s.status.equals("DELETE_COMPLETE"))
            .map(FakeStack::told)
            .toList();
    var page = Page.of(all, pageSize, null, request.nextToken());
    return DescribeStacksResponse.builder().stacks(page.items()).nextToken(page.next()).build();
  }

  private CreateStackResponse create(CreateStackRequest request) {
    var before = tokens.get(request.clientRequestToken());
    if (before != null) {
      return CreateStackResponse.builder().stackId(before).build();
    }
    if (there(request.stackName()).isPresent()) {
      throw AwsError.bad(
          "AlreadyExistsException", "Stack [%s] already exists".formatted(request.stackName()));
    }
    check(request.templateBody(), request.parameters(), request.capabilitiesAsStrings());
    var stack = new FakeStack(request.stackName(), newId(request.stackName()), "", clock);
    stack.template = request.templateBody();
    stack.parameters = values(request.parameters(), Map.of());
    stack.tags = request.tags();
    stacks.put(stack.id, stack);
    if (request.clientRequestToken() != null) {
      tokens.put(request.clientRequestToken(), stack.id);
    }
    stack.status("CREATE_IN_PROGRESS", "User Initiated");
    for (var key : stack.values().order()) {
      stack.then(() -> start(stack, key, "CREATE"));
      stack.then(() -> make(stack, key, "CREATE"));
    }
    stack.then(() -> stack.status("CREATE_COMPLETE", null));
    return CreateStackResponse.builder().stackId(stack.id).build();
  }

  private void start(FakeStack stack, String key, String verb) {
    var values = stack.values();
    var properties = Objects.requireNonNull(values.resources().get(key));
    var type = values.type(key);
    var physical =
        Optional.ofNullable(stack.resources.get(key))
            .map(Resource::physical)
            .orElseGet(() -> stack.newPhysical(key, type));
    stack.set(key, new Resource(physical, type, properties, verb + "_IN_PROGRESS", null));
  }

  private void make(FakeStack stack, String key, String verb) {
    var started = Objects.requireNonNull(stack.resources.get(key));
    var properties = started.properties();
    var type = started.type();
    var physical = started.physical();
    var why = failing.get(key);
    if (why != null) {
      stack.set(key, new Resource(physical, type, properties, verb + "_FAILED", why));
      rollBack(stack, key, verb.equals("CREATE") && stack.status.startsWith("CREATE"));
      return;
    }
    stack.set(key, new Resource(physical, type, properties, verb + "_COMPLETE", null));
    listener.changed(type, properties, true);
  }

  private void rollBack(FakeStack stack, String key, boolean isCreation) {
    stack.dropSteps();
    var prefix = isCreation ? "ROLLBACK" : "UPDATE_ROLLBACK";
    stack.status(prefix + "_IN_PROGRESS", "The following resource(s) failed: [%s].".formatted(key));
    var stuck = failingToRollBack.get(key);
    stack.then(
        () -> {
          if (stuck != null) {
            var resource = Objects.requireNonNull(stack.resources.get(key));
            stack.set(
                key,
                new Resource(
                    resource.physical(),
                    resource.type(),
                    resource.properties(),
                    "UPDATE_FAILED",
                    stuck));
            stack.status(
                prefix + "_FAILED",
                "The following resource(s) failed to update: [%s].".formatted(key));
            return;
          }
          if (isCreation) {
            stack.resources.forEach((_, r) -> listener.changed(r.type(), r.properties(), false));
            stack.resources.clear();
          }
          stack.status(prefix + "_COMPLETE", null);
        });
  }

  private UpdateStackResponse update(UpdateStackRequest request) {
    var stack = found(request.stackName());
    requireUpdatable(stack);
    var template =
        Boolean.TRUE.equals(request.usePreviousTemplate())
            ? stack.template
            : request.templateBody();
    check(template, request.parameters(), request.capabilitiesAsStrings());
    begin(stack, template, values(request.parameters(), stack.values().parameters()), stack.tags);
    return UpdateStackResponse.builder().stackId(stack.id).build();
  }

  private void begin(
      FakeStack stack, String template, Map<String, String> parameters, List<Tag> tags) {
    var changes = changes(stack, template, parameters);
    if (changes.isEmpty()) {
      throw AwsError.bad("ValidationError", "No updates are to be performed.");
    }
    var before = new Before(stack.template, stack.parameters);
    stack.template = template;
    stack.parameters = parameters;
    stack.tags = tags;
    stack.status("UPDATE_IN_PROGRESS", "User Initiated");
    var order = stack.values().order();
    changes.sort(Comparator.comparingInt(change -> order.indexOf(change.logicalResourceId())));
    for (var change : changes) {
      var key = change.logicalResourceId();
      if (change.actionAsString().equals("Remove")) {
        stack.then(() -> gone(stack, key));
        continue;
      }
      var verb = change.actionAsString().equals("Add") ? "CREATE" : "UPDATE";
      var old = stack.resources.get(key);
      stack.then(() -> start(stack, key, verb));
      stack.then(
          () -> {
            make(stack, key, verb);
            if (stack.status.startsWith("UPDATE_ROLLBACK")) {
              stack.template = before.template();
              stack.parameters = before.parameters();
              stack.then(
                  () -> {
                    if (stack.status.endsWith("_COMPLETE")) {
                      stack.restore(key, old);
                    }
                  });
            }
          });
    }
    stack.then(() -> stack.status("UPDATE_COMPLETE", null));
  }

  private record Before(String template, Map<String, String> parameters) {}

  private void gone(FakeStack stack, String key) {
    var resource = Objects.requireNonNull(stack.resources.remove(key));
    stack.event(key, resource.type(), resource.physical(), "DELETE_COMPLETE", null);
    listener.changed(resource.type(), resource.properties(), false);
  }

  private DeleteStackResponse delete(DeleteStackRequest request) {
    var stack = stacks.get(request.stackName());
    if (stack == null) {
      stack = there(request.stackName()).orElse(null);
    }
    if (stack == null || stack.status.equals("DELETE_COMPLETE")) {
      return DeleteStackResponse.builder().build();
    }
    var deleted = stack;
    deleted.dropSteps();
    var isFailedCreation =
        deleted.status.startsWith("ROLLBACK") || deleted.status.equals("REVIEW_IN_PROGRESS");
    deleted.status("DELETE_IN_PROGRESS", "User Initiated");
    for (var key : new ArrayList<>(deleted.resources.keySet()).reversed()) {
      deleted.then(() -> take(deleted, key, isFailedCreation));
    }
    deleted.then(
        () -> {
          var failed =
              deleted.resources.entrySet().stream()
                  .filter(e -> e.getValue().status().equals("DELETE_FAILED"))
                  .map(Map.Entry::getKey)
                  .toList();
          if (failed.isEmpty()) {
            deleted.status("DELETE_COMPLETE", null);
          } else {
            deleted.status(
                "DELETE_FAILED",
                "The following resource(s) failed to delete: %s.".formatted(failed));
          }
        });
    return DeleteStackResponse.builder().build();
  }

  private void take(FakeStack stack, String key, boolean isFailedCreation) {
    var resource = Objects.requireNonNull(stack.resources.get(key));
    var why =
        resource.type().equals("AWS::EKS::Cluster")
                && "true".equals(resource.properties().get("DeletionProtection"))
            ? "Cluster has deletion protection enabled"
            : failingToDelete.get(key);
    if (why != null) {
      stack.set(
          key,
          new Resource(
              resource.physical(), resource.type(), resource.properties(), "DELETE_FAILED", why));
      return;
    }
    if (!isFailedCreation && stack.values().attributeOf(key, "DeletionPolicy").startsWith(DATA)) {
      stack.resources.remove(key);
      stack.event(key, resource.type(), resource.physical(), "DELETE_SKIPPED", null);
      retained.add(resource.physical());
    } else {
      gone(stack, key);
    }
  }

  private DescribeStackEventsResponse events(DescribeStackEventsRequest request) {
    var page =
        Page.of(found(request.stackName()).events.reversed(), pageSize, null, request.nextToken());
    return DescribeStackEventsResponse.builder()
        .stackEvents(page.items())
        .nextToken(page.next())
        .build();
  }

  private ListStackResourcesResponse resources(ListStackResourcesRequest request) {
    var page = Page.of(found(request.stackName()).summaries(), pageSize, null, request.nextToken());
    return ListStackResourcesResponse.builder()
        .stackResourceSummaries(page.items())
        .nextToken(page.next())
        .build();
  }

  private CreateChangeSetResponse createChangeSet(CreateChangeSetRequest request) {
    if (request.changeSetType() != ChangeSetType.UPDATE) {
      throw AwsError.bad("ValidationError", "this stand-in has change sets of updates alone");
    }
    var stack = found(request.stackName());
    requireUpdatable(stack);
    check(request.templateBody(), request.parameters(), request.capabilitiesAsStrings());
    var again =
        changeSets.values().stream()
            .filter(c -> c.stack == stack && c.name.equals(request.changeSetName()))
            .findFirst();
    if (again.isPresent()) {
      if (!Objects.equals(again.get().name, request.clientToken())) {
        throw AwsError.bad("AlreadyExistsException", "ChangeSet already exists");
      }
      return CreateChangeSetResponse.builder().id(again.get().id).stackId(stack.id).build();
    }
    ids++;
    var set =
        new ChangeSet(
            "arn:aws:cloudformation:eu-central-1:%s:changeSet/%s/%d"
                .formatted(FakeSts.ACCOUNT, request.changeSetName(), ids),
            request.changeSetName(),
            stack,
            request.templateBody(),
            values(request.parameters(), stack.parameters),
            request.tags());
    changeSets.put(set.id, set);
    return CreateChangeSetResponse.builder().id(set.id).stackId(stack.id).build();
  }

  private ChangeSet set(String id) {
    return Optional.ofNullable(changeSets.get(id))
        .orElseThrow(
            () ->
                new AwsError(
                    404, "ChangeSetNotFound", "ChangeSet [%s] does not exist".formatted(id)));
  }

  private DescribeChangeSetResponse describeChangeSet(DescribeChangeSetRequest request) {
    var set = set(request.changeSetName());
    var changes = changes(set.stack, set.template, set.parameters);
    var told =
        DescribeChangeSetResponse.builder()
            .changeSetId(set.id)
            .changeSetName(set.name)
            .stackName(set.stack.name);
    if (set.looks++ == 0) {
      return told.status("CREATE_IN_PROGRESS").build();
    }
    if (changes.isEmpty()) {
      return told.status("FAILED")
          .statusReason(
              "The submitted information didn't contain changes. Submit different information to"
                  + " create a change set.")
          .build();
    }
    var page = Page.of(changes, pageSize, null, request.nextToken());
    return told.status("CREATE_COMPLETE")
        .changes(
            page.items().stream()
                .map(c -> Change.builder().type("Resource").resourceChange(c).build())
                .toList())
        .nextToken(page.next())
        .build();
  }

  private List<ResourceChange> changes(
      FakeStack stack, String template, Map<String, String> parameters) {
    var changes = new ArrayList<ResourceChange>();
    var values = stack.values(template, parameters);
    var after = values.resources();
    var before = stack.resources;
    after.forEach(
        (key, properties) -> {
          var old = before.get(key);
          if (old == null) {
            changes.add(change("Add", key, values.type(key)).build());
          } else if (!old.properties().equals(properties)) {
            changes.add(modified(key, old, properties));
          }
        });
    before.keySet().stream()
        .filter(key -> !after.containsKey(key))
        .forEach(
            key -> {
              var old = Objects.requireNonNull(before.get(key));
              changes.add(
                  change("Remove", key, old.type())
                      .physicalResourceId(old.physical())
                      .policyAction(
                          stack.values().attributeOf(key, "DeletionPolicy").startsWith(DATA)
                              ? "Retain"
                              : "Delete")
                      .build());
            });
    return changes;
  }

  private static ResourceChange.Builder change(String action, String key, String type) {
    return ResourceChange.builder().action(action).logicalResourceId(key).resourceType(type);
  }

  private ResourceChange modified(String key, Resource old, Map<String, Object> properties) {
    var names = new TreeSet<>(old.properties().keySet());
    names.addAll(properties.keySet());
    var details = new ArrayList<ResourceChangeDetail>();
    var isReplaced = false;
    for (var name : names) {
      var was = old.properties().get(name);
      var is = properties.get(name);
      if (!Objects.equals(was, is)) {
        isReplaced |= replacing.contains(old.type() + "." + name);
        details.add(
            ResourceChangeDetail.builder()
                .target(
                    t ->
                        t.attribute("Properties")
                            .name(name)
                            .path("/Properties/" + name)
                            .beforeValue(text(was))
                            .afterValue(text(is)))
                .build());
      }
    }
    return change("Modify", key, old.type())
        .physicalResourceId(old.physical())
        .replacement(isReplaced ? "True" : "False")
        .details(details)
        .build();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : String.valueOf(value);
  }

  private ListChangeSetsResponse listChangeSets(ListChangeSetsRequest request) {
    var stack = found(request.stackName());
    var all =
        changeSets.values().stream()
            .filter(c -> c.stack == stack)
            .map(
                c ->
                    ChangeSetSummary.builder()
                        .changeSetId(c.id)
                        .changeSetName(c.name)
                        .status("CREATE_COMPLETE")
                        .build())
            .toList();
    var page = Page.of(all, pageSize, null, request.nextToken());
    return ListChangeSetsResponse.builder().summaries(page.items()).nextToken(page.next()).build();
  }

  private DeleteChangeSetResponse deleteChangeSet(DeleteChangeSetRequest request) {
    changeSets.remove(request.changeSetName());
    return DeleteChangeSetResponse.builder().build();
  }

  private ExecuteChangeSetResponse execute(ExecuteChangeSetRequest request) {
    if (tokens.containsKey(request.clientRequestToken())) {
      return ExecuteChangeSetResponse.builder().build();
    }
    var set = set(request.changeSetName());
    requireUpdatable(set.stack);
    begin(set.stack, set.template, set.parameters, set.tags);
    changeSets.values().removeIf(c -> c.stack == set.stack);
    if (request.clientRequestToken() != null) {
      tokens.put(request.clientRequestToken(), set.stack.id);
    }
    return ExecuteChangeSetResponse.builder().build();
  }

  private DescribeStackResourceDriftsResponse drifts(DescribeStackResourceDriftsRequest request) {
    var stack = found(request.stackName());
    var page =
        Page.of(
            drifts.stream().filter(d -> d.stackId().equals(stack.name)).toList(),
            pageSize,
            request.maxResults(),
            request.nextToken());
    return DescribeStackResourceDriftsResponse.builder()
        .stackResourceDrifts(page.items())
        .nextToken(page.next())
        .build();
  }

  private static void requireUpdatable(FakeStack stack) {
    if (!Set.of("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE")
        .contains(stack.status)) {
      throw AwsError.bad(
          "ValidationError",
          "Stack:%s is in %s state and can not be updated.".formatted(stack.id, stack.status));
    }
  }

  /** As CloudFormation words it. */
  private static void check(
      @Nullable String template, List<Parameter> parameters, Collection<String> capabilities) {
    if (template == null || template.length() > StackTemplate.MOST_BYTES) {
      throw AwsError.bad(
          "ValidationError",
          "1 validation error detected: Value at 'templateBody' failed to satisfy constraint:"
              + " Member must have length less than or equal to 51200");
    }
    var tree = StackTemplate.parse(template).tree();
    var known = Trees.map(tree.get("Parameters"));
    var given = parameters.stream().map(Parameter::parameterKey).toList();
    var unknown = given.stream().filter(name -> !known.containsKey(name)).toList();
    if (!unknown.isEmpty()) {
      throw AwsError.bad(
          "ValidationError", "Parameters: %s do not exist in the template".formatted(unknown));
    }
    var missing =
        known.entrySet().stream()
            .filter(e -> !Trees.map(e.getValue()).containsKey("Default"))
            .map(Map.Entry::getKey)
            .filter(name -> !given.contains(name))
            .toList();
    if (!missing.isEmpty()) {
      throw AwsError.bad("ValidationError", "Parameters: %s must have values".formatted(missing));
    }
    for (var parameter : parameters) {
      var allowed = Trees.list(Trees.map(known.get(parameter.parameterKey())).get("AllowedValues"));
      if (!allowed.isEmpty()
          && parameter.parameterValue() != null
          && !allowed.contains(parameter.parameterValue())) {
        throw AwsError.bad(
            "ValidationError",
            "Parameter '%s' must be one of AllowedValues".formatted(parameter.parameterKey()));
      }
    }
    var hasRoles =
        Trees.map(tree.get("Resources")).values().stream()
            .anyMatch(r -> Trees.text(Trees.map(r).get("Type")).startsWith("AWS::IAM::"));
    if (hasRoles && !capabilities.contains("CAPABILITY_IAM")) {
      throw AwsError.bad(
          "InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_IAM]");
    }
  }

  private static Map<String, String> values(List<Parameter> given, Map<String, String> before) {
    var values = new LinkedHashMap<String, String>();
    given.forEach(
        p ->
            values.put(
                p.parameterKey(),
                Boolean.TRUE.equals(p.usePreviousValue())
                    ? before.get(p.parameterKey())
                    : p.parameterValue()));
    return values;
  }

  private String newId(String name) {
    ids++;
    return "arn:aws:cloudformation:eu-central-1:%s:stack/%s/%08d-0000"
        .formatted(FakeSts.ACCOUNT, name, ids);
  }
}
