package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code like:} in a machine type. */
final class LikenessTest {
  private static MachineType type(String name, String yaml) {
    var types = ClusterDefinitionFile.parse("c.yaml", yaml).machineTypes();
    return Objects.requireNonNull(types.get(new MachineTypeName(name)), name);
  }

  private static String mistakes(String yaml) {
    return catchThrowableOfType(UserError.class, () -> ClusterDefinitionFile.parse("c.yaml", yaml))
        .text();
  }

  @Test
  void parse_like_takesWhatTheTypeDoesNotSay() {
    var big =
        type(
            "big",
            """
            machineTypes:
              standard:
                description: Everyday
                groups: [ml]
                image: debian:13
                cpu: 2
                memory: 8Gi
                environment: {A: 1, B: 2}
                tolerations: [{key: a}, {key: b}]
                nodeSelector: {x: "1"}
                idle: {after: 1h, busyMillicores: 7}
              big:
                like: standard
                cpu: 16
                environment: {B: 3, C: 4}
                tolerations: [{key: c}]
                nodeSelector:
                idle: {after: 2h}
            """);
    assertThat(big.description()).isEmpty();
    assertThat(big.groups()).containsExactly(new GroupName("ml"));
    assertThat(big.environment()).hasToString("{A=1, B=3, C=4}");
    assertThat(big.hardware().image()).isEqualTo("debian:13");
    assertThat(big.hardware().cpu()).hasToString("16");
    assertThat(big.hardware().memory()).hasToString("8Gi");
    assertThat(big.hardware().tolerations()).extracting(t -> t.key()).containsExactly("c");
    assertThat(big.hardware().nodeSelector()).hasToString("{x=1}");
    assertThat(big.idle().after()).isEqualTo(Optional.of(Duration.ofHours(2)));
    assertThat(big.idle().busyMillicores()).isEqualTo(7);
  }

  /** The order in the file does not count. */
  @Test
  void parse_likeThroughSeveralTypes_takesTheNearest() {
    var huge =
        type(
            "huge",
            """
            machineTypes:
              huge: {like: big, gpus: 1}
              standard: {image: a:1, cpu: 1, memory: 1Gi}
              big: {like: standard, cpu: 8}
            """);
    assertThat(huge.hardware().image()).isEqualTo("a:1");
    assertThat(huge.hardware().cpu()).hasToString("8");
    assertThat(huge.hardware().memory()).hasToString("1Gi");
    assertThat(huge.hardware().gpus()).isEqualTo(1);
  }

  @Test
  void parse_unknownKeyBesideLike_isRefused() {
    assertThat(mistakes("machineTypes: {standard: {}, big: {like: standard, memry: 1Gi}}"))
        .isEqualTo("c.yaml:1:52: unknown key 'memry'; did you mean 'memory'?");
  }

  /** Where it stands, and not once more for each type that inherits it. */
  @Test
  void parse_mistakeThatIsInherited_isToldOnce() {
    assertThat(
            mistakes(
                    """
                    machineTypes:
                      standard: {cpu: lots, environment: {A-B: 1}, volumes: [{name: a}], colour: red}
                      big: {like: standard}
                      huge: {like: big, environment: {C: 1}}
                    """)
                .lines())
        .hasSize(5)
        .allMatch(line -> line.startsWith("c.yaml:2:"));
  }

  @Test
  void parse_likeOfNoType_isToldWithTheLikelyOne() {
    assertThat(mistakes("machineTypes: {standard: {}, big: {like: standrad}}"))
        .isEqualTo(
            "c.yaml:1:42: machineTypes.big.like is 'standrad', which is none of the machineTypes;"
                + " did you mean 'standard'?");
  }

  @Test
  void parse_circle_isToldOnceAtItsFirstType() {
    assertThat(
            mistakes(
                """
                machineTypes:
                  standard: {like: b}
                  b: {like: c, cpu: 4}
                  c: {like: b}
                """))
        .isEqualTo(
            "c.yaml:3:13: machineTypes.b.like leads back to itself: 'b' is like 'c' is like 'b'");
    assertThat(mistakes("machineTypes: {standard: {like: standard}}"))
        .endsWith(
            ":33: machineTypes.standard.like leads back to itself: 'standard' is like 'standard'");
  }

  /** A file of a hundred thousand types, each like the next, must not end the gateway. */
  @Test
  void parse_endlessChain_isRefused() {
    var types =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "  t%d: {like: t%d}\n".formatted(i, i + 1))
            .collect(Collectors.joining());
    assertThat(mistakes("machineTypes:\n  standard: {}\n" + types + "  t50000: {}\n"))
        .startsWith("c.yaml:3:14: machineTypes.t0.like goes through more than 20 machine types");
  }
}
