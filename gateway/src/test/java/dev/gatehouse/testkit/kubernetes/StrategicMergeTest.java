package dev.gatehouse.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a real API server makes of such patches. */
final class StrategicMergeTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          fields merge, null removes          | {"a":1,"b":{"c":1,"d":2}}                     | {"b":{"c":null,"e":3}}                              | {"a":1,"b":{"d":2,"e":3}}
          a list without a key is replaced    | {"args":["a","b"]}                            | {"args":["c"]}                                      | {"args":["c"]}
          items with a key merge              | {"containers":[{"name":"a","image":"1"},{"name":"b"}]} | {"containers":[{"name":"a","image":"2"}]}  | {"containers":[{"name":"a","image":"2"},{"name":"b"}]}
          an item with a new key is added     | {"env":[{"name":"A","value":"1"}]}            | {"env":[{"name":"B","value":"2"}]}                  | {"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}
          an item is deleted                  | {"volumes":[{"name":"a"},{"name":"b"}]}       | {"volumes":[{"name":"a","$patch":"delete"}]}        | {"volumes":[{"name":"b"}]}
          the order is set                    | {"env":[{"name":"A"},{"name":"B"}]}           | {"$setElementOrder/env":[{"name":"B"},{"name":"A"}]} | {"env":[{"name":"B"},{"name":"A"}]}
          a map is replaced                   | {"a":{"b":1}}                                 | {"a":{"$patch":"replace","c":2}}                    | {"a":{"c":2}}
          keys are retained                   | {"volumes":[{"name":"a","secret":{"x":1}}]}   | {"volumes":[{"name":"a","$retainKeys":["name","emptyDir"],"emptyDir":{}}]} | {"volumes":[{"name":"a","emptyDir":{}}]}
          a finalizer is added                | {"finalizers":["a"]}                          | {"finalizers":["b"]}                                | {"finalizers":["a","b"]}
          a finalizer is taken away           | {"finalizers":["a","b"]}                      | {"$deleteFromPrimitiveList/finalizers":["a"]}       | {"finalizers":["b"]}
          a container's ports                 | {"ports":[{"containerPort":1,"name":"a"}]}    | {"ports":[{"containerPort":1,"name":"b"}]}          | {"ports":[{"containerPort":1,"name":"b"}]}
          a Service's ports                   | {"ports":[{"port":1,"targetPort":2}]}         | {"ports":[{"port":1,"targetPort":3}]}               | {"ports":[{"port":1,"targetPort":3}]}
          """)
  void apply_patch_is(String what, String object, String patch, String result) {
    assertThat(StrategicMerge.apply((ObjectNode) JSON.readTree(object), JSON.readTree(patch)))
        .as(what)
        .isEqualTo(JSON.readTree(result));
  }
}
