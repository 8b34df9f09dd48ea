package dev.gatehouse.cost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class UsageTextTest {
  private static final YearMonth MONTH = YearMonth.of(2026, 12);

  private static MonthUsage month(int people, int kindsADay) {
    var random = new Random(1);
    var workspaces = new ArrayList<WorkspaceUse>();
    var nodes = new ArrayList<NodeUse>();
    for (var day = 1; day <= MONTH.lengthOfMonth(); day++) {
      for (var kind = 0; kind < kindsADay; kind++) {
        var node = new NodeKind("pool-" + kind, "m5." + kind + "xlarge", kind % 2 == 1);
        nodes.add(new NodeUse(MONTH.atDay(day), node, 8_640_000L + day));
        for (var person = 0; person < people; person++) {
          var seconds = 1 + random.nextInt(86_400);
          workspaces.add(
              new WorkspaceUse(
                  MONTH.atDay(day),
                  "person-of-this-site-%04d".formatted(person),
                  "type-" + kind,
                  node,
                  seconds,
                  random.nextInt(seconds),
                  random.nextLong(seconds * 1000L)));
        }
      }
    }
    return new MonthUsage(MONTH, new Usage(workspaces, nodes));
  }

  @Test
  void read_ofWhatWasWritten_isTheSame() {
    var month = month(20, 3);
    assertThat(UsageText.read(UsageText.of(month))).contains(month);
  }

  /** A ConfigMap holds 1 MiB; counters of what runs now stand in it too. */
  @Test
  void of_aThousandPeopleFor31Days_fitsIntoAConfigMap() {
    assertThat(UsageText.of(month(1000, 1)).length).isLessThan(600_000);
  }

  @Test
  void read_ofAnythingElse_isEmpty() {
    for (var text :
        List.of(
            "",
            "{}",
            "[]",
            "{\"month\":\"2026-13\",\"names\":[],\"kinds\":[],\"workspaces\":[],\"nodes\":[]}",
            "{\"month\":\"2026-11\",\"names\":[],\"kinds\":[],\"workspaces\":[[31,0,0,0,1,1,1]],"
                + "\"nodes\":[]}",
            "{\"month\":\"2026-11\",\"names\":[],\"kinds\":[],\"workspaces\":[[1]],\"nodes\":[]}")) {
      assertThat(UsageText.read(UsageText.packed(text.getBytes(UTF_8)))).as(text).isEmpty();
      assertThat(UsageText.read(text.getBytes(UTF_8))).isEmpty();
    }
  }

  @Test
  void configMap_ofAMonth_hasItsNumber() {
    assertThat(UsageText.configMap(YearMonth.of(2026, 3))).isEqualTo("gatehouse-usage-03");
    assertThat(UsageText.configMap(MONTH)).isEqualTo("gatehouse-usage-12");
  }
}
