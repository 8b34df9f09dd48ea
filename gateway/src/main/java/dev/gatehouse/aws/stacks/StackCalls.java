package dev.gatehouse.aws.stacks;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.AwsFailures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Reads stacks. */
record StackCalls(Aws aws) {
  CloudFormationClient client() {
    return aws.cloudFormation();
  }

  /**
   * @param name or id: a stack that is deleted is found by its id alone
   */
  Optional<Stack> find(String name) {
    return AwsFailures.told(
        "look at the stack " + name,
        () -> {
          try {
            return client().describeStacks(r -> r.stackName(name)).stacks().stream().findFirst();
          } catch (CloudFormationException e) {
            // CloudFormation has no code of its own for it.
            if (e.statusCode() == 400
                && e.awsErrorDetails() != null
                && String.valueOf(e.awsErrorDetails().errorMessage()).contains("does not exist")) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  List<Stack> all() {
    return AwsFailures.told(
        "list the stacks",
        () ->
            client().describeStacksPaginator().stacks().stream()
                .filter(s -> s.stackStatus() != StackStatus.DELETE_COMPLETE)
                .toList());
  }

  Map<String, String> outputs(String name) {
    var outputs = new TreeMap<String, String>();
    find(name).map(Stack::outputs).orElse(List.of()).forEach(o -> put(outputs, o));
    return outputs;
  }

  private static void put(Map<String, String> outputs, Output output) {
    outputs.put(output.outputKey(), output.outputValue());
  }

  List<StackResourceSummary> resources(String name) {
    return AwsFailures.told(
        "list the resources of the stack " + name,
        () ->
            client()
                .listStackResourcesPaginator(r -> r.stackName(name))
                .stackResourceSummaries()
                .stream()
                .toList());
  }

  /** The newest first; read as far as is needed. */
  Iterable<StackEvent> events(String id) {
    return client().describeStackEventsPaginator(r -> r.stackName(id)).stackEvents();
  }
}
