package dev.gatehouse.platform;

import dev.gatehouse.platform.ObjectChange.Action;
import dev.gatehouse.platform.Part.StackPart;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.stacks.ResourceChange;
import dev.gatehouse.platform.stacks.StackEngine;
import dev.gatehouse.platform.stacks.StackPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes a stack of the account so, or takes one away that gives rights nobody has any more. */
final class StackPartEngine implements Engine<StackPart> {
  private static final String API = "cloudformation.amazonaws.com/v1";
  private static final String STACK = "AWS::CloudFormation::Stack";

  private final StackEngine stacks;

  StackPartEngine(StackEngine stacks) {
    this.stacks = stacks;
  }

  @Override
  public PartPlan plan(StackPart part) {
    if (part.isStale()) {
      return new PartPlan(
          part,
          List.of(ObjectChange.delete(key(part, part.name(), STACK)).noted("its rights end")),
          Optional.empty());
    }
    var plan = stacks.plan(part.stack());
    var changes = new ArrayList<ObjectChange>();
    plan.refusal()
        .ifPresent(
            why ->
                changes.add(
                    ObjectChange.change(key(part, part.name(), STACK), List.of()).refused(why)));
    plan.changes().forEach(change -> changes.add(change(part, change)));
    return new PartPlan(part, List.copyOf(changes), plan.unfinished());
  }

  @Override
  public void apply(StackPart part, PartPlan plan, Consumer<String> waits)
      throws InterruptedException {
    if (part.isStale()) {
      stacks.remove(part.name(), waits);
    } else {
      stacks.apply(part.stack(), shown(plan), waits);
    }
  }

  /** What the person has seen, as the engine had said it. */
  private static StackPlan shown(PartPlan plan) {
    return new StackPlan(
        plan.changes().stream().map(StackPartEngine::change).toList(),
        plan.unfinished(),
        Optional.empty());
  }

  private static ObjectChange change(StackPart part, ResourceChange change) {
    return new ObjectChange(
        key(part, change.id(), change.type()),
        Action.valueOf(change.action().name()),
        change.properties().stream()
            .map(p -> new FieldChange(p.path(), p.before(), p.after()))
            .toList(),
        change.note(),
        change.refusal());
  }

  private static ResourceChange change(ObjectChange change) {
    return new ResourceChange(
        change.object().name(),
        change.object().kind(),
        ResourceChange.Action.valueOf(change.action().name()),
        change.fields().stream()
            .map(f -> new ResourceChange.Property(f.path(), f.before(), f.after()))
            .toList(),
        change.note(),
        change.refusal());
  }

  /** The stack stands in place of a namespace. */
  private static ObjectKey key(StackPart part, String id, String type) {
    return new ObjectKey(API, type, type.equals(STACK) ? "" : part.name(), id);
  }
}
