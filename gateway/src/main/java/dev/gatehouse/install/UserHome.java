package dev.gatehouse.install;

import java.nio.file.Path;
import java.util.Optional;

/** The home folder of whoever started this process. */
public final class UserHome {
  private static final String PROPERTY = "user.home";

  private UserHome() {}

  /**
   * Java takes it from the account. What people and containers set is {@code $HOME}, which every
   * other program goes by, ssh included.
   */
  public static void takeFromEnvironment() {
    Optional.ofNullable(System.getenv("HOME"))
        .filter(home -> home.startsWith("/"))
        .ifPresent(home -> System.setProperty(PROPERTY, home));
  }

  public static Path path() {
    return Path.of(System.getProperty(PROPERTY));
  }
}
