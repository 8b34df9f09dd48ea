package dev.gatehouse.mfa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.failure.FailureException;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.workspace.kubernetes.SecretFolder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody watches a code being typed, and types it too, at another gateway at the same moment. The
 * gateways have folders of their own and a Secret between them.
 */
final class SharedSecondFactorsTest {
  private static final Username ALICE = new Username("alice");

  private final ApiServer api = ApiServer.start();
  private final KubernetesClient client = api.client();
  private final Path folders = Folders.temporary();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-25T12:00:00Z"));
  private final List<SecondFactors> gateways = List.of(gateway(), gateway());

  @AfterEach
  void close() {
    client.close();
    api.close();
    Folders.delete(folders);
  }

  private SecondFactors gateway() {
    SharedFolder folder =
        new SecretFolder(
            client, "gatehouse", "gatehouse-second-factors-00", Folders.temporaryIn(folders));
    return new SecondFactors(List.of(folder), now::get);
  }

  private TotpSecret enrolled() {
    var secret = gateways.getFirst().newSecret();
    gateways.getFirst().enrol(ALICE, secret, secret.codeAt(now.get()));
    now.updateAndGet(n -> n.plusSeconds(300));
    return secret;
  }

  @Test
  void check_sameCodeAtTwoGatewaysAtOnce_isRightAtOne() throws Exception {
    var secret = enrolled();
    for (var round = 0; round < 5; round++) {
      var code = secret.codeAt(now.get());
      assertThat(atOnce(2, code))
          .containsExactlyInAnyOrder(new CodeCheck.Right(false), new CodeCheck.Replayed());
      now.updateAndGet(n -> n.plusSeconds(30));
    }
  }

  @Test
  void check_recoveryCodeAtTwoGatewaysAtOnce_isRightAtOne() throws Exception {
    enrolled();
    var code = gateways.getLast().renewRecoveryCodes(ALICE).getFirst();
    assertThat(atOnce(2, code))
        .containsExactlyInAnyOrder(new CodeCheck.Right(true), new CodeCheck.Wrong());
  }

  /** By many connections at once there are no more guesses to be had. */
  @Test
  void check_guessesAtTwoGatewaysAtOnce_areCountedTogether() throws Exception {
    enrolled();
    var answers = atOnce(12, "no code");
    assertThat(answers).filteredOn(CodeCheck.Wrong.class::isInstance).hasSize(5);
    assertThat(answers).filteredOn(CodeCheck.Locked.class::isInstance).hasSize(7);
  }

  @Test
  void remove_atOneGateway_countsAtTheOther() {
    enrolled();
    assertThat(gateways.getLast().status(ALICE)).isPresent();
    gateways.getFirst().remove(ALICE);
    assertThat(gateways.getLast().status(ALICE)).isEmpty();
  }

  /** Where the others cannot be asked, a code could have been used there. */
  @Test
  void check_apiServerIsAway_isUnavailable() {
    var code = enrolled().codeAt(now.get());
    api.down();
    var check =
        catchThrowableOfType(FailureException.class, () -> gateways.getFirst().check(ALICE, code));
    var status =
        catchThrowableOfType(FailureException.class, () -> gateways.getFirst().status(ALICE));
    api.up();
    assertThat(Stream.of(check, status).map(e -> e.failure().code()))
        .containsOnly("second-factor-unavailable");
    assertThat(gateways.getLast().check(ALICE, code)).isEqualTo(new CodeCheck.Right(false));
  }

  /** Spread over both gateways. */
  private List<CodeCheck> atOnce(int number, String code) throws Exception {
    var barrier = new CyclicBarrier(number);
    try (var threads = Executors.newFixedThreadPool(number)) {
      var deeds =
          IntStream.range(0, number)
              .<Callable<CodeCheck>>mapToObj(
                  n ->
                      () -> {
                        barrier.await();
                        return gateways.get(n % 2).check(ALICE, code);
                      })
              .toList();
      return threads.invokeAll(deeds).stream().map(f -> f.resultNow()).toList();
    }
  }
}
