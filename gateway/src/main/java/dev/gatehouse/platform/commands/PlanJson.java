package dev.gatehouse.platform.commands;

import dev.gatehouse.platform.ObjectChange;
import dev.gatehouse.platform.PartPlan;
import dev.gatehouse.platform.Plan;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** A plan for programs. */
final class PlanJson {
  private static final JsonMapper JSON = new JsonMapper();

  private PlanJson() {}

  /**
   * @param onPeople what the change of the definition does to them
   */
  static String of(Plan plan, List<String> onPeople) {
    var json = JSON.createObjectNode().put("changes", !plan.isEmpty());
    var parts = json.putArray("parts");
    plan.parts().forEach(part -> part(parts, part));
    var effects = json.putArray("effects");
    Stream.concat(onPeople.stream(), plan.effects().stream()).distinct().forEach(effects::add);
    return json.toPrettyString();
  }

  private static void part(ArrayNode parts, PartPlan part) {
    var json = parts.addObject().put("part", part.part().name());
    part.unfinished().ifPresent(why -> json.put("unfinished", why));
    var objects = json.putArray("objects");
    part.changes().forEach(change -> object(objects, change));
  }

  private static void object(ArrayNode objects, ObjectChange change) {
    var json = objects.addObject();
    json.put("action", change.action().name().toLowerCase(Locale.ROOT))
        .put("apiVersion", change.object().apiVersion())
        .put("kind", change.object().kind())
        .put("namespace", change.object().namespace())
        .put("name", change.object().name());
    change.note().ifPresent(note -> json.put("note", note));
    change
        .refusal()
        .ifPresent(
            why -> json.putObject("refusal").put("code", why.code()).put("message", why.message()));
    var fields = json.putArray("fields");
    for (var field : change.fields()) {
      var entry = fields.addObject().put("path", field.path());
      field.before().ifPresent(before -> entry.put("before", before));
      field.after().ifPresent(after -> entry.put("after", after));
    }
  }
}
