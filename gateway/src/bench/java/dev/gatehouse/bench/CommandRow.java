package dev.gatehouse.bench;

import dev.gatehouse.testkit.Program;
import java.nio.file.Path;

/**
 * How long {@code ssh target true} takes, from nothing to its end.
 *
 * @param warm whether a connection to the target may be kept ready
 */
record CommandRow(boolean warm, double goal) implements Row {
  @Override
  public String name() {
    return "ssh … true" + (warm ? "" : ", no connection kept ready");
  }

  @Override
  public String unit() {
    return "ms";
  }

  @Override
  public boolean more() {
    return false;
  }

  @Override
  public int rounds() {
    return 31;
  }

  @Override
  public Sample run(Contender contender) {
    if (!warm) {
      contender.forget();
    }
    var began = System.nanoTime();
    Program.in(Path.of("/"), contender.ssh("target", "true")).run().ok();
    return Sample.of((System.nanoTime() - began) / 1e6);
  }
}
