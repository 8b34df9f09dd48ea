package dev.gatehouse.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.key.AuthorizedKey;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.net.Cidr;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lines that people put into the directory, options included. */
final class AuthorizedKeyTarget extends FuzzTarget {
  private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
  private static final List<InetAddress> ADDRESSES =
      List.of(Cidr.address("192.0.2.7"), Cidr.address("2001:db8::1"));

  @Override
  protected String name() {
    return "authorized-key";
  }

  @Override
  protected Runnable parse(byte[] input) {
    var line = AuthorizedKeyLine.parse(new String(input, UTF_8));
    return () -> isRight(line);
  }

  private static void isRight(AuthorizedKeyLine line) {
    var key = line.key();
    require(!line.line().contains("\n") && !line.comment().contains("\n"), "more than one line");
    require(!line.line().contains("PRIVATE KEY"), "a private key");
    require(AuthorizedKeyLine.parse(line.line()).equals(line), "not itself: " + line);
    require(SshPublicKey.of(key.key().blob()).equals(key.key()), "not itself: " + key.key());
    key.from().ifPresent(from -> ADDRESSES.forEach(from::match));
    conditionsAddUp(line);
  }

  /** Whatever the options say, one more in front of them narrows. */
  private static void conditionsAddUp(AuthorizedKeyLine line) {
    var key = line.key();
    var expired = with("expiry-time=\"20200101Z\"", line);
    var earliest = key.expiry().filter(t -> t.isBefore(PAST)).orElse(PAST);
    require(expired.expiry().equals(Optional.of(earliest)), "an expiry is lost: " + line);
    require(expired.restrictions().equals(key.restrictions()), "restrictions change: " + line);
    require(
        with("permitopen=\"localhost:1\"", line).restrictions().permitOpen().isPresent(),
        "permitopen is lost: " + line);
  }

  private static AuthorizedKey with(String option, AuthorizedKeyLine line) {
    var separator = line.line().startsWith(line.key().key().type()) ? " " : ",";
    return AuthorizedKeyLine.parse(option + separator + line.line()).key();
  }
}
