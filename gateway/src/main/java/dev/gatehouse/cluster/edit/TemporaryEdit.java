package dev.gatehouse.cluster.edit;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

public final class TemporaryEdit {
  private TemporaryEdit() {}

  public static @Nullable Object load(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }

  public static String dump(@Nullable Object values) {
    return new Yaml().dump(values);
  }
}
