package dev.gatehouse.console.commands.mfa;

import dev.gatehouse.console.Call;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.WordWrap;
import java.util.List;

/** New recovery codes, shown the only time there is. */
final class RecoveryCodeList {
  private RecoveryCodeList() {}

  static void show(Call call, List<String> codes) {
    WordWrap.lines(
            "Recovery codes, each good once in place of a code. They are not shown again: keep"
                + " them on paper, apart from the phone.",
            call.screen().columns())
        .forEach(call.screen()::tell);
    call.show(new Result.Lines(codes, ""));
  }
}
