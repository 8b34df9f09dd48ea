package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.relay.SessionRequest.Kind;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it changes the locale of all")
class SessionRequestTest {
  @Test
  void type_ofEachKind_isThatOfTheRfc() {
    assertThat(Stream.of(Kind.values()).map(Kind::type))
        .containsExactly("shell", "exec", "subsystem");
  }

  /** A Turkish I is no I. */
  @Test
  void type_underAnotherLocale_staysTheSame() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr", "TR"));
      assertThat(Stream.of(Kind.values()).map(Kind::type))
          .containsExactly("shell", "exec", "subsystem");
    } finally {
      Locale.setDefault(before);
    }
  }
}
