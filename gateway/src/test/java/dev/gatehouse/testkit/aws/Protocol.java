package dev.gatehouse.testkit.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/** How a service writes operations, answers and errors; see the SDK's protocol modules. */
public enum Protocol {
  /** Paths and JSON: EKS. */
  REST_JSON {
    @Override
    SdkPojo read(Model model, Wire wire) {
      var builder = model.builder();
      var tree = Tree.json(wire.body());
      var path = model.uri().matcher(wire.path());
      if (!path.matches()) {
        throw new IllegalStateException(wire.path());
      }
      for (var field : builder.sdkFields()) {
        var name = field.locationName();
        if (field.location() == MarshallLocation.PATH) {
          tree.put(name, Tree.decode(path.group(name)));
        } else if (field.location() == MarshallLocation.QUERY_PARAM
            && wire.query().containsKey(name)) {
          tree.put(name, wire.query().get(name));
        }
      }
      return new Reading(Reading.Shape.JSON, model.required()).read(builder, tree);
    }

    @Override
    Answer write(Model model, SdkPojo answer) {
      return new Answer(200, JSON, Map.of(), Writing.json(answer).toString().getBytes(UTF_8));
    }

    @Override
    Answer error(AwsError e) {
      return new Answer(
          e.status(), JSON, Map.of("x-amzn-ErrorType", e.code()), message("message", e));
    }
  },

  /** JSON with the operation in a header: Pricing. */
  JSON_11 {
    @Override
    SdkPojo read(Model model, Wire wire) {
      return new Reading(Reading.Shape.JSON, model.required())
          .read(model.builder(), Tree.json(wire.body()));
    }

    @Override
    Answer write(Model model, SdkPojo answer) {
      return new Answer(200, JSON, Map.of(), Writing.json(answer).toString().getBytes(UTF_8));
    }

    @Override
    Answer error(AwsError e) {
      var body = Tree.JSON.createObjectNode().put("__type", e.code()).put("message", e.text());
      return new Answer(e.status(), JSON, Map.of(), body.toString().getBytes(UTF_8));
    }
  },

  /** Forms and XML: Auto Scaling, CloudFormation, STS. */
  QUERY {
    @Override
    SdkPojo read(Model model, Wire wire) {
      return new Reading(Reading.Shape.QUERY, model.required())
          .read(model.builder(), parameters(wire));
    }

    @Override
    Answer write(Model model, SdkPojo answer) {
      var result = Writing.tag(model.name() + "Result", Writing.xml(answer));
      var metadata = Writing.tag("ResponseMetadata", Writing.tag("RequestId", REQUEST));
      return xml(200, Writing.tag(model.name() + "Response", result + metadata));
    }

    @Override
    Answer error(AwsError e) {
      var error = Writing.tag("Error", Writing.tag("Type", "Sender") + coded(e));
      return xml(
          e.status(), Writing.tag("ErrorResponse", error + Writing.tag("RequestId", REQUEST)));
    }
  },

  /** EC2's own kind of forms and XML. */
  EC2 {
    @Override
    SdkPojo read(Model model, Wire wire) {
      return new Reading(Reading.Shape.EC2, model.required())
          .read(model.builder(), parameters(wire));
    }

    @Override
    Answer write(Model model, SdkPojo answer) {
      return xml(
          200,
          Writing.tag(
              model.name() + "Response", Writing.tag("requestId", REQUEST) + Writing.xml(answer)));
    }

    @Override
    Answer error(AwsError e) {
      var errors = Writing.tag("Errors", Writing.tag("Error", coded(e)));
      return xml(e.status(), Writing.tag("Response", errors + Writing.tag("RequestID", REQUEST)));
    }
  };

  private static final String JSON = "application/json";
  private static final String REQUEST = "5f1d7a4e-0000-4000-8000-000000000000";

  abstract SdkPojo read(Model model, Wire wire);

  abstract Answer write(Model model, SdkPojo answer);

  abstract Answer error(AwsError e);

  /** Whether a request asks for that operation. */
  boolean asksFor(Model model, Wire wire) {
    return switch (this) {
      case REST_JSON ->
          wire.method().equals(model.method()) && model.uri().matcher(wire.path()).matches();
      case JSON_11 -> wire.target().endsWith("." + model.name());
      case QUERY, EC2 -> Tree.text(Tree.form(wire.body()).path("Action")).equals(model.name());
    };
  }

  private static tools.jackson.databind.node.ObjectNode parameters(Wire wire) {
    var tree = Tree.form(wire.body());
    tree.remove("Action");
    tree.remove("Version");
    return tree;
  }

  private static Answer xml(int status, String text) {
    return new Answer(status, "text/xml", Map.of(), text.getBytes(UTF_8));
  }

  private static String coded(AwsError e) {
    return Writing.tag("Code", e.code()) + Writing.tag("Message", Writing.escaped(e.text()));
  }

  private static byte[] message(String name, AwsError e) {
    return Tree.JSON.createObjectNode().put(name, e.text()).toString().getBytes(UTF_8);
  }
}
