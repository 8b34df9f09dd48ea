package dev.gatehouse.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.nodes.Amount;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShareTest {
  private static final long GIB = 1L << 30;
  private static final Amount NODE = new Amount(8000, 64 * GIB, Map.of("nvidia.com/gpu", 4L));

  @ParameterizedTest
  @CsvSource({
    "2000,  8, 0,  250000", // a quarter of the cores, an eighth of the memory
    "1000, 32, 0,  500000", // half of the memory
    "1000,  8, 3,  750000", // three of four GPUs
    "8000, 64, 4, 1000000",
    "9000,  1, 0, 1000000", // more than there is: the node was made smaller since
    "   0,  0, 0,       0",
    "   1,  0, 0,     125",
  })
  void of_aRequest_isItsLargestPart(long millicores, long gib, long gpus, long share) {
    assertThat(Share.of(amount(millicores, gib * GIB, gpus), NODE)).isEqualTo(share);
  }

  @ParameterizedTest
  @CsvSource({
    "500000,  900000,  500000", // there is room
    "800000, 1600000,  500000", // one by its cores, one by its memory: each has a half
    "400000, 1200000,  333333",
    "     0,       0,       0",
  })
  void ofTogether_ofTooMuch_isAPartOfTheNode(long share, long all, long part) {
    assertThat(Share.ofTogether(share, all)).isEqualTo(part);
  }

  @ParameterizedTest
  @CsvSource({"1152921504606846976, 500000", "2305843009213693952, 1000000"})
  void of_exbibytes_doesNotOverflow(long bytes, long share) {
    assertThat(Share.of(amount(0, bytes, 0), amount(0, 1L << 61, 0))).isEqualTo(share);
  }

  private static Amount amount(long millicores, long bytes, long gpus) {
    return new Amount(millicores, bytes, gpus == 0 ? Map.of() : Map.of("nvidia.com/gpu", gpus));
  }
}
