package dev.gatehouse.console;

import dev.gatehouse.net.Cidr;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

final class PenaltyClear implements Command {
  static final About ABOUT =
      new About(
          "penalty clear",
          Access.ADMINISTRATOR,
          "Forgive a source, or all of them",
          "penalty clear",
          "penalty clear 192.0.2.7");

  @Parameters(
      arity = "0..1",
      paramLabel = "ADDRESS",
      description = "The source's address; all if left out.")
  private @Nullable String address;

  @Override
  public void run(Call call) {
    var source = Optional.ofNullable(address).map(Cidr::address);
    var count = call.services().penalties().clear(source);
    call.audit("penalty clear " + source.map(Object::toString).orElse("all"));
    call.show(
        new Result.Outcome(
            count == 1 ? "1 source is forgiven." : count + " sources are forgiven.",
            Result.Details.of(Result.field("sources", new Value.Count(count)))));
  }
}
