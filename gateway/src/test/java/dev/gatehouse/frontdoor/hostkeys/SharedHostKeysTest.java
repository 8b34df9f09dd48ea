package dev.gatehouse.frontdoor.hostkeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.cluster.AlgorithmProfile;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.workspace.kubernetes.SecretFolder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Several gateways behind one address, each with a folder of its own and one Secret between them.
 */
final class SharedHostKeysTest {
  private final ApiServer api = ApiServer.start();
  private final KubernetesClient client = api.client();
  private final Path folders = Folders.temporary();

  @AfterEach
  void close() {
    client.close();
    api.close();
    Folders.delete(folders);
  }

  @Test
  void open_twoAtTheSameMoment_haveTheSameKeys() throws Exception {
    var both = atOnce(2, replica -> gateway("replica" + replica));
    Poll.until("both have both keys", () -> both.stream().allMatch(g -> followed(g) == 2));
    assertThat(both.get(0).announced()).isEqualTo(both.get(1).announced());
    assertThat(TestHostKeys.names(folders.resolve("replica0")))
        .containsExactly("ssh_host_ed25519_key", "ssh_host_rsa_key");
  }

  @Test
  void open_later_hasTheKeysOfTheFirst() {
    var first = withBothKeys("first");
    assertThat(gateway("later").all()).isEqualTo(first.all());
  }

  @Test
  void rotate_onOne_isFollowedByTheOther() {
    var one = withBothKeys("one");
    var other = gateway("other");
    one.rotate();
    other.follow();
    assertThat(other.all()).isEqualTo(one.all()).hasSize(4);
  }

  @Test
  void rotate_onBothAtTheSameMoment_makesOneNextKeyOfEach() throws Exception {
    var one = withBothKeys("one");
    var other = gateway("other");
    var both = List.of(one, other);
    atOnce(
        2,
        replica -> {
          both.get(replica).rotate();
          return replica;
        });
    both.forEach(HostKeys::follow);
    assertThat(one.announced()).isEqualTo(other.announced()).hasSize(4);
  }

  @Test
  void retire_afterARotationOnTheOther_isFollowed() {
    var one = withBothKeys("one");
    var other = gateway("other");
    one.rotate();
    var next = one.announced().subList(2, 4);
    other.retire();
    one.follow();
    assertThat(one.announced()).isEqualTo(next).isEqualTo(other.announced());
  }

  @Test
  void rotate_apiServerIsAway_isRefusedAndNothingHasChanged() {
    var keys = withBothKeys("one");
    var before = keys.all();
    var files = TestHostKeys.names(folders.resolve("one"));
    api.down();
    var refusal = catchThrowableOfType(FailureException.class, keys::rotate);
    assertThat(refusal.failure().code()).isEqualTo("host-keys-not-saved");
    keys.follow();
    api.up();
    assertThat(keys.all()).isEqualTo(before);
    assertThat(TestHostKeys.names(folders.resolve("one"))).isEqualTo(files);
    assertThat(gateway("later").all()).isEqualTo(before);
  }

  @Test
  void rotate_apiServerRefusesTheWrite_isRefusedAndNothingHasChanged() {
    var keys = withBothKeys("one");
    var before = keys.all();
    api.fail("PUT .*/secrets/gatehouse-keys", 403, 1);
    var refusal = catchThrowableOfType(FailureException.class, keys::rotate);
    assertThat(refusal.failure().code()).isEqualTo("host-keys-not-saved");
    assertThat(keys.all()).isEqualTo(before);
    assertThat(TestHostKeys.names(folders.resolve("one"))).hasSize(2);
  }

  @Test
  void follow_certificateWasPutIntoTheSecret_hasItInTheFolder() {
    var keys = withBothKeys("one");
    client
        .secrets()
        .inNamespace("gatehouse")
        .withName("gatehouse-keys")
        .edit(
            s -> {
              s.getData().put("ssh_host_rsa_key-cert.pub", "Z2FyYmFnZQ==");
              return s;
            });
    keys.follow();
    assertThat(folders.resolve("one/ssh_host_rsa_key-cert.pub")).hasContent("garbage");
  }

  private HostKeys withBothKeys(String replica) {
    var folder = folder(replica);
    TestHostKeys.make(folder, "ssh_host_rsa_key");
    return gateway(replica);
  }

  private HostKeys gateway(String replica) {
    return HostKeys.open(
        new SecretFolder(client, "gatehouse", "gatehouse-keys", folder(replica)),
        AlgorithmProfile.MODERN,
        InstantSource.system());
  }

  private Path folder(String replica) {
    try {
      return Files.createDirectories(folders.resolve(replica));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int followed(HostKeys keys) {
    keys.follow();
    return keys.all().size();
  }

  private interface Deed<T> {
    T of(int number);
  }

  private static <T> List<T> atOnce(int number, Deed<T> deed) throws Exception {
    var barrier = new CyclicBarrier(number);
    try (var threads = Executors.newFixedThreadPool(number)) {
      var deeds =
          IntStream.range(0, number)
              .<Callable<T>>mapToObj(
                  n ->
                      () -> {
                        barrier.await();
                        return deed.of(n);
                      })
              .toList();
      return threads.invokeAll(deeds).stream().map(f -> f.resultNow()).toList();
    }
  }
}
