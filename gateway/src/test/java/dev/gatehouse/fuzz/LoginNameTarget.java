package dev.gatehouse.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.frontdoor.login.LoginName;
import java.util.Optional;
import java.util.regex.Pattern;

/** The first thing that a stranger may choose. */
final class LoginNameTarget extends FuzzTarget {
  private static final Pattern WELL_FORMED =
      Pattern.compile("[a-z_][a-z0-9_.-]{0,31}(\\+[a-z]([a-z0-9-]{0,30}[a-z0-9])?)?");

  @Override
  protected String name() {
    return "login-name";
  }

  @Override
  protected Runnable parse(byte[] input) {
    var text = new String(input, UTF_8);
    var name = LoginName.parse(text);
    return () -> isRight(text, name);
  }

  private static void isRight(String text, Optional<LoginName> name) {
    require(
        name.isPresent() == WELL_FORMED.matcher(text).matches(),
        "%s is read as %s".formatted(text, name));
    name.ifPresent(n -> isItself(text, n));
  }

  private static void isItself(String text, LoginName name) {
    require(LoginName.parse(name.toString()).equals(Optional.of(name)), "not itself: " + name);
    var shown = name.toString();
    require(shown.equals(text) || (shown + "+main").equals(text), "shown as another: " + shown);
  }
}
