package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.DoctorView;
import dev.gatehouse.doctor.Examination;

/** As much of an examination as the gateway's own rights allow. */
final class DoctorCommand implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "doctor",
          Access.ADMINISTRATOR,
          "Examine the platform: what is well, what is not, and what to do",
          "doctor",
          "doctor --json");

  @Override
  public void run(Call call) throws InterruptedException {
    var view = new DoctorView(Examination.of(call.services().checks()));
    view.show(call.screen(), call.format(), call.services().clock().instant());
    view.requireHealth();
  }
}
