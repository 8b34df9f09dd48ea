package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.directory.TestDirectories;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that another one has taken the place of sees through what it was asked. */
final class LeasedBackendTest {
  private final AtomicInteger closed = new AtomicInteger();
  private DirectoryBackend people;
  private LeasedBackend leased;

  @BeforeEach
  void open(@TempDir Path folder) {
    people = DirectoryBackend.of(TestDirectories.open(folder));
    leased =
        new LeasedBackend(
            new DirectoryBackend(
                people.directory(), people.administration(), closed::incrementAndGet));
  }

  @AfterEach
  void close() {
    people.close();
  }

  @Test
  void retire_nobodyAsks_endsItOnce() {
    leased.retire();
    leased.retire();
    assertThat(closed).hasValue(1);
  }

  @Test
  void retire_inTheMiddleOfAQuestion_endsItAfterTheAnswer() {
    var answer =
        leased.use(
            backend -> {
              leased.retire();
              assertThat(closed).hasValue(0);
              return backend.administration().people().size();
            });
    assertThat(answer).hasValueSatisfying(size -> assertThat(size).isPositive());
    assertThat(closed).hasValue(1);
  }

  @Test
  void use_afterItsEnd_isNotAnswered() {
    leased.retire();
    assertThat(leased.use(backend -> 1)).isEmpty();
    assertThat(closed).hasValue(1);
  }

  @Test
  void retire_severalAsk_waitsForTheLast() {
    var _ =
        leased.use(
            outer ->
                leased.use(
                    inner -> {
                      leased.retire();
                      return 1;
                    }));
    assertThat(closed).hasValue(1);
  }
}
